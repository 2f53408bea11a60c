"""Duty: the roster of a place, one's own shifts, those one could take, swaps."""

from datetime import date, datetime, timedelta

from django.db.models import F, IntegerField, OuterRef, QuerySet, Value
from django.db.models.functions import StrIndex

from qinghe.edges import standing
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import models, rules
from qinghe.systems.venues.access import Act

Shift = models.Shift
ShiftState = models.Shift.State
Swap = models.Swap
SwapState = models.Swap.State


def shifts_seen_by(actor: Actor) -> QuerySet[models.Shift]:
    """Return the shifts of the places that this actor looks after."""
    seen = actors.orgs_where(actor, Act.SEE)
    return models.Shift.objects.filter(venue__org__in=seen).select_related("venue__org", "person")


def roster_of(actor: Actor, venue: models.Venue, *, first: date, days: int) -> list[models.Shift]:
    """Return the shifts of a place in sight for some days, without those that were called off."""
    rows = shifts_seen_by(actor).filter(
        venue=venue, day__gte=first, day__lt=first + timedelta(days=days)
    )
    return list(rows.exclude(state=ShiftState.CANCELLED).order_by("day", "starts", "pk"))


def own_shifts(actor: Actor, *, today: date) -> QuerySet[models.Shift]:
    """Return one's own shifts, from yesterday on."""
    found = models.Shift.objects.filter(
        person_id=actor.person_id, day__gte=today - timedelta(days=1)
    )
    return found.select_related("venue__org").order_by("day", "starts")


def shifts_of(actor: Actor) -> QuerySet[models.Shift]:
    """Return all shifts that are one's own."""
    return models.Shift.objects.filter(person_id=actor.person_id).select_related("venue__org")


def free_shifts(actor: Actor, *, today: date) -> QuerySet[models.Shift]:
    """Return the free shifts of the next two weeks that one could take, the soonest first."""
    found = models.Shift.objects.filter(
        venue__in=_venues_of(actor).order_by().values("pk"),
        state=ShiftState.FREE,
        day__gte=today,
        day__lt=today + timedelta(days=rules.AHEAD),
    )
    return found.select_related("venue__org").order_by("day", "starts", "pk")


def _venues_of(actor: Actor) -> QuerySet[models.Venue]:
    """Return the open places at whose organisations, or below them, the actor stands."""
    above = OuterRef(OuterRef("org__path"))  # of the place, past the roll that is asked
    below = Org.objects.annotate(begins=StrIndex(F("path"), above)).filter(begins=Value(1))
    mine = Value(actor.person_id, output_field=IntegerField())
    found = models.Venue.objects.filter(state=models.Venue.State.OPEN).annotate(me=mine)
    return found.filter(standing.stands_at(below, person="me"))


def persons_for(actor: Actor, org: Org) -> QuerySet[Person]:
    """Return who may be on duty at a place of an organisation."""
    return standing.persons_at(orgs.below(org))


def swaps_for(actor: Actor) -> QuerySet[models.Swap]:
    """Return the swaps that wait for one's own answer."""
    found = models.Swap.objects.filter(other_id=actor.person_id, state=SwapState.ASKED)
    return found.select_related("shift__venue__org", "asker")


def swaps_asked_by(actor: Actor) -> QuerySet[models.Swap]:
    """Return the swaps that one has asked for and that are not answered."""
    found = models.Swap.objects.filter(asker_id=actor.person_id, state=SwapState.ASKED)
    return found.select_related("shift__venue__org", "other")


def swaps_kept_by(actor: Actor) -> QuerySet[models.Swap]:
    """Return the swaps that were made at the places that this actor keeps."""
    kept = actors.orgs_where(actor, Act.KEEP)
    found = models.Swap.objects.filter(shift__venue__org__in=kept, state=SwapState.ACCEPTED)
    return found.select_related("shift__venue__org", "asker", "other")


def is_on_duty(actor: Actor, venue: models.Venue, *, at: datetime) -> bool:
    """Test if the actor has signed on at a place today."""
    on = models.Shift.objects.filter(
        venue=venue, person_id=actor.person_id, state=ShiftState.ON, day=local_day(at)
    )
    return bool(actor.person_id) and on.exists()


def may_count(actor: Actor, venue: models.Venue, *, at: datetime) -> bool:
    """Test if the actor may count visits: by their post, or because they are on duty there now."""
    return actors.may(actor, Act.COUNT, at=venue.org) or is_on_duty(actor, venue, at=at)


def check_may_count(actor: Actor, venue: models.Venue, *, at: datetime) -> None:
    """Refuse who neither keeps counts of a place nor is on duty there. Raises Refused: not_allowed."""
    if not may_count(actor, venue, at=at):
        raise Refused("not_allowed", "先签到上岗，再登记服务量和到场情况；没有任何改动。")
