"""The ways of members out of the League, in an actor's sight."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.rolls import models
from qinghe.systems.rolls.access import Act

from .members import name_of

Leaving = models.Leaving
LeavingState = models.Leaving.State
LeavingGround = models.Leaving.Ground
LeavingKind = models.Leaving.KINDS


def leavings_seen_by(actor: Actor) -> QuerySet[models.Leaving]:
    """Return the leavings from organisations in sight, the latest first."""
    found = models.Leaving.objects.filter(actors.within_reach(actor, Act.SEE))
    return found.select_related("person", "org__parent", "proposed_by", "decided_by")


def leavings_told(actor: Actor, ids: Iterable[int]) -> dict[int, str]:
    """Return what leavings in sight say, by key: to choose which of two stands."""
    return {
        one.pk: f"{one.org.name}，{one.get_kind_display()}，{one.get_state_display()}"
        for one in leavings_seen_by(actor).filter(pk__in=list(ids))
    }


def leavings_of(actor: Actor, person: Person) -> QuerySet[models.Leaving]:
    """Return a person's leavings in sight."""
    return leavings_seen_by(actor).filter(person=person)


def leavings_waiting_for(actor: Actor) -> QuerySet[models.Leaving]:
    """Return the proposals that this actor may decide: from below, and of other hands."""
    above = actors.within_reach(actor, Act.DECIDE, path="org__parent__path")
    found = models.Leaving.objects.filter(above, state=LeavingState.PROPOSED)
    return found.exclude(proposed_by=actor.person_id).select_related("person", "org__parent")


def may_decide(actor: Actor, leaving: models.Leaving) -> bool:
    """Test if the actor may decide a proposal as it stands."""
    above = leaving.org.parent or leaving.org
    return (
        leaving.state == LeavingState.PROPOSED
        and leaving.proposed_by_id != actor.person_id
        and actors.may(actor, Act.DECIDE, at=above)
    )


def leaving_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show proposals to decide as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{name_of(actor, one.person, at=one.org)}：{one.get_kind_display()}，待审批",
            org=one.org.name,
            url=reverse("rolls:leaving", args=[one.pk]),
        )
        for one in leavings_waiting_for(actor).filter(pk__in=ids)
    ]


def leaving_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return leavings behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=name_of(actor, one.person, at=one.org),
            cells=(
                ("所在团组织", one.org.name),
                ("离团方式", one.get_kind_display()),
                ("离团日期", one.leaves_on.isoformat() if one.leaves_on else ""),
            ),
            url=reverse("rolls:leaving", args=[one.pk]),
        )
        for one in leavings_seen_by(actor).filter(Q(pk__in=ids)).order_by("pk")
    ]
