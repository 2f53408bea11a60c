"""What places leave at every organisation.

Open places are open to everybody: what they say carries no mark, as an organisation's name.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.venues.models import (
    Booking,
    Count,
    Kind,
    Rating,
    Room,
    Shift,
    SpecialDay,
    Swap,
    Venue,
)

DAY, LAST = date(2022, 3, 1), date(2099, 12, 31)
STARTS, ENDS = datetime(2022, 3, 1, 1, 0, tzinfo=UTC), datetime(2022, 3, 1, 3, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    minor: Person


def _venue(at: Stands) -> Venue:
    return Venue.objects.get_or_create(
        code=f"V{at.org.code}",
        defaults={
            "name": "志愿者之家", "kind": Kind.objects.get(slug="volunteer_home"), "org": at.org,
            "address": "红棉路1号", "capacity": 50, "functions": "培训", "contact": at.mark,
            "entered_on": DAY, "opened_on": DAY, "state": "open",
        },
    )[0]  # fmt: skip


def _room(at: Stands) -> Room:
    return Room.objects.get_or_create(venue=_venue(at), name="会议室", defaults={"capacity": 9})[0]


def _shift(at: Stands) -> Shift:
    return Shift.objects.get_or_create(
        venue=_venue(at), person=at.person, day=LAST,
        defaults={"starts": 540, "ends": 720, "state": "taken"},
    )[0]  # fmt: skip


def _swap(at: Stands) -> Swap:
    return Swap.objects.get_or_create(
        shift=_shift(at), asker=at.person, other=at.minor,
        defaults={
            "words": at.mark, "asked_at": STARTS, "answered_at": ENDS, "state": "accepted",
        },
    )[0]  # fmt: skip


def _booking(at: Stands) -> Booking:
    return Booking.objects.get_or_create(
        room=_room(at), person=at.person, purpose=f"会议{at.mark}",
        defaults={
            "people": 3, "starts_at": STARTS, "ends_at": ENDS, "day": DAY, "asked_at": STARTS,
            "state": "confirmed",
        },
    )[0]  # fmt: skip


def _count(at: Stands) -> Count:
    return Count.objects.get_or_create(
        venue=_venue(at),
        nonce=at.mark,
        defaults={"kind": "visit", "people": 3, "day": DAY, "at": ENDS},
    )[0]


def _rating(at: Stands) -> Rating:
    return Rating.objects.get_or_create(
        venue=_venue(at), words=at.mark, defaults={"stars": 4, "at": ENDS}
    )[0]


def _special_day(at: Stands) -> SpecialDay:
    return SpecialDay.objects.get_or_create(
        venue=_venue(at), day=LAST, defaults={"reason": at.mark}
    )[0]


MAKERS: dict[str, Callable[[Stands], object]] = {
    "venue_id": lambda at: _venue(at).pk,
    "venue_code": lambda at: _venue(at).code,
    "venue_room_id": lambda at: _room(at).pk,
    "shift_id": lambda at: _shift(at).pk,
    "swap_id": lambda at: _swap(at).pk,
    "booking_id": lambda at: _booking(at).pk,
    "count_id": lambda at: _count(at).pk,
    "rating_id": lambda at: _rating(at).pk,
    "special_day_id": lambda at: _special_day(at).pk,
}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:count": lambda at: {"kind": "visit", "people": 1, "nonce": f"n{at.org.code}"},
}
