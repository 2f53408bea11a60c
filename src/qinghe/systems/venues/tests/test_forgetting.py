"""What a place forgets of people after a year (S-08)."""

from datetime import timedelta

import pytest

from qinghe.systems.venues.models import FORGOTTEN, Booking, Shift, Swap
from qinghe.systems.venues.services import RETENTION, take_shift

from .makers import at, book, lay, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def ming(cast):
    return member("M1", "晓明", cast.hongmian)


def forget(label, until, now):
    line = next(line for line in RETENTION if line.label == label)
    return line.run(until, now)


def a_year_after(day, *, late=1):
    """Return the moment up to which records are too old, for a run `late` days after its year."""
    return at(day, 8) + timedelta(days=late)


def test_a_used_booking_stays_as_a_room_on_a_day_and_tells_nobody(room, ming):
    made = book(room, ming)
    Booking.objects.filter(pk=made.pk).update(state="used")

    early = forget("场地预约", a_year_after(made.day, late=0), at(made.day, 8))
    late = forget("场地预约", a_year_after(made.day), at(made.day, 8))
    again = forget("场地预约", a_year_after(made.day), at(made.day, 8))

    kept = Booking.objects.get()
    assert (early, late, again) == (0, 1, 0)
    assert (kept.room_id, kept.day, kept.state) == (room.pk, made.day, "used")
    assert (kept.person, kept.purpose, kept.reason) == (None, FORGOTTEN, "")


def test_a_booking_that_came_to_nothing_goes_whole(room, ming):
    made = book(room, ming)

    assert forget("场地预约", a_year_after(made.day), at(made.day, 8)) == 1
    assert not Booking.objects.exists()


def test_a_shift_goes_with_who_stood_in(cast, venue, ming):
    shift = lay(cast, venue)
    take_shift(shift=shift, at=at(shift.day, 1), by=ming)
    fang = member("M2", "方青", cast.hongmian)
    other = Shift.objects.get(pk=shift.pk)
    Swap.objects.create(
        shift=other, asker_id=ming.person_id, other_id=fang.person_id, asked_at=at(shift.day, 1)
    )

    assert forget("阵地值班", a_year_after(shift.day, late=0), at(shift.day, 8)) == 0
    assert forget("阵地值班", a_year_after(shift.day), at(shift.day, 8)) >= 1
    assert not Shift.objects.filter(pk=shift.pk).exists()


def test_both_are_lines_of_the_retention_table():
    assert {line.label for line in RETENTION} == {"场地预约", "阵地值班"}
    assert all(line.days >= line.least for line in RETENTION)
