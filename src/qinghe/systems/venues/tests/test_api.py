"""Places by a program: a phone app books and takes a shift, a kiosk counts, a desk keeps."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qinghe.systems.venues.models import Booking, Shift
from tests.desk import sign_in

from .makers import member
from .test_pages import open_today, take_first_shift

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/venues"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def venue(cast, today):
    return open_today(cast, today)


@pytest.fixture
def ming(cast):
    return member("M1", "晓明", cast.hongmian)


def post(client, path, body=None):
    return client.post(f"{ROOT}{path}", body or {}, content_type="application/json")


def test_a_room_is_found_booked_once_and_given_back(client, venue, ming, today):
    sign_in(client, ming)
    (place,) = client.get(f"{ROOT}/places").json()
    (room,) = place["rooms"]
    wanted = {
        "day": str(today + timedelta(days=1)), "starts": "09:00", "ends": "10:00", "people": 3,
        "purpose": "读书会",
    }  # fmt: skip

    (booked,) = post(client, f"/rooms/{room['id']}/bookings", wanted).json()
    again = post(client, f"/rooms/{room['id']}/bookings", wanted)
    week = client.get(f"{ROOT}/rooms/{room['id']}/week?day={wanted['day']}").json()
    given_back = post(client, f"/bookings/{booked['id']}/cancel").json()

    assert "contact" not in place
    assert (booked["state"], again.json()["type"]) == ("confirmed", "/problems/room_taken")
    assert sum(len(one["taken"]) for one in week) == 1
    assert given_back["state"] == "cancelled"


def test_another_s_booking_is_not_there(client, cast, venue, ming, today):
    sign_in(client, ming)
    room = venue.rooms.get()
    wanted = {"day": str(today), "starts": "22:00", "ends": "23:59", "people": 1, "purpose": "x"}
    body = post(client, f"/rooms/{room.pk}/bookings", wanted).json()
    made = Booking.objects.first()

    sign_in(client, member("M2", "小华", cast.hongmian))

    assert body
    assert made is None or post(client, f"/bookings/{made.pk}/cancel").status_code == 404


def test_duty_is_laid_taken_and_signed(client, cast, venue, ming, today):
    sign_in(client, cast.lin)
    laid = post(client, f"/venues/{venue.pk}/shifts", {"first": str(today), "last": str(today)})
    sign_in(client, ming)
    (free,) = client.get(f"{ROOT}/shifts/free").json()["items"]

    taken = post(client, f"/shifts/{free['id']}/take").json()
    on = post(client, f"/shifts/{free['id']}/on").json()
    off = post(client, f"/shifts/{free['id']}/off").json()

    assert (laid.json(), free["starts"]) == ({"laid": 1}, "00:00")
    assert (taken["state"], on["state"], off["state"]) == ("taken", "on", "done")


def test_a_shift_is_swapped_by_who_was_asked(client, cast, venue, ming, today):
    shift = take_first_shift(cast, venue, ming, today)
    hua = member("M2", "小华", cast.hongmian)
    sign_in(client, ming)
    asked = post(client, f"/shifts/{shift.pk}/swaps", {"person": "M2"}).json()
    own = post(client, f"/swaps/{asked['id']}/accept")

    sign_in(client, hua)
    (waiting,) = client.get(f"{ROOT}/swaps").json()["items"]
    accepted = post(client, f"/swaps/{waiting['id']}/accept").json()

    assert (own.status_code, accepted["state"]) == (404, "accepted")
    assert Shift.objects.get(pk=shift.pk).person_id == hua.person_id


def test_a_place_is_entered_and_opened_with_its_hours(client, cast):
    sign_in(client, cast.lin)
    told = {
        "code": "HG-99", "org": cast.henggang.code, "name": "北门驿站", "kind": "u_station",
        "address": "北门", "capacity": 20, "functions": "咨询",
    }  # fmt: skip
    made = post(client, "/venues", told)
    path = f"/venues/{made.json()['id']}"
    early = post(client, f"{path}/open")
    start = str(timezone.localdate())
    hours = {"valid_from": start, "days": {"1": "09:00-12:00、14:00-18:00", "2": "09:00-12:00"}}
    set_ = post(client, f"{path}/hours", hours).json()
    post(client, f"{path}/rooms", {"name": "会议室", "capacity": 8})

    opened = post(client, f"{path}/open").json()
    count = post(client, f"{path}/counts", {"kind": "visit", "people": 4, "nonce": "k1"}).json()
    fewer = post(client, f"/counts/{count['id']}/correct", {"takes": 1, "reason": "重复"}).json()

    assert (early.status_code, opened["state"]) == (409, "open")
    assert "09:00" in set_["in_words"]
    assert fewer["people"] == -1
