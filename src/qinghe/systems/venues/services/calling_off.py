"""What was planned for days on which a place is shut: called off, and who planned it is told."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.lib import sentences
from qinghe.systems.venues.models import Booking, Shift, Venue

OWN = "/venues/mine/"
AHEAD = (Booking.State.ASKED, Booking.State.CONFIRMED)


@transaction.atomic
def call_off(
    *, venue: Venue, first: date, until: date | None, reason: str, at: datetime, by: Actor
) -> None:
    """Call off bookings and shifts of a place from a day up to another, or for good.

    The caller has checked that the actor keeps the place.
    """
    booked = Booking.objects.filter(room__venue=venue, day__gte=first)
    shifts = Shift.objects.filter(venue=venue, day__gte=first)
    if until is not None:
        booked, shifts = booked.filter(day__lt=until), shifts.filter(day__lt=until)
    call_off_bookings(bookings=booked, reason=reason, at=at, by=by)
    _call_off_shifts(shifts, venue=venue, reason=reason, at=at, by=by)


@transaction.atomic
def call_off_bookings(*, bookings: QuerySet[Booking], reason: str, at: datetime, by: Actor) -> None:
    """Call off those of some bookings that are still to come, and tell who made them."""
    rows = list(
        bookings.filter(state__in=AHEAD, ends_at__gt=at).select_related("room__venue", "person")
    )
    keys = [one.pk for one in rows]
    Booking.objects.filter(pk__in=keys).update(
        state=Booking.State.CANCELLED, reason=reason, decided_at=at
    )
    audit.record_many(
        by=by,
        verb="venues.call_off_booking",
        model=Booking,
        ids=keys,
        at=at,
        detail={"reason": reason},
    )
    for one in rows:
        if one.person_id:
            _tell(
                one.person_id,
                title="场地预约已取消",
                text=f"{one.day:%-m}月{one.day:%-d}日 {one.room.venue.name}{one.room.name}："
                f"{sentences.inside(reason)}。给您带来不便，请另选时间。",
                at=at,
            )


def _call_off_shifts(
    shifts: QuerySet[Shift], *, venue: Venue, reason: str, at: datetime, by: Actor
) -> None:
    rows = list(shifts.filter(state__in=[Shift.State.FREE, Shift.State.TAKEN]))
    keys = [one.pk for one in rows]
    Shift.objects.filter(pk__in=keys).update(state=Shift.State.CANCELLED, person=None)
    detail = {"reason": reason}
    audit.record_many(
        by=by, verb="venues.call_off_shift", model=Shift, ids=keys, at=at, detail=detail
    )
    for one in rows:
        if one.person_id:
            text = f"{one.day:%-m}月{one.day:%-d}日 {venue.name}的值班已取消：{sentences.inside(reason)}。"
            _tell(one.person_id, title="值班已取消", text=text, at=at)


def _tell(person_id: int, *, title: str, text: str, at: datetime) -> None:
    notices.notify(person_ids=[person_id], kind=Kind.RESULT, title=title, text=text, url=OWN, at=at)
