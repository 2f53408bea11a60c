"""Merges in an actor's sight, and those that wait for one."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.systems.merging import models
from qinghe.systems.merging.access import Act

Merge = models.Merge
MergeState = models.Merge.State


def merges_seen_by(actor: Actor) -> QuerySet[Merge]:
    """Return the merges about people wholly in the actor's sight, the newest first."""
    found = Merge.objects.filter(actors.within_reach(actor, Act.SEE))
    return found.select_related("org", "branch", "kept", "duplicate", "proposed_by", "decided_by")


def merges_waiting_for(actor: Actor) -> QuerySet[Merge]:
    """Return the merges that wait for this actor: never their own, nor about themself."""
    me = actor.person_id
    waiting = Merge.objects.filter(
        actors.within_reach(actor, Act.DECIDE), state=MergeState.PROPOSED
    )
    return waiting.exclude(proposed_by=me).exclude(kept=me).exclude(duplicate=me)


def may_decide(actor: Actor, found: Merge) -> bool:
    """Test if a merge waits for this actor."""
    return merges_waiting_for(actor).filter(pk=found.pk).exists()


def merge_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show merges that wait for a decision as lines of the inbox."""
    today = timezone.localdate()
    waiting = merges_waiting_for(actor).filter(pk__in=ids).select_related("org", "kept")
    return [
        Item(
            pk=one.pk,
            title=f"{levels.short_name(actor, one.kept, at=one.org, on=today)}：重复人员合并，待审批",
            org=one.org.name,
            url=reverse("merging:merge", args=[one.pk]),
        )
        for one in waiting
    ]


def merge_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return merges behind a figure as lines, as far as the actor may see them."""
    today = timezone.localdate()
    return [
        Line(
            pk=one.pk,
            title=levels.short_name(actor, one.kept, at=one.org, on=today),
            cells=(
                ("共同上级组织", one.org.name),
                ("合并日期", one.merged_on.isoformat() if one.merged_on else "—"),
            ),
            url=reverse("merging:merge", args=[one.pk]),
        )
        for one in merges_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
