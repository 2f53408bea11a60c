"""Rooms are booked, and two bookings that stand never meet.

The room's row is held from before the question whether it is free until the booking is written:
PostgreSQL makes the second caller wait at `_held_room`, SQLite at the start of its transaction.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import models, queries, rules
from qinghe.systems.venues.access import Act
from qinghe.systems.venues.rules import Stretch

Booking = models.Booking
State = models.Booking.State
OWN = "/venues/mine/"


@dataclass(frozen=True)
class NewBooking:
    """A room for a time; `org` is whom it is for, or nobody but the one who asks."""

    room: models.Room
    day: date
    stretch: Stretch
    people: int
    purpose: str
    org: Org | None = None


@transaction.atomic
def book(*, new: NewBooking, weeks: int = 1, at: datetime, by: Actor) -> list[Booking]:
    """Book a room, on the same weekday for some weeks: all of them, or none.

    Raises Refused: not_allowed, nobody_asks, wrong_state, too_many_weeks, nobody,
    too_many_people, time_unclear, day_is_over, too_far, not_open_then, room_taken.
    """
    if new.org is not None:
        actors.require(by, Act.BOOK, at=new.org)
    if not by.person_id:
        raise Refused("nobody_asks", "预约要由本人登录办理，没有登记。")
    rules.check_weeks(weeks)
    room = _held_room(new.room)
    rules.check_room_holds(people=new.people, capacity=room.capacity)
    hours = queries.hours_of(by, [room.venue_id])[room.venue_id]
    series = uuid.uuid4() if weeks > 1 else None
    made = []
    for week in range(weeks):
        one = replace(new, room=room, day=new.day + timedelta(weeks=week))
        rules.check_time(
            day=one.day,
            starts=one.stretch.opens,
            ends=one.stretch.closes,
            at=at,
            hours=hours.on(one.day),
        )
        _check_free(one)
        made.append(_write(one, series=series, person_id=by.person_id, at=at))
    audit.record_many(by=by, verb="venues.book", model=Booking, ids=[one.pk for one in made], at=at)
    return made


@transaction.atomic
def walk_in(*, new: NewBooking, at: datetime, by: Actor) -> Booking:
    """Write down who uses a free room now, without booking; no name is kept.

    Raises Refused: not_allowed, wrong_state, nobody, too_many_people, time_unclear, room_taken.
    """
    room = _held_room(new.room)
    queries.check_may_count(by, room.venue, at=at)
    rules.check_room_holds(people=new.people, capacity=room.capacity)
    if new.stretch.opens >= new.stretch.closes or new.day != local_day(at):
        raise Refused("time_unclear", "现场使用登记今天的时间，结束要晚于开始，请改正。")
    one = replace(new, room=room)
    _check_free(one)
    booking = Booking.objects.create(
        **_told(one),
        walk_in=True,
        asked_at=at,
        decided_at=at,
        state=State.USED,
    )
    audit.record(by=by, verb="venues.walk_in", subject=booking, at=at)
    return booking


@transaction.atomic
def confirm(*, booking: Booking, at: datetime, by: Actor) -> Booking:
    """Agree to a booking that another made. Raises Refused: not_allowed, own_booking, wrong_state."""
    booking = _held_by_keeper(booking, by=by)
    rules.check_not_own(decider_id=by.person_id, asker_id=booking.person_id)
    _move(booking, to=State.CONFIRMED, at=at)
    audit.record(by=by, verb="venues.confirm", subject=booking, at=at)
    _tell(booking, title="场地预约已确认", at=at)
    return booking


@transaction.atomic
def refuse(*, booking: Booking, reason: str, at: datetime, by: Actor) -> Booking:
    """Not agree to a booking. Raises Refused: not_allowed, reason_needed, wrong_state."""
    rules.check_reason(reason)
    booking = _held_by_keeper(booking, by=by)
    booking.reason = reason
    _move(booking, to=State.REFUSED, at=at)
    detail = {"reason": reason}
    audit.record(by=by, verb="venues.refuse", subject=booking, at=at, detail=detail)
    _tell(booking, title="场地预约未获同意", at=at)
    return booking


@transaction.atomic
def cancel(*, booking: Booking, at: datetime, by: Actor) -> Booking:
    """Take one's own booking back, until the place's deadline.

    Raises Refused: not_yours, wrong_state, too_late.
    """
    booking = _held(booking)
    if not by.person_id or booking.person_id != by.person_id:
        raise Refused("not_yours", "这不是您的预约，没有改动。")
    rules.check_move(rules.BOOKING_MOVES, now=booking.state, to=State.CANCELLED, what="个预约")
    rules.check_cancel_in_time(
        starts_at=booking.starts_at, at=at, hours=booking.room.venue.cancel_hours
    )
    _move(booking, to=State.CANCELLED, at=at)
    audit.record(by=by, verb="venues.cancel", subject=booking, at=at)
    return booking


@transaction.atomic
def take_off(*, booking: Booking, reason: str, at: datetime, by: Actor) -> Booking:
    """Cancel somebody's booking, as who keeps the place; they are told why.

    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    rules.check_reason(reason)
    booking = _held_by_keeper(booking, by=by)
    booking.reason = reason
    _move(booking, to=State.CANCELLED, at=at)
    detail = {"reason": reason}
    audit.record(by=by, verb="venues.take_off", subject=booking, at=at, detail=detail)
    _tell(booking, title="场地预约已取消", at=at)
    return booking


