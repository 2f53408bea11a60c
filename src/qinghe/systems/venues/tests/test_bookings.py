"""Rooms are booked, and two bookings that stand never meet."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from qinghe.kernel.access.actors import Actor
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import queries, services
from qinghe.systems.venues.models import Booking
from tests.cast import NOW, make_cast

from .makers import (
    MONDAY,
    SUNDAY,
    Stretch,
    at,
    book,
    booking_of,
    following,
    lay,
    make_open,
    member,
)


@pytest.fixture
def ming(cast):
    return member("M1", "晓明", cast.hongmian)


def refusal(do):
    with pytest.raises(Refused) as refused:
        do()
    return refused.value.code


def test_a_young_person_books_for_themself_and_it_is_agreed_at_once(room, ming):
    made = book(room, ming)

    assert (made.state, made.person_id, made.for_org) == ("confirmed", ming.person_id, None)


def test_a_team_leader_books_for_their_organisation_and_no_other(cast, room):
    made = book(room, cast.he, org=cast.hongmian)

    assert made.for_org == cast.hongmian
    code = refusal(lambda: book(room, cast.he, opens=11, closes=12, org=cast.huale))
    assert code == "not_allowed"


def test_where_the_place_wants_it_a_keeper_agrees_or_says_why_not(cast, ming):
    venue = make_open(cast, auto_confirm=False)
    room = venue.rooms.get()
    first, second = book(room, ming), book(room, ming, opens=10, closes=11)

    waiting = list(queries.bookings_waiting_for(cast.chen))
    services.confirm(booking=first, at=NOW, by=cast.chen)
    services.refuse(booking=second, reason="另有安排", at=NOW, by=cast.chen)

    assert {one.pk for one in waiting} == {first.pk, second.pk}
    assert set(Booking.objects.values_list("state", "reason")) == {
        ("confirmed", ""),
        ("refused", "另有安排"),
    }


def test_no_keeper_agrees_to_their_own_booking(cast, ming):
    """Bar 17."""
    booking = book(make_open(cast, auto_confirm=False).rooms.get(), ming)
    keeper = Actor(ming.person_id, "晓明", cast.chen.holdings)

    code = refusal(lambda: services.confirm(booking=booking, at=NOW, by=keeper))

    assert code == "own_booking"
    assert services.confirm(booking=booking, at=NOW, by=cast.chen).state == "confirmed"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"people": 11}, "too_many_people"),
        ({"opens": 10, "closes": 10}, "time_unclear"),
        ({"opens": 11, "closes": 13}, "not_open_then"),
        ({"day": SUNDAY, "opens": 23, "closes": 24}, "not_open_then"),
        ({"day": SUNDAY}, "day_is_over"),
        ({"day": date(2022, 10, 2)}, "too_far"),
        ({"opens": 9, "closes": 11}, "room_taken"),
    ],
)
def test_what_cannot_be_booked(room, ming, given, code):
    book(room, ming, opens=10, closes=11)

    assert refusal(lambda: book(room, ming, **given)) == code
    assert Booking.objects.count() == 1


def test_next_to_each_other_is_not_over_each_other(room, ming):
    for opens in (10, 9, 11):
        book(room, ming, opens=opens, closes=opens + 1)

    assert Booking.objects.count() == 3


def test_a_booking_that_repeats_is_made_whole_or_not_at_all(cast, room, ming):
    fang = member("M2", "方青", cast.hongmian)
    book(room, fang, day=following(14))

    code = refusal(lambda: services.book(new=booking_of(room), weeks=3, at=NOW, by=ming))
    made = services.book(new=booking_of(room), weeks=2, at=NOW, by=ming)

    assert code == "room_taken"
    assert [one.day for one in made] == [MONDAY, following(7)]
    assert len({one.series for one in made}) == 1


def test_it_is_taken_back_until_the_deadline_and_the_room_is_free_again(cast, room, ming):
    made = book(room, ming)

    late = refusal(lambda: services.cancel(booking=made, at=at(MONDAY, 7, 1), by=ming))
    other = refusal(lambda: services.cancel(booking=made, at=NOW, by=cast.lin))
    services.cancel(booking=made, at=at(MONDAY, 7), by=ming)

    assert (late, other) == ("too_late", "not_yours")
    assert services.book(new=booking_of(room), at=at(MONDAY, 7), by=ming)


def test_who_came_is_said_after_it_began(cast, room, ming):
    first, second = book(room, ming), book(room, ming, opens=10, closes=11)

    early = refusal(lambda: services.mark_used(booking=first, at=at(MONDAY, 8), by=cast.chen))
    services.mark_used(booking=first, at=at(MONDAY, 9, 5), by=cast.chen)
    services.mark_no_show(booking=second, at=at(MONDAY, 11), by=cast.chen)

    assert early == "too_early"
    assert list(Booking.objects.order_by("pk").values_list("state", flat=True)) == [
        "used",
        "no_show",
    ]


def test_who_is_on_duty_receives_who_walks_in(cast, venue, room, ming):
    shift = lay(cast, venue)
    services.take_shift(shift=shift, at=NOW, by=ming)
    new = services.NewBooking(room, MONDAY, Stretch(540, 600), 3, "自习")

    before = refusal(lambda: services.walk_in(new=new, at=at(MONDAY, 9), by=ming))
    services.sign_on(shift=shift, at=at(MONDAY, 9), by=ming)
    made = services.walk_in(new=new, at=at(MONDAY, 9), by=ming)

    assert before == "not_allowed"
    assert (made.state, made.person_id, made.walk_in) == ("used", None, True)
    assert refusal(lambda: book(room, ming)) == "room_taken"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_many_who_book_one_time_at_once_one_gets_it():
    cast = make_cast()
    room = make_open(cast).rooms.get()
    askers = [member(f"M{number}", "青年", cast.hongmian) for number in range(6)]
    gate = Barrier(len(askers))

    def run(asker):
        try:
            gate.wait()
            book(room, asker, opens=9, closes=11)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(askers)) as threads:
        refused = sorted(threads.map(run, askers))

    assert refused == ["", *["room_taken"] * 5]
    assert Booking.objects.count() == 1
