"""What clashes in a calendar, and what may be shared out: values in, verdicts out."""

from datetime import date, timedelta

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.projects import rules
from qinghe.systems.projects.rules import Slot, Why

from .makers import on


def slot(key, *, starts=9, ends=11, org=1, place="青少年宫", people=(), day=12, **told):
    times = on(day, starts), on(day, ends)
    return Slot(key, org, date(2022, 7, day), *times, place, frozenset(people), **told)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (slot(2, starts=10, ends=12, org=2), Why.PLACE),
        (slot(2, starts=10, ends=12, org=2, place=" 青少年 宫"), Why.PLACE),
        (slot(2, starts=10, ends=12, org=2, place="广场", people=[7]), Why.PERSON),
        (slot(2, starts=11, ends=12, org=2, people=[7]), None),  # one begins as the other ends
        (slot(2, starts=14, ends=15, place="广场"), Why.SAME_DAY),
        (slot(2, starts=10, ends=12, org=2, place="广场", people=[8]), None),
        (slot(2, day=13, people=[7]), None),
    ],
)
def test_a_person_or_a_place_is_not_in_two_appointments_at_once(other, why):
    one = slot(1, people=[7])

    found = rules.clashes(one, [one, other])

    assert [clash.why for clash in found] == ([why] if why else [])


def test_clashes_are_told_on_both_sides():
    found = rules.clashing([slot(1), slot(2, org=2), slot(3, day=13)])

    assert {key: [clash.other for clash in every] for key, every in found.items()} == {
        1: [2],
        2: [1],
    }


@pytest.mark.parametrize(
    ("first", "second", "told"), [(False, True, True), (True, False, False), (False, False, False)]
)
def test_a_clash_is_settled_by_the_later_of_the_two(first, second, told):
    found = rules.clashing([slot(1, is_settled=first), slot(2, org=2, is_settled=second)])

    assert [clash.is_settled for every in found.values() for clash in every] == [told] * 2


def test_a_clash_is_planned_over_only_with_how_it_was_settled():
    hard = rules.clashes(slot(1), [slot(2, org=2)])
    light = rules.clashes(slot(1), [slot(2, starts=14, ends=15, place="广场")])

    rules.check_settled(found=light, settled="")
    rules.check_settled(found=hard, settled="两场合办")
    with pytest.raises(Refused, match="场地冲突"):
        rules.check_settled(found=hard, settled=" ")


@pytest.mark.parametrize(
    ("given", "others", "below", "code"),
    [(6, [4], 0, ""), (7, [4], 0, "too_much"), (2, [4], 3, "given_on"), (0, [10], 0, "")],
)
def test_no_more_is_given_than_there_is_and_no_less_than_was_given_on(given, others, below, code):
    told = {"given": given, "whole": 10, "others": others, "below": below, "unit": "间"}

    if not code:
        rules.check_shares(**told)
        return
    with pytest.raises(Refused) as refused:
        rules.check_shares(**told)
    assert refused.value.code == code


def test_an_appointment_ends_on_its_day_after_it_begins():
    for ends, is_same_day in ((on(12), True), (on(12) + timedelta(days=1), False)):
        with pytest.raises(Refused) as refused:
            rules.check_times(starts_at=on(12), ends_at=ends, is_same_day=is_same_day)
        assert refused.value.code == "wrong_order"
