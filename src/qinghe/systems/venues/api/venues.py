"""Places by a program: where they are, when they open, whom they served."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import queries, rules, services
from qinghe.systems.venues.access import Act

router = Router()
ONE = "/venues/{int:venue_id}"
ONE_STRETCH = Refused("time_unclear", "特殊日期只能写一段开放时间，没有登记；请改正。")


class VenueOut(Schema):
    id: int
    code: str
    name: str
    kind: str
    org: Code
    address: str
    latitude: Decimal | None
    longitude: Decimal | None
    capacity: int
    functions: str
    state: str

    @staticmethod
    def resolve_kind(venue: queries.Venue) -> str:
        """Name the kind by its slug."""
        return venue.kind.slug


class RoomOut(Schema):
    id: int
    name: str
    capacity: int


class PlaceOut(Schema):
    """A place as anybody may know it, with its rooms."""

    id: int
    code: str
    name: str
    kind: str
    address: str
    latitude: Decimal | None
    longitude: Decimal | None
    functions: str
    hours: str
    standing: str
    stars: str
    rooms: list[RoomOut]


class ParticularsIn(Schema):
    name: str = Field(min_length=1, max_length=60)
    kind: str = Field(description="类别代号，如 volunteer_home")
    address: str = Field(min_length=1, max_length=160)
    capacity: int = Field(ge=1, le=rules.MOST)
    functions: str = Field(max_length=200)
    latitude: Decimal | None = Field(None, ge=-90, le=90, max_digits=8, decimal_places=6)
    longitude: Decimal | None = Field(None, ge=-180, le=180, max_digits=9, decimal_places=6)
    contact: str = Field("", max_length=80)
    auto_confirm: bool = True
    cancel_hours: int = Field(2, ge=0, le=168)


class VenueIn(ParticularsIn):
    code: str = Field(min_length=1, max_length=24)
    org: str


class RoomIn(Schema):
    name: str = Field(min_length=1, max_length=40)
    capacity: int = Field(ge=1, le=rules.MOST)


class SuspensionIn(ReasonIn):
    until: date | None = None


class OpeningHoursIn(Schema):
    valid_from: date
    closed_on_holidays: bool = True
    days: dict[Annotated[int, Field(ge=1, le=7)], str] = Field(
        description="星期一为1：每天写成 09:00-12:00、14:00-18:00，不开放的不写"
    )


class OpeningHoursOut(Schema):
    id: int
    valid_from: date
    valid_until: date | None
    closed_on_holidays: bool
    in_words: str


class SpecialDayIn(Schema):
    day: date
    hours: str = Field("", description="写成 09:00-12:00；不写为不开放")
    reason: str = Field(max_length=100)


class SpecialDayOut(Schema):
    id: int
    day: date
    in_words: str
    reason: str


class CountIn(Schema):
    kind: queries.CountKind
    people: int
    nonce: str


class CountCorrectionIn(ReasonIn):
    takes: int = Field(ge=1, le=rules.MOST)


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


@router.post(f"{ONE}/counts", response=CountOut)
def count(request: Request, venue_id: int, body: CountIn) -> object:
    """Count people served at a place. The same nonce again is the same count."""
    doors.require_anywhere(request.actor, Act.COUNT)
    venue = get_object_or_404(queries.venues_seen_by(request.actor), pk=venue_id)
    new = services.NewCount(venue, body.kind.value, body.people, body.nonce)
    return services.record_count(new=new, at=timezone.now(), by=request.actor)


@router.get("/counts", response=list[CountOut])
@paginate(ByKey, order=["-pk"])
def counts(request: Request) -> object:
    """List what was counted at the places in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.counts_seen_by(request.actor)


