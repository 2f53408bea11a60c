"""Scans that wait for the host to look at them."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item, Step
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

from .names import name_in_line

Scan = models.Scan


def held_scans_for(actor: Actor) -> QuerySet[models.Scan]:
    """Return the held scans that this actor may decide on, those waiting longest first; not their own.

    The state is asked as the small index says it.
    """
    return (
        models.Scan.objects.filter(
            Q(verdict="held") | Q(verdict="waiting"),
            verdict="held",
            session__org__in=actors.orgs_where(actor, Act.CORRECT),
        )
        .exclude(volunteer__person=actor.person_id)
        .select_related("session__org", "volunteer__person")
        .order_by("received_at", "pk")
    )


def held_scan_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show held scans as lines of the inbox, each with why it is held."""
    return [
        Item(
            pk=one.pk,
            title=(
                f"{name_in_line(actor, one.volunteer.person, at=one.session.org)}"
                f" {one.get_kind_display()}“{one.session.title}”：{rules.WHY_HELD[one.code]}"
            ),
            org=one.session.org.name,
            url=reverse("volunteering:held_scan", args=[one.pk]),
            steps=(
                Step("登记", reverse("volunteering:held_scan_count", args=[one.pk])),
                Step(
                    "不计入",
                    reverse("volunteering:held_scan_set_aside", args=[one.pk]),
                    post=False,
                ),
            ),
        )
        for one in held_scans_for(actor).filter(pk__in=ids)
    ]