@transaction.atomic
def mark_used(*, booking: Booking, at: datetime, by: Actor) -> Booking:
    """Say that they came. Raises Refused: not_allowed, wrong_state, too_early."""
    booking = _held(booking)
    queries.check_may_count(by, booking.room.venue, at=at)
    rules.check_begun(starts_at=booking.starts_at, at=at)
    _move(booking, to=State.USED, at=at)
    audit.record(by=by, verb="venues.mark_used", subject=booking, at=at)
    return booking


@transaction.atomic
def mark_no_show(*, booking: Booking, at: datetime, by: Actor) -> Booking:
    """Say that nobody came. Raises Refused: not_allowed, wrong_state, too_early."""
    booking = _held(booking)
    queries.check_may_count(by, booking.room.venue, at=at)
    rules.check_begun(starts_at=booking.starts_at, at=at)
    _move(booking, to=State.NO_SHOW, at=at)
    audit.record(by=by, verb="venues.mark_no_show", subject=booking, at=at)
    return booking


def _check_free(new: NewBooking) -> None:
    taken = Booking.objects.filter(
        room=new.room,
        state__in=rules.STANDING,
        starts_at__lt=rules.moment(new.day, new.stretch.closes),
        ends_at__gt=rules.moment(new.day, new.stretch.opens),
    )
    times = taken.order_by("starts_at").values_list("starts_at", "ends_at")
    rules.check_room_is_free(times[:1], day=new.day)


def _write(new: NewBooking, *, series: uuid.UUID | None, person_id: int, at: datetime) -> Booking:
    is_sure = new.room.venue.auto_confirm
    return Booking.objects.create(
        **_told(new),
        person_id=person_id,
        series=series,
        asked_at=at,
        decided_at=at if is_sure else None,
        state=State.CONFIRMED if is_sure else State.ASKED,
    )


def _told(new: NewBooking) -> dict[str, object]:
    return {
        "room": new.room,
        "for_org": new.org,
        "purpose": new.purpose,
        "people": new.people,
        "starts_at": rules.moment(new.day, new.stretch.opens),
        "ends_at": rules.moment(new.day, new.stretch.closes),
        "day": new.day,
    }


def _held_room(room: models.Room) -> models.Room:
    found = models.Room.objects.select_for_update(of=("self",)).select_related("venue__org")
    held = found.get(pk=room.pk)
    if held.closed_on or held.venue.state != models.Venue.State.OPEN:
        raise Refused("wrong_state", "这个阵地或房间现在不开放，没有登记。")
    return held


def _held(booking: Booking) -> Booking:
    found = Booking.objects.select_for_update(of=("self",)).select_related("room__venue__org")
    return found.get(pk=booking.pk)


def _held_by_keeper(booking: Booking, *, by: Actor) -> Booking:
    booking = _held(booking)
    actors.require(by, Act.KEEP, at=booking.room.venue.org)
    return booking


def _move(booking: Booking, *, to: State, at: datetime) -> None:
    rules.check_move(rules.BOOKING_MOVES, now=booking.state, to=to, what="个预约")
    booking.state, booking.decided_at = to, at
    booking.save(update_fields=["state", "decided_at", "reason"])


def _tell(booking: Booking, *, title: str, at: datetime) -> None:
    if not booking.person_id:
        return
    reason = f"：{booking.reason}" if booking.reason else ""
    notices.notify(
        person_ids=[booking.person_id],
        kind=Kind.RESULT,
        title=title,
        text=f"{booking.day:%-m}月{booking.day:%-d}日 {booking.room.venue.name}"
        f"{booking.room.name}{reason}",
        url=OWN,
        at=at,
    )
