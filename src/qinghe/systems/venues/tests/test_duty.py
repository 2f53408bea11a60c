"""Duty: taken, swapped, signed; it never becomes volunteer hours (V-34)."""

import pytest

from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import queries, services
from qinghe.systems.venues.models import OpenDay, Shift
from tests.cast import NOW

from .makers import AFTERNOON, MONDAY, MORNING, SUNDAY, at, following, lay, make_open, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def ming(cast):
    return member("M1", "晓明", cast.hongmian)


@pytest.fixture
def fang(cast):
    return member("M2", "方青", cast.hongmian)


@pytest.fixture
def shift(cast, venue):
    return lay(cast, venue)


def refusal(do):
    with pytest.raises(Refused) as refused:
        do()
    return refused.value.code


def person_of(actor):
    return Person.objects.get(pk=actor.person_id)


def test_shifts_are_laid_where_the_place_opens_and_not_twice(cast, venue):
    laying = services.Laying(SUNDAY, following(6))

    made = services.lay_shifts(venue=venue, laying=laying, at=NOW, by=cast.chen)
    again = services.lay_shifts(venue=venue, laying=laying, at=NOW, by=cast.chen)

    assert (made, again) == (10, 0)


def test_who_stands_below_takes_a_free_shift(cast, shift, ming):
    offered = list(queries.free_shifts(ming, today=SUNDAY))

    services.take_shift(shift=shift, at=NOW, by=ming)

    assert offered == [shift]
    assert list(queries.own_shifts(ming, today=SUNDAY)) == [shift]
    assert list(queries.free_shifts(ming, today=SUNDAY)) == []


def test_who_stands_elsewhere_is_not_offered_it(cast, shift):
    stranger = member("M9", "周山", cast.xiangjiaotang)

    assert list(queries.free_shifts(stranger, today=SUNDAY)) == []
    assert refusal(lambda: services.take_shift(shift=shift, at=NOW, by=stranger)) == "not_one_of_us"


def test_nobody_is_on_duty_twice_at_one_time(cast, venue, shift, ming):
    services.take_shift(shift=shift, at=NOW, by=ming)
    other = make_open(cast, code="HG-02", name="横岗U站", kind="u_station")
    second = lay(cast, other)

    code = refusal(lambda: services.take_shift(shift=second, at=NOW, by=ming))

    assert code == "busy_then"


def test_a_taken_shift_is_not_taken_again(cast, shift, ming, fang):
    services.take_shift(shift=shift, at=NOW, by=ming)

    code = refusal(lambda: services.take_shift(shift=shift, at=NOW, by=fang))

    assert code == "wrong_state"


def test_the_keeper_sets_and_frees(cast, shift, ming):
    services.set_shift(shift=shift, person=person_of(ming), at=NOW, by=cast.chen)
    freed = services.free_shift(shift=shift, reason="请假", at=NOW, by=cast.chen)

    assert (freed.state, freed.person) == ("free", None)


def test_a_swap_holds_when_the_other_agrees_and_the_keeper_sees_it(cast, shift, ming, fang):
    services.take_shift(shift=shift, at=NOW, by=ming)
    swap = services.ask_swap(shift=shift, other=person_of(fang), at=NOW, by=ming)
    before = Shift.objects.get().person_id

    services.accept_swap(swap=swap, at=NOW, by=fang)
    waiting = list(queries.swaps_waiting_for(cast.chen))
    services.note_swap(swap=swap, at=NOW, by=cast.chen)

    assert (before, Shift.objects.get().person_id) == (ming.person_id, fang.person_id)
    assert waiting == [swap]
    assert list(queries.swaps_waiting_for(cast.chen)) == []


def test_only_who_was_asked_answers(cast, shift, ming, fang):
    services.take_shift(shift=shift, at=NOW, by=ming)
    swap = services.ask_swap(shift=shift, other=person_of(fang), at=NOW, by=ming)

    assert refusal(lambda: services.accept_swap(swap=swap, at=NOW, by=ming)) == "not_yours"
    services.withdraw_swap(swap=swap, at=NOW, by=ming)
    assert refusal(lambda: services.accept_swap(swap=swap, at=NOW, by=fang)) == "wrong_state"


@pytest.mark.parametrize(
    ("day", "hour", "minute", "code"),
    [(SUNDAY, 9, 0, "too_early"), (MONDAY, 8, 29, "too_early"), (MONDAY, 12, 0, "shift_over")],
)
def test_signing_on_has_its_time(cast, shift, ming, day, hour, minute, code):
    services.take_shift(shift=shift, at=at(SUNDAY, 8), by=ming)

    assert refusal(lambda: services.sign_on(shift=shift, at=at(day, hour, minute), by=ming)) == code


def test_signing_on_and_off_twice_is_once(cast, shift, ming):
    services.take_shift(shift=shift, at=NOW, by=ming)
    for minute in (0, 5):
        services.sign_on(shift=shift, at=at(MONDAY, 9, minute), by=ming)
    for minute in (0, 5):
        services.sign_off(shift=shift, at=at(MONDAY, 11, minute), by=ming)

    shift.refresh_from_db()
    assert (shift.on_at, shift.off_at) == (at(MONDAY, 9), at(MONDAY, 11))


def test_gaps_of_two_weeks_wait_for_who_keeps_the_place(cast, venue, ming):
    for day in (MONDAY, following(1)):
        for stretch in (MORNING, AFTERNOON):
            shift = lay(cast, venue, day=day, stretch=stretch)
            services.set_shift(shift=shift, person=person_of(ming), at=NOW, by=cast.lin)

    gaps = queries.gaps_of(cast.chen, [venue], today=SUNDAY)

    assert len(gaps) == 2 * 10 - 4  # SUNDAY and the thirteen days after it hold ten weekdays
    assert str(gaps[0]) == "7月6日（周三）09:00–12:00"
    assert list(queries.short_of_duty(cast.chen, today=SUNDAY)) == [venue.pk]
    assert queries.short_of_duty(cast.zhou, today=SUNDAY) == {}


def test_a_day_that_is_over_is_logged_once_with_the_minutes_that_were_covered(
    cast, venue, shift, ming
):
    services.take_shift(shift=shift, at=NOW, by=ming)
    services.sign_on(shift=shift, at=at(MONDAY, 9, 10), by=ming)
    services.sign_off(shift=shift, at=at(MONDAY, 11), by=ming)

    made = services.log_days(at=at(following(2), 2))
    again = services.log_days(at=at(following(2), 3))

    assert (made, again) == (2, 0)
    assert list(OpenDay.objects.order_by("day").values_list("day", "minutes", "covered")) == [
        (MONDAY, 420, 110),
        (following(1), 420, 0),
    ]


def test_a_day_on_which_a_place_was_shut_is_no_open_day(cast, venue):
    services.suspend_venue(
        venue=venue, reason="装修", planned_until=None, at=at(following(1), 9), by=cast.lin
    )

    services.log_days(at=at(following(5), 2))

    assert [one.day for one in OpenDay.objects.all()] == [MONDAY]
