"""What of stars and certificates waits for an actor."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item, Step
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models
from qinghe.systems.volunteering.access import Act

from .certificates import certificates_waiting_for
from .names import name_in_line
from .stars import objections_seen_by, short_of_hours


def stars_waiting_for(actor: Actor) -> QuerySet[models.StarCase]:
    """Return the cases whose next word is this actor's; never their own or their own proposal."""
    return (
        models.StarCase.objects.filter(
            state=models.StarCase.State.REVIEWING,
            awaits__in=actors.orgs_where(actor, Act.REVIEW_STAR),
        )
        .exclude(volunteer__person=actor.person_id)
        .exclude(proposed_by=actor.person_id)
        .select_related("volunteer__person", "org", "awaits", "round")
        .order_by("pk")
    )


def objections_waiting_for(actor: Actor) -> QuerySet[models.StarObjection]:
    """Return the objections that this actor may look into."""
    return (
        objections_seen_by(actor)
        .filter(state=models.StarObjection.State.OPEN)
        .exclude(person=actor.person_id)
        .exclude(case__volunteer__person=actor.person_id)
    )


def short_waiting_for(actor: Actor) -> QuerySet[models.StarCase]:
    """Return the stars that this actor is to take back."""
    return short_of_hours(actor).exclude(volunteer__person=actor.person_id)


def star_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show cases that wait, as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{name_in_line(actor, one.volunteer.person, at=one.org)} 申报{one.star}星志愿者",
            org=one.org.name,
            url=reverse("volunteering:star_case", args=[one.pk]),
            steps=(
                Step("同意", reverse("volunteering:star_agree", args=[one.pk])),
                Step("不同意", reverse("volunteering:star_refuse", args=[one.pk]), post=False),
            ),
        )
        for one in stars_waiting_for(actor).filter(pk__in=ids)
    ]


def objection_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show objections as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=(
                f"对{name_in_line(actor, one.case.volunteer.person, at=one.case.org)}{one.case.star}星的异议"
            ),
            org=one.case.org.name,
            url=reverse("volunteering:star_objection", args=[one.pk]),
        )
        for one in objections_waiting_for(actor).filter(pk__in=ids)
    ]


def short_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show stars that fall back as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{name_in_line(actor, one.volunteer.person, at=one.org)} 时长已不足{one.star}星",
            org=one.org.name,
            url=reverse("volunteering:star_case", args=[one.pk]),
        )
        for one in short_waiting_for(actor).filter(pk__in=ids)
    ]


def certificate_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show certificates on notice as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{name_in_line(actor, one.volunteer.person, at=one.issuer)} 的证明 {one.number}",
            org=one.issuer.name,
            url=reverse("volunteering:certificate", args=[one.pk]),
            steps=(
                Step(
                    "盖章出具", reverse("volunteering:certificate_seal", args=[one.pk]), post=False
                ),
            ),
        )
        for one in certificates_waiting_for(actor).filter(pk__in=ids)
    ]
