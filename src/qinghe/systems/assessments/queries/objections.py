"""Objections, and whose they are to answer."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item as Waiting
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.assessments import models
from qinghe.systems.assessments.access import Act

from .marking import own_codes

Objection = models.Objection
ORG = "mark__assessment__org__path"


def objections_seen_by(actor: Actor) -> QuerySet[Objection]:
    """Return the objections of the organisations in the actor's sight, newest first."""
    seen = Objection.objects.filter(actors.within_reach(actor, Act.SEE, path=ORG))
    return seen.select_related(
        "mark__item__parent", "mark__assessment__org", "mark__assessment__scheme__org",
        "filed_by", "answered_by",
    )  # fmt: skip


def may_support(actor: Actor, objection: Objection) -> bool:
    """Test if the actor may still lay evidence beside an objection."""
    org = objection.mark.assessment.org
    is_open = objection.state == Objection.State.OPEN
    return is_open and actors.may(actor, Act.SELF_SCORE, at=org)


def open_objections(actor: Actor, scheme: models.Scheme) -> QuerySet[Objection]:
    """Return the objections under a scheme that nobody has answered."""
    return Objection.objects.filter(mark__assessment__scheme=scheme, state=Objection.State.OPEN)


def to_answer(actor: Actor) -> QuerySet[Objection]:
    """Return the open objections that the actor may answer: not of their own, nor on their own marks."""
    waiting = Objection.objects.filter(
        actors.within_reach(actor, Act.REVIEW, path=ORG), state=Objection.State.OPEN
    )
    mine = models.Review.objects.filter(reviewer_id=actor.person_id).values("mark_id")
    return (
        waiting.exclude(mark__assessment__org__code__in=own_codes(actor))
        .exclude(filed_by_id=actor.person_id)
        .exclude(mark__in=mine)
        .select_related("mark__item__parent", "mark__assessment__org")
    )


def answer_items(actor: Actor, keys: Sequence[int]) -> list[Waiting]:
    """Show some of the objections that wait for an answer."""
    return [
        Waiting(
            pk=one.pk,
            title=f"{one.mark.item.number} {one.mark.item.name}",
            url=reverse("assessments:objection", args=[one.pk]),
            org=one.mark.assessment.org.name,
        )
        for one in to_answer(actor).filter(pk__in=keys)
    ]
