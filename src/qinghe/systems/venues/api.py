"""Places for other programs: the same queries and services as the pages."""

from datetime import date, datetime
from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.venues import queries, services
from qinghe.systems.venues.access import Act

router = Router(tags=["阵地"])


class VenueOut(Schema):
    id: int
    code: str
    name: str
    kind: str
    org: str
    address: str
    latitude: Decimal | None
    longitude: Decimal | None
    capacity: int
    functions: str
    state: str

    @staticmethod
    def resolve_org(venue: queries.Venue) -> str:
        """Name the organisation by its code."""
        return venue.org.code

    @staticmethod
    def resolve_kind(venue: queries.Venue) -> str:
        """Name the kind by its slug."""
        return venue.kind.slug


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


class CountIn(Schema):
    kind: queries.CountKind
    people: int
    nonce: str


class CountOut(Schema):
    id: int
    kind: str
    people: int
    day: date


@router.get("/venues", response=list[VenueOut])
@paginate(ByKey, order=["-pk"])
def venues(request: Request) -> object:
    """List the places in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.venues_seen_by(request.actor)


@router.get("/bookings", response=list[BookingOut])
@paginate(ByKey, order=["-pk"])
def bookings(request: Request) -> object:
    """List the bookings of the places in the caller's sight, newest first; nobody is named."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.bookings_seen_by(request.actor)


@router.post("/venues/{int:venue_id}/counts", response=CountOut)
def count(request: Request, venue_id: int, body: CountIn) -> object:
    """Count people served at a place. The same nonce again is the same count."""
    doors.require_anywhere(request.actor, Act.COUNT)
    venue = get_object_or_404(queries.venues_seen_by(request.actor), pk=venue_id)
    new = services.NewCount(venue, body.kind.value, body.people, body.nonce)
    return services.record_count(new=new, at=timezone.now(), by=request.actor)
