"""What the pool and the drives leave at every organisation.

Resources and drives are open to all below: what they say carries no mark, as an organisation's name.
"""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.systems.resources.models import (
    Allocation,
    Delivery,
    Donation,
    Drive,
    Need,
    Provider,
    Resource,
    Room,
)

DAY, LAST = date(2022, 3, 1), date(2099, 12, 31)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str


def _provider(at: Stands) -> Provider:
    return Provider.objects.get_or_create(
        org=at.org, name=f"爱心{at.mark}", defaults={"about": at.mark, "joined_on": DAY}
    )[0]


def _resource(at: Stands) -> Resource:
    return Resource.objects.get_or_create(
        org=at.org, title="桌椅",
        defaults={
            "kind": "things", "open_to": at.org, "quantity": 9, "unit": "套", "offered_on": DAY,
        },
    )[0]  # fmt: skip


def _need(at: Stands) -> Need:
    return Need.objects.get_or_create(
        org=at.org, title=f"需求{at.mark}",
        defaults={
            "kind": "things", "quantity": 2, "unit": "套", "about": at.mark, "raised_on": DAY,
            "needed_by": LAST,
        },
    )[0]  # fmt: skip


def _allocation(at: Stands) -> Allocation:
    return Allocation.objects.get_or_create(
        resource=_resource(at), need=_need(at),
        defaults={
            "quantity": 1, "asked_on": DAY, "asked_by": at.person, "words": at.mark,
        },
    )[0]  # fmt: skip


def _drive(at: Stands) -> Drive:
    return Drive.objects.get_or_create(
        org=at.org, title="募集图书",
        defaults={
            "item": "图书", "unit": "册", "opens_on": DAY, "closes_on": LAST, "stock": 9,
        },
    )[0]  # fmt: skip


def _donation(at: Stands) -> Donation:
    return Donation.objects.get_or_create(
        drive=_drive(at), org=at.org, donor=at.mark, defaults={"quantity": 3, "brought_on": DAY}
    )[0]


def _room(at: Stands) -> Room:
    return Room.objects.get_or_create(
        org=at.org, name=f"图书室{at.mark}", defaults={"place": at.mark, "planned_on": DAY}
    )[0]


def _delivery(at: Stands) -> Delivery:
    return Delivery.objects.get_or_create(
        drive=_drive(at), room=_room(at), defaults={"quantity": 2, "sent_on": DAY}
    )[0]


MAKERS: dict[str, Callable[[Stands], object]] = {
    "provider_id": lambda at: _provider(at).pk,
    "resource_id": lambda at: _resource(at).pk,
    "need_id": lambda at: _need(at).pk,
    "allocation_id": lambda at: _allocation(at).pk,
    "drive_id": lambda at: _drive(at).pk,
    "donation_id": lambda at: _donation(at).pk,
    "room_id": lambda at: _room(at).pk,
    "delivery_id": lambda at: _delivery(at).pk,
}
