"""Expulsions, which only those see who put them forward or decide, and the person themself."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import LeagueFile, LeftAs
from qinghe.systems.rolls import models
from qinghe.systems.rolls.access import Act

Expulsion = models.Expulsion
ExpulsionState = models.Expulsion.State
Hearing = models.Expulsion.Hearing
WITHHELD = "离团"


def expulsions_seen_by(actor: Actor) -> QuerySet[models.Expulsion]:
    """Return the expulsions that are this actor's work, the latest first; never their own."""
    found = Expulsion.objects.filter(actors.within_reach(actor, Act.EXPEL))
    return found.exclude(person_id=actor.person_id).select_related(
        "person", "org__parent__parent", "proposed_by", "decided_by", "appeal_decided_by"
    )


def own_expulsions(actor: Actor) -> QuerySet[models.Expulsion]:
    """Return what was put forward about the actor themself."""
    found = Expulsion.objects.filter(person_id=actor.person_id)
    return found.select_related("person", "org")


def expulsions_waiting_for(actor: Actor) -> QuerySet[models.Expulsion]:
    """Return what this actor may decide: proposals from below, and appeals from further below."""
    above = actors.within_reach(actor, Act.DECIDE, path="org__parent__path")
    proposed = Q(state=ExpulsionState.PROPOSED) & above
    appealed = Q(state=ExpulsionState.APPEALED) & _appeals_to(actor)
    me = actor.person_id
    found = Expulsion.objects.filter(proposed | appealed)
    others = found.exclude(person_id=me).exclude(proposed_by_id=me)
    return others.exclude(state=ExpulsionState.APPEALED, decided_by_id=me).select_related(
        "person", "org__parent__parent"
    )


def _appeals_to(actor: Actor) -> Q:
    """Ask for expulsions whose appeals go to this actor."""
    above = actors.within_reach(actor, Act.DECIDE, path="parent__path")
    further = actors.within_reach(actor, Act.DECIDE, path="parent__parent__path")
    below = Org.objects.filter(
        further | (Q(parent__parent__isnull=True) & above), successor__isnull=True
    )
    return Q(org__in=below) | Q(org__in=orgs.taken_over(below))


def may_settle(actor: Actor, found: models.Expulsion) -> bool:
    """Test if an expulsion waits for this actor."""
    return expulsions_waiting_for(actor).filter(pk=found.pk).exists()


def expulsion_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show expulsions to decide as lines of the inbox."""
    today = timezone.localdate()
    return [
        Item(
            pk=one.pk,
            title=f"{levels.short_name(actor, one.person, at=one.org, on=today)}："
            f"开除团籍，{one.get_state_display()}",
            org=one.org.name,
            url=reverse("rolls:expulsion", args=[one.pk]),
        )
        for one in expulsions_waiting_for(actor).filter(pk__in=ids)
    ]


def expulsion_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return expulsions behind a figure as lines, to whom they are work."""
    today = timezone.localdate()
    return [
        Line(
            pk=one.pk,
            title=levels.short_name(actor, one.person, at=one.org, on=today),
            cells=(
                ("所在团组织", one.org.name),
                ("开除日期", one.expelled_on.isoformat() if one.expelled_on else ""),
            ),
            url=reverse("rolls:expulsion", args=[one.pk]),
        )
        for one in expulsions_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def may_know(actor: Actor, file: LeagueFile, *, at: Org | None) -> bool:
    """Test if the actor may know how somebody left: an expulsion only they or whose work it is."""
    if file.left_as != LeftAs.EXPELLED or actor.person_id == file.person_id:
        return True
    return at is not None and actors.may(actor, Act.EXPEL, at=at)


def way_out(actor: Actor, file: LeagueFile, *, at: Org | None) -> str:
    """Return how somebody left, as far as the actor may know."""
    return file.get_left_as_display() if may_know(actor, file, at=at) else WITHHELD


def left_as_told(actor: Actor, file: LeagueFile, *, at: Org | None) -> str:
    """Return the same as a program reads it: nothing where the actor may not know."""
    return file.left_as if may_know(actor, file, at=at) else ""
