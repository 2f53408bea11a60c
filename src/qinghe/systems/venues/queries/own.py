"""What places tell somebody about themself."""

from datetime import datetime

from django.urls import reverse

from qinghe.edges.system import Card, Line
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.systems.venues import models, rules

from .bookings import bookings_seen_by, own_bookings, times_of
from .duty import own_shifts, shifts_of, shifts_seen_by

NEXT = 3


def cards_of(actor: Actor, at: datetime) -> tuple[Card, ...]:
    """Return one's next shifts and bookings, with the way to the page of both."""
    today = local_day(at)
    ahead = own_shifts(actor, today=today).filter(day__gte=today)[:NEXT]
    booked = own_bookings(actor).filter(
        ends_at__gte=at, state__in=(models.Booking.State.ASKED, models.Booking.State.CONFIRMED)
    )
    lines = [
        *(_shift_line(one) for one in ahead),
        *(_booking_line(actor, one) for one in booked.order_by("starts_at")[:NEXT]),
        Line(pk=0, title="选空班、预约场地", url=reverse("venues:own")),
    ]
    return (Card(title="值班与场地", lines=tuple(lines)),)


def about_person(actor: Actor, person: Person) -> list[Line]:
    """Return a person's shifts and bookings: all to themself, else what the actor may see (S-07)."""
    if actor.person_id == person.pk:
        shifts, booked = shifts_of(actor), own_bookings(actor)
    else:
        shifts = shifts_seen_by(actor).filter(person=person)
        booked = bookings_seen_by(actor).filter(person=person)
    return [
        *(_shift_line(one) for one in shifts.order_by("-day", "-starts")),
        *(_booking_line(actor, one) for one in booked),
    ]


def _shift_line(one: models.Shift) -> Line:
    times = f"{one.day.isoformat()} {rules.Stretch(one.starts, one.ends)}"
    return Line(
        pk=one.pk,
        title=f"值班：{one.venue.name}",
        cells=(("时间", times), ("状态", one.get_state_display())),
        url=reverse("venues:own"),
    )


def _booking_line(actor: Actor, one: models.Booking) -> Line:
    return Line(
        pk=one.pk,
        title=f"预约：{one.room.venue.name}{one.room.name}",
        cells=(
            ("时间", times_of(actor, one)),
            ("用途", one.purpose),
            ("状态", one.get_state_display()),
        ),
        url=reverse("venues:own"),
    )
