"""People are counted in one tap, and what was wrong is put right by a row of its own."""

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import queries, services
from qinghe.systems.venues.models import Count
from tests.cast import NOW

from .makers import MONDAY, at, book, lay, make_venue, member

pytestmark = pytest.mark.django_db


def count(venue, by, *, people=3, nonce="tap-1", kind="visit", when=NOW):
    new = services.NewCount(venue, kind, people, nonce)
    return services.record_count(new=new, at=when, by=by)


def refusal(do):
    with pytest.raises(Refused) as refused:
        do()
    return refused.value.code


def test_a_second_tap_on_the_same_button_counts_nothing_more(cast, venue):
    first = count(venue, cast.chen)
    second = count(venue, cast.chen)
    count(venue, cast.chen, nonce="tap-2")

    assert first == second
    assert [one.people for one in Count.objects.all()] == [3, 3]


def test_who_is_on_duty_counts_and_who_is_not_does_not(cast, venue):
    ming = member("M1", "晓明", cast.hongmian)
    shift = lay(cast, venue)
    services.take_shift(shift=shift, at=NOW, by=ming)

    assert refusal(lambda: count(venue, ming, when=at(MONDAY, 9))) == "not_allowed"
    services.sign_on(shift=shift, at=at(MONDAY, 9), by=ming)
    assert count(venue, ming, when=at(MONDAY, 9)).people == 3


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"people": 0}, "nobody"),
        ({"people": 2001}, "too_many_people"),
        ({"nonce": ""}, "nonce_missing"),
    ],
)
def test_what_is_not_counted(cast, venue, given, code):
    assert refusal(lambda: count(venue, cast.chen, **given)) == code


def test_a_place_that_is_not_open_serves_nobody(cast):
    assert refusal(lambda: count(make_venue(cast), cast.chen)) == "wrong_state"


def test_a_correction_takes_away_no_more_than_there_is(cast, venue):
    made = count(venue, cast.chen, people=30)

    services.correct_count(count=made, takes=27, reason="多按一个0", at=NOW, by=cast.chen)
    too_many = refusal(
        lambda: services.correct_count(count=made, takes=4, reason="又错", at=NOW, by=cast.chen)
    )
    services.correct_count(count=made, takes=1, reason="数错", at=NOW, by=cast.chen)

    assert too_many == "nothing_left"
    assert sorted(one.people for one in Count.objects.all()) == [-27, -1, 30]


def test_a_correction_is_not_corrected(cast, venue):
    made = count(venue, cast.chen)
    wrong = services.correct_count(count=made, takes=1, reason="数错", at=NOW, by=cast.chen)

    code = refusal(
        lambda: services.correct_count(count=wrong, takes=1, reason="x", at=NOW, by=cast.chen)
    )

    assert code == "wrong_state"


def test_months_tell_what_a_place_did(cast, venue, room):
    count(venue, cast.chen, people=30)
    count(venue, cast.chen, people=4, nonce="tap-2", kind="advice")
    made = book(room, cast.he)
    services.mark_used(booking=made, at=at(MONDAY, 10), by=cast.chen)

    months = queries.months_of(cast.chen, venue)

    assert [(one.month, one.visits, one.services, one.used) for one in months] == [
        ("2022-07", 30, 4, 1)
    ]
    assert queries.months_of(cast.zhou, venue)[0].visits == 0


def test_words_are_read_by_the_place_before_others_read_them(cast, venue):
    rating = services.rate(venue=venue, stars=4, words="很好", at=NOW, by="访客")

    waiting = list(queries.ratings_waiting_for(cast.chen))
    before = list(queries.shown_words(cast.zhou, venue))
    services.show_rating(rating=rating, at=NOW, by=cast.chen)
    shown = list(queries.shown_words(cast.zhou, venue))
    services.hide_rating(rating=rating, reason="含电话", at=NOW, by=cast.chen)

    assert (waiting, before, shown) == ([rating], [], [rating])
    assert list(queries.shown_words(cast.zhou, venue)) == []


def test_six_stars_are_none(venue):
    assert (
        refusal(lambda: services.rate(venue=venue, stars=6, words="", at=NOW, by="访客"))
        == "no_stars"
    )
