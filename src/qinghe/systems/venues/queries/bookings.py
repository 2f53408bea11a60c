"""Bookings: one's own, those of the places in sight, and the week of a room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.venues import models, rules
from qinghe.systems.venues.access import Act

from .hours import hours_of

Booking = models.Booking
BookingState = models.Booking.State


@dataclass(frozen=True)
class Day:
    """One day of a room's week: when the place is open, and the bookings that stand."""

    day: date
    weekday: str
    hours: str
    bookings: Sequence[models.Booking]


def bookings_seen_by(actor: Actor) -> QuerySet[models.Booking]:
    """Return the bookings of the places that this actor looks after, the newest first."""
    seen = actors.orgs_where(actor, Act.SEE)
    found = models.Booking.objects.filter(room__venue__org__in=seen)
    return found.select_related("room__venue__org", "for_org", "person")


def own_bookings(actor: Actor) -> QuerySet[models.Booking]:
    """Return one's own bookings, the newest first."""
    found = models.Booking.objects.filter(person_id=actor.person_id)
    return found.select_related("room__venue__org", "for_org")


def week_of_room(actor: Actor, room: models.Room, *, monday: date) -> list[Day]:
    """Return a room's week. That a time is taken is no secret; by whom is for the page to hold."""
    bookings = models.Booking.objects.filter(
        room=room,
        day__gte=monday,
        day__lt=monday + timedelta(days=7),
        state__in=rules.STANDING,
    ).select_related("for_org", "person")
    by_day: dict[date, list[models.Booking]] = {}
    for one in bookings.order_by("starts_at"):
        by_day.setdefault(one.day, []).append(one)
    hours = hours_of(actor, [room.venue_id])[room.venue_id]
    days = [monday + timedelta(days=ahead) for ahead in range(7)]
    return [
        Day(
            day,
            rules.weekday(day),
            "、".join(map(str, hours.on(day))) or "不开放",
            by_day.get(day, ()),
        )
        for day in days
    ]


def today_of(actor: Actor, venue: models.Venue, *, day: date) -> QuerySet[models.Booking]:
    """Return the bookings of a place for one day that were agreed to, for who receives guests."""
    agreed = (BookingState.CONFIRMED, BookingState.USED, BookingState.NO_SHOW)
    found = models.Booking.objects.filter(room__venue=venue, day=day, state__in=agreed)
    return found.select_related("room", "for_org").order_by("starts_at", "pk")


def monday_of(actor: Actor, text: str, *, today: date) -> date:
    """Return the Monday of the week that an address names, or of this week."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    if not today - timedelta(days=366) <= day <= today + timedelta(days=366):
        day = today
    return day - timedelta(days=day.weekday())


def times_of(actor: Actor, booking: models.Booking) -> str:
    """Return when a booking is, in words."""
    begins, ends = booking.starts_at.astimezone(TZ), booking.ends_at.astimezone(TZ)
    return f"{booking.day.isoformat()} {begins:%H:%M}–{ends:%H:%M}"


def booking_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return bookings behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.room.venue.name}{one.room.name}：{one.purpose}",
            cells=(("时间", times_of(actor, one)), ("人数", str(one.people))),
            url=reverse("venues:booking", args=[one.pk]),
        )
        for one in bookings_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def ended_before(actor: Actor, at: datetime) -> QuerySet[models.Booking]:
    """Return the agreed bookings that are over and of which nobody has said who came."""
    kept = actors.orgs_where(actor, Act.KEEP)
    found = models.Booking.objects.filter(
        room__venue__org__in=kept, state=BookingState.CONFIRMED, ends_at__lt=at
    )
    return found.select_related("room__venue__org")


def bookings_on_duty(actor: Actor, *, at: datetime) -> QuerySet[models.Booking]:
    """Return today's bookings of the places where the actor is on duty now."""
    day = local_day(at)
    on = models.Shift.objects.filter(
        person_id=actor.person_id, state=models.Shift.State.ON, day=day
    )
    found = models.Booking.objects.filter(room__venue__in=on.values("venue"), day=day)
    return found.select_related("room__venue__org", "for_org", "person")
