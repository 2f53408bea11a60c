"""The rolls of branches, and those that wait for the committee above."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line as Shown
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.appraisals import models
from qinghe.systems.appraisals.access import Act

Roll = models.Roll
RollState = models.Roll.State


def rolls_seen_by(actor: Actor) -> QuerySet[Roll]:
    """Return the rolls of the branches where this actor may look."""
    seen = Roll.objects.filter(actors.within_reach(actor, Act.SEE))
    return seen.select_related("org__parent", "campaign__terms")


def rolls_to_decide(actor: Actor) -> QuerySet[Roll]:
    """Return the rolls whose grades this actor may approve once they are sent up, but their own."""
    above = actors.within_reach(actor, Act.APPROVE, path="org__parent__path")
    root = actors.within_reach(actor, Act.APPROVE) & Q(org__parent__isnull=True)
    own = Q(proposed_by_id=actor.person_id, proposed_by__isnull=False)
    return Roll.objects.filter(above | root).exclude(own).select_related("org", "campaign")


def rolls_waiting_for(actor: Actor) -> QuerySet[Roll]:
    """Return the rolls whose grades wait for this actor's word."""
    return rolls_to_decide(actor).filter(state=RollState.PROPOSED)


def roll_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show grades that wait as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.org.name}{one.campaign.year}年度评议等次（优秀{one.top}人）",
            org=one.org.name,
            url=reverse("appraisals:roll", args=[one.pk]),
        )
        for one in rolls_waiting_for(actor).filter(pk__in=ids)
    ]


def roll_lines(actor: Actor, ids: Sequence[int]) -> list[Shown]:
    """Return rolls behind a figure as lines, as far as the actor may see them."""
    return [
        Shown(
            pk=one.pk,
            title=one.org.name,
            cells=(
                ("年度", str(one.campaign.year)),
                ("应评议", str(one.due)),
                ("已注册", str(one.registered)),
                ("状态", one.get_state_display()),
            ),
            url=reverse("appraisals:roll", args=[one.pk]),
        )
        for one in rolls_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
