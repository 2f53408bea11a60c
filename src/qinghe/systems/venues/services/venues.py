"""A place from its first row to its last: entered, opened, suspended, closed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import models, rules
from qinghe.systems.venues.access import Act

from . import calling_off

Venue = models.Venue
State = models.Venue.State


@dataclass(frozen=True)
class Particulars:
    """What is told of a place, and may be changed later."""

    name: str
    kind: models.Kind
    address: str
    capacity: int
    functions: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    contact: str = ""
    auto_confirm: bool = True
    cancel_hours: int = 2


@dataclass(frozen=True)
class NewVenue:
    """A place to be entered."""

    code: str
    org: Org
    told: Particulars


@transaction.atomic
def add_kind(*, slug: str, label: str, at: datetime, by: Actor) -> models.Kind:
    """Name a new kind of place; only who keeps the whole tree does. Raises Refused: not_allowed,
    name_taken.
    """
    root = Org.objects.get(parent__isnull=True)
    actors.require(by, Act.KEEP, at=root)
    known = models.Kind.objects.filter(slug=slug) | models.Kind.objects.filter(label=label)
    if known.exists():
        raise Refused("name_taken", f"“{label}”或标识{slug}已经有了，没有重复登记。")
    kind = models.Kind.objects.create(slug=slug, label=label)
    audit.record(by=by, verb="venues.add_kind", subject=kind, at=at, detail={"name": label})
    return kind


@transaction.atomic
def enter_venue(*, new: NewVenue, at: datetime, by: Actor) -> Venue:
    """Enter a place, which is then prepared.

    Raises Refused: not_allowed, org_closed, code_unfit, code_taken, name_taken, half_a_position.
    """
    actors.require(by, Act.KEEP, at=new.org)
    orgs.check_takes_new(org=new.org)
    rules.check_code(new.code)
    rules.check_map(latitude=new.told.latitude, longitude=new.told.longitude)
    if Venue.objects.filter(code=new.code).exists():
        raise Refused("code_taken", f"编号{new.code}已经用过，请换一个。")
    _check_name(new.told.name, org=new.org)
    venue = Venue.objects.create(
        code=new.code, org=new.org, entered_on=local_day(at), **vars(new.told)
    )
    venue.phases.create(state=State.PREPARING, starts_on=local_day(at))
    audit.record(by=by, verb="venues.enter_venue", subject=venue, at=at)
    return venue


@transaction.atomic
def change_venue(*, venue: Venue, told: Particulars, at: datetime, by: Actor) -> Venue:
    """Change what is told of a place. Raises Refused: not_allowed, wrong_state, name_taken,
    half_a_position.
    """
    venue = _held(venue, by=by)
    if venue.state == State.CLOSED:
        raise Refused("wrong_state", "这个阵地已经关闭，没有改动。")
    rules.check_map(latitude=told.latitude, longitude=told.longitude)
    if told.name != venue.name:
        _check_name(told.name, org=venue.org)
    changed = [name for name, value in vars(told).items() if getattr(venue, name) != value]
    for name in changed:
        setattr(venue, name, getattr(told, name))
    if changed:
        venue.save(update_fields=changed)
        words = "、".join(
            str(field.verbose_name)
            for field in Venue._meta.concrete_fields
            if field.name in changed
        )
        detail = {"changed": words}
        audit.record(by=by, verb="venues.change_venue", subject=venue, at=at, detail=detail)
    return venue


@transaction.atomic
def add_room(*, venue: Venue, name: str, capacity: int, at: datetime, by: Actor) -> models.Room:
    """Add a room or area that can be booked. Raises Refused: not_allowed, wrong_state, name_taken,
    nobody.
    """
    venue = _held(venue, by=by)
    if venue.state == State.CLOSED:
        raise Refused("wrong_state", "这个阵地已经关闭，没有改动。")
    if capacity < 1:
        raise Refused("nobody", "容纳人数至少为1，请改正。")
    if venue.rooms.filter(name=name).exists():
        raise Refused("name_taken", f"“{name}”已经登记过，没有重复登记。")
    room = venue.rooms.create(name=name, capacity=capacity)
    audit.record(by=by, verb="venues.add_room", subject=venue, at=at, detail={"room": name})
    return room


@transaction.atomic
def close_room(*, room: models.Room, reason: str, at: datetime, by: Actor) -> models.Room:
    """Take a room out of use; who booked it is told. Raises Refused: not_allowed, reason_needed,
    wrong_state.
    """
    rules.check_reason(reason)
    venue = _held(room.venue, by=by)
    room = models.Room.objects.select_for_update().get(pk=room.pk)
    if room.closed_on:
        raise Refused("wrong_state", "这个房间已经停用，没有改动。")
    room.closed_on = local_day(at)
    room.save(update_fields=["closed_on"])
    calling_off.call_off_bookings(bookings=room.bookings.all(), reason=reason, at=at, by=by)
    detail = {"room": room.name, "reason": reason}
    audit.record(by=by, verb="venues.close_room", subject=venue, at=at, detail=detail)
    return room


@transaction.atomic
def open_venue(*, venue: Venue, at: datetime, by: Actor) -> Venue:
    """Open a place, for the first time or again. Raises Refused: not_allowed, wrong_state,
    not_ready.
    """
    venue = _held(venue, by=by)
    rules.check_move(rules.VENUE_MOVES, now=venue.state, to=State.OPEN, what="个阵地")
    rules.check_ready(
        has_hours=venue.schedules.exists(),
        has_room=venue.rooms.filter(closed_on__isnull=True).exists(),
    )
    if venue.opened_on is None:
        venue.opened_on = local_day(at)
        venue.save(update_fields=["opened_on"])
    _enter_phase(venue, state=State.OPEN, at=at)
    audit.record(by=by, verb="venues.open_venue", subject=venue, at=at)
    return venue


@transaction.atomic
def suspend_venue(
    *, venue: Venue, reason: str, planned_until: date | None, at: datetime, by: Actor
) -> Venue:
    """Shut a place for a while; what was booked and whoever was on duty until then is called off.

    Raises Refused: not_allowed, reason_needed, wrong_state, day_is_over.
    """
    rules.check_reason(reason)
    today = local_day(at)
    if planned_until is not None and planned_until <= today:
        raise Refused("day_is_over", "预计恢复日期要晚于今天，请改正。")
    venue = _held(venue, by=by)
    rules.check_move(rules.VENUE_MOVES, now=venue.state, to=State.SUSPENDED, what="个阵地")
    _enter_phase(venue, state=State.SUSPENDED, at=at, reason=reason, until=planned_until)
    calling_off.call_off(venue=venue, first=today, until=planned_until, reason=reason, at=at, by=by)
    audit.record(
        by=by, verb="venues.suspend_venue", subject=venue, at=at, detail={"reason": reason}
    )
    return venue


@transaction.atomic
def close_venue(*, venue: Venue, reason: str, at: datetime, by: Actor) -> Venue:
    """Give a place up for good. Raises Refused: not_allowed, reason_needed, wrong_state."""
    rules.check_reason(reason)
    venue = _held(venue, by=by)
    rules.check_move(rules.VENUE_MOVES, now=venue.state, to=State.CLOSED, what="个阵地")
    today = local_day(at)
    _enter_phase(venue, state=State.CLOSED, at=at, reason=reason)
    venue.schedules.filter(valid_from__gt=today).delete()
    venue.schedules.filter(valid_until__isnull=True).update(valid_until=today)
    calling_off.call_off(venue=venue, first=today, until=None, reason=reason, at=at, by=by)
    audit.record(by=by, verb="venues.close_venue", subject=venue, at=at, detail={"reason": reason})
    return venue


def _held(venue: Venue, *, by: Actor) -> Venue:
    kept = Venue.objects.held(venue.pk)
    actors.require(by, Act.KEEP, at=kept.org)
    return kept


def _check_name(name: str, *, org: Org) -> None:
    if Venue.objects.filter(org=org, name=name).exists():
        raise Refused("name_taken", f"“{name}”已经登记过，没有重复登记。")


def _enter_phase(
    venue: Venue, *, state: str, at: datetime, reason: str = "", until: date | None = None
) -> None:
    today = local_day(at)
    venue.phases.filter(ends_on__isnull=True).update(ends_on=today)
    venue.phases.create(state=state, starts_on=today, reason=reason, planned_until=until)
    venue.state = state
    venue.save(update_fields=["state"])
