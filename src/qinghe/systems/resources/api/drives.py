"""Drives by a program: opened, given to, looked over, sent on to reading rooms (U爱助梦)."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.resources import queries, services
from qinghe.systems.resources.access import Act
from qinghe.systems.resources.forms.pool import MOST

router = Router()
DRIVE, DONATION = "/drives/{int:drive_id}", "/donations/{int:donation_id}"
ROOM = "/reading-rooms/{int:room_id}"


class DriveOut(Schema):
    id: int
    title: str
    org: Code
    item: str
    unit: str
    opens_on: date
    closes_on: date
    collected: int
    stock: int
    state: str


class DriveIn(Schema):
    title: str = Field(min_length=1, max_length=80)
    org: str
    item: str = Field(min_length=1, max_length=20)
    unit: str = Field(min_length=1, max_length=8)
    opens_on: date
    closes_on: date
    about: str = Field("", max_length=400)


class DonationIn(Schema):
    org: str
    quantity: int = Field(ge=1, le=MOST)
    donor: str = Field("", max_length=60, description="愿意公开的称呼；不愿具名的不填")


class AcceptedIn(Schema):
    accepted: int = Field(ge=1, le=MOST)
    reason: str = Field("", max_length=200, description="少于送来数量的必填")


class ReadingRoomIn(Schema):
    name: str = Field(min_length=1, max_length=80)
    org: str
    place: str = Field(min_length=1, max_length=120)


class DeliveryIn(Schema):
    room_id: int
    quantity: int = Field(ge=1, le=MOST)


class DeliveryOut(Schema):
    id: int
    drive_id: int
    room_id: int
    quantity: int
    sent_on: date
    received_on: date | None


class ReadingRoomOut(Schema):
    id: int
    name: str
    org: Code
    place: str
    state: str
    built_on: date | None


class DriveStateOut(Schema):
    id: int
    stock: int
    state: str


class DonationOut(Schema):
    id: int
    drive_id: int
    org: Code
    quantity: int
    accepted: int | None
    brought_on: date
    state: str


@router.get("/drives", response=list[DriveOut])
@paginate(ByKey, order=["-pk"])
def drives(request: Request) -> object:
    """List the drives that concern the caller, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.drives_seen_by(request.actor)


@router.post(f"{DRIVE}/donations", response=DonationOut)
def donate(request: Request, drive_id: int, body: DonationIn) -> object:
    """Write down what was brought to an organisation; it counts once it was looked over."""
    doors.require_anywhere(request.actor, Act.TAKE_DONATION)
    new = services.NewDonation(
        drive=get_object_or_404(queries.drives_seen_by(request.actor), pk=drive_id),
        org=get_object_or_404(queries.orgs_for(request.actor, Act.TAKE_DONATION), code=body.org),
        quantity=body.quantity,
        donor=body.donor,
    )
    return services.take_donation(new=new, at=timezone.now(), by=request.actor)


@router.post("/drives", response=DriveStateOut)
def open_drive(request: Request, body: DriveIn) -> object:
    """Open a drive: its organisation and all below it may take in what is given."""
    doors.require_anywhere(request.actor, Act.RUN_DRIVE)
    org = get_object_or_404(queries.orgs_for(request.actor, Act.RUN_DRIVE), code=body.org)
    new = services.NewDrive(**{**body.dict(), "org": org})
    return services.open_drive(new=new, at=timezone.now(), by=request.actor)


@router.post(f"{DRIVE}/close", response=DriveStateOut)
def close_drive(request: Request, drive_id: int) -> object:
    """Take in no more; what is in stock can still be sent."""
    found = _drive(request, drive_id)
    return services.close_drive(drive=found, at=timezone.now(), by=request.actor)


@router.get("/donations", response=list[DonationOut])
@paginate(ByKey, order=["-pk"])
def donations(request: Request) -> object:
    """List the donations taken where the caller may look, newest first; donors are not named."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.donations_seen_by(request.actor)


@router.post(f"{DONATION}/accept", response=DonationOut)
def accept_donation(request: Request, donation_id: int, body: AcceptedIn) -> object:
    """Put what is fit into stock."""
    return services.accept_donation(
        donation=_donation(request, donation_id),
        accepted=body.accepted,
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@router.post(f"{DONATION}/refuse", response=DonationOut)
def refuse_donation(request: Request, donation_id: int, body: ReasonIn) -> object:
    """Take nothing of it."""
    found = _donation(request, donation_id)
    return services.refuse_donation(
        donation=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.get("/reading-rooms", response=list[ReadingRoomOut])
@paginate(ByKey, order=["-pk"])
def reading_rooms(request: Request) -> object:
    """List the reading rooms in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.rooms_seen_by(request.actor)


@router.post("/reading-rooms", response=ReadingRoomOut)
def plan_reading_room(request: Request, body: ReadingRoomIn) -> object:
    """Plan a reading room."""
    doors.require_anywhere(request.actor, Act.RUN_DRIVE)
    org = get_object_or_404(queries.orgs_for(request.actor, Act.RUN_DRIVE), code=body.org)
    new = services.NewRoom(body.name, org, body.place)
    return services.plan_room(new=new, at=timezone.now(), by=request.actor)


@router.post(f"{ROOM}/build", response=ReadingRoomOut)
def build_reading_room(request: Request, room_id: int) -> object:
    """Say that a reading room stands."""
    return services.build_room(room=_room(request, room_id), at=timezone.now(), by=request.actor)


@router.post(f"{ROOM}/close", response=ReadingRoomOut)
def close_reading_room(request: Request, room_id: int, body: ReasonIn) -> object:
    """Give a reading room up."""
    found = _room(request, room_id)
    return services.close_room(room=found, reason=body.reason, at=timezone.now(), by=request.actor)


@router.post(f"{DRIVE}/deliveries", response=DeliveryOut)
def send_delivery(request: Request, drive_id: int, body: DeliveryIn) -> object:
    """Send part of a drive's stock to a reading room."""
    return services.send_delivery(
        drive=_drive(request, drive_id),
        room=_room(request, body.room_id),
        quantity=body.quantity,
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/deliveries/{int:delivery_id}/receive", response=DeliveryOut)
def receive_delivery(request: Request, delivery_id: int) -> object:
    """Say that a delivery has come."""
    found = get_object_or_404(queries.delivery_of(request.actor), pk=delivery_id)
    return services.receive_delivery(delivery=found, at=timezone.now(), by=request.actor)


def _drive(request: Request, drive_id: int) -> queries.Drive:
    return get_object_or_404(queries.drives_seen_by(request.actor), pk=drive_id)


def _donation(request: Request, donation_id: int) -> queries.Donation:
    return get_object_or_404(queries.donations_seen_by(request.actor), pk=donation_id)


def _room(request: Request, room_id: int) -> queries.Room:
    return get_object_or_404(queries.rooms_seen_by(request.actor), pk=room_id)
