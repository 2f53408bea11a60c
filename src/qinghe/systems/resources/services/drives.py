"""Drives: things come in, are looked over, and go out to reading rooms."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.resources import models, rules
from qinghe.systems.resources.access import Act

Delivery = models.Delivery
Donation = models.Donation
Drive = models.Drive
Room = models.Room


@dataclass(frozen=True)
class NewDrive:
    """A drive that begins."""

    title: str
    org: Org
    item: str
    unit: str
    opens_on: date
    closes_on: date
    about: str = ""


@dataclass(frozen=True)
class NewDonation:
    """What somebody brought; without `donor` they wish not to be named."""

    drive: Drive
    org: Org
    quantity: int
    donor: str = ""


@dataclass(frozen=True)
class NewRoom:
    """A reading room to be built."""

    name: str
    org: Org
    place: str


@transaction.atomic
def open_drive(*, new: NewDrive, at: datetime, by: Actor) -> Drive:
    """Begin a drive. Raises Refused: not_allowed, org_closed, wrong_order."""
    actors.require(by, Act.RUN_DRIVE, at=new.org)
    orgs.check_takes_new(org=new.org)
    rules.check_order(first=new.opens_on, then=new.closes_on, what="截止日期")
    drive = Drive.objects.create(
        title=new.title,
        org=new.org,
        about=new.about,
        item=new.item,
        unit=new.unit,
        opens_on=new.opens_on,
        closes_on=new.closes_on,
    )
    audit.record(by=by, verb="resources.open_drive", subject=drive, at=at)
    return drive


@transaction.atomic
def close_drive(*, drive: Drive, at: datetime, by: Actor) -> Drive:
    """End a drive; what waits can still be looked over, what is in stock still sent.

    Raises Refused: not_allowed, wrong_state.
    """
    drive = _locked_drive(drive)
    actors.require(by, Act.RUN_DRIVE, at=drive.org)
    if drive.state != Drive.State.OPEN:
        raise Refused("wrong_state", "这次募集已经结束，没有改动。")
    drive.state = Drive.State.CLOSED
    drive.save(update_fields=["state"])
    audit.record(by=by, verb="resources.close_drive", subject=drive, at=at)
    return drive


@transaction.atomic
def take_donation(*, new: NewDonation, at: datetime, by: Actor) -> Donation:
    """Write down what was brought to an organisation below the drive's.

    Raises Refused: not_allowed, org_closed, not_of_the_drive, drive_closed, nothing_brought.
    """
    actors.require(by, Act.TAKE_DONATION, at=new.org)
    orgs.check_takes_new(org=new.org)
    drive = _locked_drive(new.drive)
    if not new.org.path.startswith(drive.org.path):
        raise Refused("not_of_the_drive", "接收单位不在这次募集的范围内，没有登记。")
    if new.quantity < 1:
        raise Refused("nothing_brought", "数量至少为1，请改正。")
    rules.check_in_time(
        opens_on=drive.opens_on,
        closes_on=drive.closes_on,
        day=local_day(at),
        is_open=drive.state == Drive.State.OPEN,
    )
    donation = Donation.objects.create(
        drive=drive,
        org=new.org,
        donor=new.donor,
        quantity=new.quantity,
        brought_on=local_day(at),
    )
    audit.record(by=by, verb="resources.take_donation", subject=donation, at=at)
    return donation


@transaction.atomic
def accept_donation(
    *, donation: Donation, accepted: int, reason: str = "", at: datetime, by: Actor
) -> Donation:
    """Take what is fit into stock.

    Raises Refused: not_allowed, wrong_state, too_many, nothing_accepted, reason_needed.
    """
    donation = _locked_donation(donation, by=by)
    rules.check_move(rules.DONATION_MOVES, now=donation.state, to="accepted", what="捐赠")
    rules.check_accepted(quantity=donation.quantity, accepted=accepted, reason=reason)
    donation.accepted, donation.reason = accepted, reason
    _decide(donation, to=Donation.State.ACCEPTED, at=at, by=by)
    Drive.objects.filter(pk=donation.drive_id).update(stock=F("stock") + accepted)
    audit.record(
        by=by,
        verb="resources.accept_donation",
        subject=donation,
        at=at,
        detail={"accepted": accepted},
    )
    return donation


@transaction.atomic
def refuse_donation(*, donation: Donation, reason: str, at: datetime, by: Actor) -> Donation:
    """Take nothing of it. Raises Refused: not_allowed, wrong_state, reason_needed."""
    check_reason(reason)
    donation = _locked_donation(donation, by=by)
    rules.check_move(rules.DONATION_MOVES, now=donation.state, to="refused", what="捐赠")
    donation.reason = reason
    _decide(donation, to=Donation.State.REFUSED, at=at, by=by)
    audit.record(
        by=by,
        verb="resources.refuse_donation",
        subject=donation,
        at=at,
        detail={"reason": reason},
    )
    return donation


@transaction.atomic
def plan_room(*, new: NewRoom, at: datetime, by: Actor) -> Room:
    """Plan a reading room. Raises Refused: not_allowed, org_closed, name_taken."""
    actors.require(by, Act.RUN_DRIVE, at=new.org)
    orgs.check_takes_new(org=new.org)
    if Room.objects.filter(org=new.org, name=new.name).exists():
        raise Refused("name_taken", f"“{new.name}”已经立项，没有重复登记。")
    room = Room.objects.create(
        name=new.name, org=new.org, place=new.place, planned_on=local_day(at)
    )
    audit.record(by=by, verb="resources.plan_room", subject=room, at=at)
    return room


@transaction.atomic
def build_room(*, room: Room, at: datetime, by: Actor) -> Room:
    """Say that a reading room stands and is open.

    Raises Refused: not_allowed, wrong_state, nothing_received.
    """
    room = _locked_room(room, by=by)
    rules.check_move(rules.ROOM_MOVES, now=room.state, to="built", what="图书室")
    if not room.deliveries.filter(received_on__isnull=False).exists():
        raise Refused("nothing_received", "还没有图书送到，不能记为已建成；请先登记签收。")
    room.state, room.built_on = Room.State.BUILT, local_day(at)
    room.save(update_fields=["state", "built_on"])
    audit.record(by=by, verb="resources.build_room", subject=room, at=at)
    return room


@transaction.atomic
def close_room(*, room: Room, reason: str, at: datetime, by: Actor) -> Room:
    """Give a reading room up. Raises Refused: not_allowed, wrong_state, reason_needed."""
    check_reason(reason)
    room = _locked_room(room, by=by)
    rules.check_move(rules.ROOM_MOVES, now=room.state, to="closed", what="图书室")
    room.state, room.closed_on = Room.State.CLOSED, local_day(at)
    room.save(update_fields=["state", "closed_on"])
    audit.record(by=by, verb="resources.close_room", subject=room, at=at, detail={"reason": reason})
    return room


@transaction.atomic
def send_delivery(*, drive: Drive, room: Room, quantity: int, at: datetime, by: Actor) -> Delivery:
    """Send part of a drive's stock to a reading room.

    Raises Refused: not_allowed, wrong_state, nothing_sent, not_enough.
    """
    drive = _locked_drive(drive)
    actors.require(by, Act.RUN_DRIVE, at=drive.org)
    if room.state == Room.State.CLOSED:
        raise Refused("wrong_state", "这间图书室已经停用，不能再配送。")
    if quantity < 1:
        raise Refused("nothing_sent", "数量至少为1，请改正。")
    sent = Drive.objects.filter(pk=drive.pk, stock__gte=quantity).update(
        stock=F("stock") - quantity
    )
    if not sent:
        rules.check_stock(quantity=quantity, stock=drive.stock, unit=drive.unit)
    delivery = Delivery.objects.create(
        drive=drive, room=room, quantity=quantity, sent_on=local_day(at)
    )
    audit.record(by=by, verb="resources.send_delivery", subject=delivery, at=at)
    return delivery


@transaction.atomic
def receive_delivery(*, delivery: Delivery, at: datetime, by: Actor) -> Delivery:
    """Say that it has arrived. Raises Refused: not_allowed, wrong_state."""
    kept = Delivery.objects.select_for_update(of=("self",)).select_related("drive__org")
    delivery = kept.get(pk=delivery.pk)
    actors.require(by, Act.RUN_DRIVE, at=delivery.drive.org)
    if delivery.received_on:
        raise Refused("wrong_state", "这批物品已经签收，没有改动。")
    delivery.received_on = local_day(at)
    delivery.save(update_fields=["received_on"])
    audit.record(by=by, verb="resources.receive_delivery", subject=delivery, at=at)
    return delivery


def _locked_drive(drive: Drive) -> Drive:
    kept = Drive.objects.select_for_update(of=("self",)).select_related("org")
    return kept.get(pk=drive.pk)


def _locked_donation(donation: Donation, *, by: Actor) -> Donation:
    kept = Donation.objects.select_for_update(of=("self",)).select_related("org")
    donation = kept.get(pk=donation.pk)
    actors.require(by, Act.TAKE_DONATION, at=donation.org)
    return donation


def _locked_room(room: Room, *, by: Actor) -> Room:
    kept = Room.objects.select_for_update(of=("self",)).select_related("org").get(pk=room.pk)
    actors.require(by, Act.RUN_DRIVE, at=kept.org)
    return kept


def _decide(donation: Donation, *, to: Donation.State, at: datetime, by: Actor) -> None:
    donation.state, donation.decided_on = to, local_day(at)
    donation.decided_by = by.name or str(by)
    donation.save(update_fields=["state", "decided_on", "decided_by", "accepted", "reason"])