@router.post("/counts/{int:count_id}/correct", response=CountOut)
def correct_count(request: Request, count_id: int, body: CountCorrectionIn) -> object:
    """Take some off a count that was too high, with its reason."""
    return services.correct_count(
        count=get_object_or_404(queries.counts_seen_by(request.actor), pk=count_id),
        takes=body.takes,
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@router.get("/places", response=list[PlaceOut])
def places(request: Request, kind: str = "") -> object:
    """Tell the places that are open to everybody, or those of one kind, with hours and rooms."""
    streets = queries.by_street(request.actor, kind=kind, at=timezone.now())
    return [_place(told) for street in streets for told in street.places]


@router.post("/venues", response=VenueOut)
def enter_venue(request: Request, body: VenueIn) -> object:
    """Enter a place; it opens once it has hours."""
    doors.require_anywhere(request.actor, Act.KEEP)
    org = get_object_or_404(queries.orgs_for(request.actor, Act.KEEP), code=body.org)
    new = services.NewVenue(body.code, org, _particulars(request, body))
    return services.enter_venue(new=new, at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/change", response=VenueOut)
def change_venue(request: Request, venue_id: int, body: ParticularsIn) -> object:
    """Change what is told of a place."""
    return services.change_venue(
        venue=_venue(request, venue_id),
        told=_particulars(request, body),
        at=timezone.now(),
        by=request.actor,
    )


@router.post(f"{ONE}/open", response=VenueOut)
def open_venue(request: Request, venue_id: int) -> object:
    """Open a place, or open it again."""
    found = _venue(request, venue_id)
    return services.open_venue(venue=found, at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/suspend", response=VenueOut)
def suspend_venue(request: Request, venue_id: int, body: SuspensionIn) -> object:
    """Close a place for a while; what was booked there is called off and told."""
    return services.suspend_venue(
        venue=_venue(request, venue_id),
        planned_until=body.until,
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@router.post(f"{ONE}/close", response=VenueOut)
def close_venue(request: Request, venue_id: int, body: ReasonIn) -> object:
    """Give a place up."""
    found = _venue(request, venue_id)
    return services.close_venue(
        venue=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.post(f"{ONE}/rooms", response=RoomOut)
def add_room(request: Request, venue_id: int, body: RoomIn) -> object:
    """Add a room that can be booked."""
    return services.add_room(
        venue=_venue(request, venue_id),
        name=body.name,
        capacity=body.capacity,
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/rooms/{int:venue_room_id}/close", response=RoomOut)
def close_venue_room(request: Request, venue_room_id: int, body: ReasonIn) -> object:
    """Give a room up; what was booked there is called off and told."""
    return services.close_room(
        room=get_object_or_404(queries.rooms_seen_by(request.actor), pk=venue_room_id),
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@router.post(f"{ONE}/hours", response=OpeningHoursOut)
def set_opening_hours(request: Request, venue_id: int, body: OpeningHoursIn) -> object:
    """Set the weekly hours from a day on."""
    week = rules.Week(
        body.valid_from,
        body.closed_on_holidays,
        {day: rules.stretches_of(hours) for day, hours in body.days.items()},
    )
    found = _venue(request, venue_id)
    return services.set_hours(venue=found, week=week, at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/special-days", response=SpecialDayOut)
def set_special_day(request: Request, venue_id: int, body: SpecialDayIn) -> object:
    """Close a place on one day, or open it at other hours."""
    stretches = rules.stretches_of(body.hours)
    if len(stretches) > 1:
        raise ONE_STRETCH
    return services.set_special_day(
        venue=_venue(request, venue_id),
        day=body.day,
        stretch=next(iter(stretches), None),
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


def _venue(request: Request, venue_id: int) -> queries.Venue:
    return get_object_or_404(queries.venues_seen_by(request.actor), pk=venue_id)


def _particulars(request: Request, body: ParticularsIn) -> services.Particulars:
    told = body.dict(exclude={"code", "org", "kind"})
    kind = get_object_or_404(queries.kinds(request.actor), slug=body.kind)
    return services.Particulars(kind=kind, **told)


def _place(told: queries.Told) -> dict[str, object]:
    venue = told.venue
    same = ("id", "code", "name", "address", "latitude", "longitude", "functions")
    return {name: getattr(venue, name) for name in same} | {
        "kind": venue.kind.slug,
        "hours": told.hours,
        "standing": told.standing,
        "stars": told.stars,
        "rooms": [one for one in venue.rooms.all() if one.closed_on is None],
    }
