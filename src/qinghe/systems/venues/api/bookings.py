"""Rooms and bookings by a program: a phone app books, a kiosk at the door says who came."""

from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.venues import queries, rules, services
from qinghe.systems.venues.access import Act

router = Router()
ROOM, ONE = "/rooms/{int:venue_room_id}", "/bookings/{int:booking_id}"


class BookingOut(Schema):
    id: int
    venue: str
    room: str
    purpose: str
    people: int
    starts_at: datetime
    ends_at: datetime
    state: str

    @staticmethod
    def resolve_venue(booking: queries.Booking) -> str:
        """Name the place by its code."""
        return booking.room.venue.code

    @staticmethod
    def resolve_room(booking: queries.Booking) -> str:
        """Name the room."""
        return booking.room.name


class WalkInIn(Schema):
    starts: str = Field(description="如 09:00")
    ends: str
    people: int = Field(ge=1, le=rules.MOST)
    purpose: str = Field(min_length=1, max_length=100, description="不写姓名和电话")


class BookingIn(WalkInIn):
    day: date
    org: str = Field("", description="以哪个单位的名义；个人使用的不填")
    weeks: int = Field(1, ge=1, le=rules.MOST_WEEKS, description="每周重复几次，要么全部约上")


class TakenOut(Schema):
    starts_at: datetime
    ends_at: datetime


class RoomDayOut(Schema):
    day: date
    hours: str
    taken: list[TakenOut]


@router.get("/bookings", response=list[BookingOut])
@paginate(ByKey, order=["-pk"])
def bookings(request: Request) -> object:
    """List the bookings of the places in the caller's sight, newest first; nobody is named."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.bookings_seen_by(request.actor)


@router.get("/bookings/own", response=list[BookingOut])
@paginate(ByKey, order=["-pk"])
def own_bookings(request: Request) -> object:
    """List the caller's own bookings, newest first."""
    return queries.own_bookings(request.actor)


@router.get(f"{ROOM}/week", response=list[RoomDayOut])
def room_week(request: Request, venue_room_id: int, day: date | None = None) -> object:
    """Tell when a room is open and taken in the week of a day; by whom is not told."""
    room = get_object_or_404(queries.open_rooms(request.actor), pk=venue_room_id)
    asked = day.isoformat() if day else ""
    monday = queries.monday_of(request.actor, asked, today=timezone.localdate())
    return [
        {"day": one.day, "hours": one.hours, "taken": one.bookings}
        for one in queries.week_of_room(request.actor, room, monday=monday)
    ]


@router.post(f"{ROOM}/bookings", response=list[BookingOut])
def book(request: Request, venue_room_id: int, body: BookingIn) -> object:
    """Book a room, on the same weekday for some weeks: all of them, or none."""
    org = None
    if body.org:
        org = get_object_or_404(queries.orgs_for(request.actor, Act.BOOK), code=body.org)
    new = services.NewBooking(
        room=get_object_or_404(queries.open_rooms(request.actor), pk=venue_room_id),
        day=body.day,
        stretch=_stretch(body),
        people=body.people,
        purpose=body.purpose,
        org=org,
    )
    return services.book(new=new, weeks=body.weeks, at=timezone.now(), by=request.actor)


@router.post(f"{ROOM}/walk-ins", response=BookingOut)
def walk_in(request: Request, venue_room_id: int, body: WalkInIn) -> object:
    """Write down who uses a free room now, without booking; no name is kept."""
    new = services.NewBooking(
        room=get_object_or_404(queries.open_rooms(request.actor), pk=venue_room_id),
        day=timezone.localdate(),
        stretch=_stretch(body),
        people=body.people,
        purpose=body.purpose,
    )
    return services.walk_in(new=new, at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/cancel", response=BookingOut)
def cancel_booking(request: Request, booking_id: int) -> object:
    """Take the caller's own booking back."""
    found = get_object_or_404(queries.own_bookings(request.actor), pk=booking_id)
    return services.cancel(booking=found, at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/confirm", response=BookingOut)
def confirm_booking(request: Request, booking_id: int) -> object:
    """Agree to a booking."""
    found = _booking(request, booking_id)
    return services.confirm(booking=found, at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/refuse", response=BookingOut)
def refuse_booking(request: Request, booking_id: int, body: ReasonIn) -> object:
    """Not agree to a booking."""
    found = _booking(request, booking_id)
    return services.refuse(booking=found, reason=body.reason, at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/take-off", response=BookingOut)
def take_off_booking(request: Request, booking_id: int, body: ReasonIn) -> object:
    """Cancel somebody's booking, as who keeps the place; they are told why."""
    found = _booking(request, booking_id)
    return services.take_off(booking=found, reason=body.reason, at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/used", response=BookingOut)
def mark_used(request: Request, booking_id: int) -> object:
    """Say that they came, as who keeps the place or is on duty there."""
    found = _to_mark(request, booking_id)
    return services.mark_used(booking=found, at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/no-show", response=BookingOut)
def mark_no_show(request: Request, booking_id: int) -> object:
    """Say that nobody came."""
    found = _to_mark(request, booking_id)
    return services.mark_no_show(booking=found, at=timezone.now(), by=request.actor)


def _booking(request: Request, booking_id: int) -> queries.Booking:
    return get_object_or_404(queries.bookings_seen_by(request.actor), pk=booking_id)


def _to_mark(request: Request, booking_id: int) -> queries.Booking:
    """Return a booking in sight, or one of the place where the caller is on duty now."""
    on_duty = queries.bookings_on_duty(request.actor, at=timezone.now())
    return on_duty.filter(pk=booking_id).first() or _booking(request, booking_id)


def _stretch(body: WalkInIn) -> rules.Stretch:
    return rules.Stretch(rules.minute_of(body.starts), rules.minute_of(body.ends))
