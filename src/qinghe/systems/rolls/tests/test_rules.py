"""Ages, numbers and the ways out, as values."""

from datetime import date

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls import rules


@pytest.mark.parametrize(
    ("born", "years", "grown"),
    [
        (date(1994, 7, 3), 28, date(2022, 7, 3)),
        (date(1996, 2, 29), 28, date(2024, 2, 29)),
        (date(2004, 2, 29), 18, date(2022, 3, 1)),  # I-07
    ],
)
def test_one_grows_on_ones_birthday(born, years, grown):
    assert rules.birthday(birth_date=born, years=years) == grown


@pytest.mark.parametrize("day", [date(2022, 2, 28), date(2022, 3, 1), date(2024, 2, 29)])
@pytest.mark.parametrize("born", [date(2004, 2, 28), date(2004, 2, 29), date(2006, 3, 1)])
def test_the_latest_birth_agrees_with_the_birthday(day, born):
    grown = rules.birthday(birth_date=born, years=18) <= day

    assert (born <= rules.born_by(day=day, years=18)) == grown


@pytest.mark.parametrize(
    ("born", "code"), [(None, "birth_unknown"), (date(1994, 7, 4), "not_of_age")]
)
def test_nobody_leaves_before_28(born, code):
    with pytest.raises(Refused) as refusal:
        rules.check_of_age(birth_date=born, on=date(2022, 7, 3))

    assert refusal.value.code == code


def test_one_leaves_on_the_28th_birthday():
    rules.check_of_age(birth_date=date(1994, 7, 3), on=date(2022, 7, 3))


@pytest.mark.parametrize(
    ("joined_on", "number", "lacks"),
    [
        (date(2016, 12, 31), "", False),  # T-22
        (date(2017, 1, 1), "", True),
        (date(2020, 1, 1), "202044000001", False),
    ],
)
def test_numbers_are_asked_for_since_2017(joined_on, number, lacks):
    assert rules.lacks_number(joined_on=joined_on, number=number) is lacks


@pytest.mark.parametrize(
    ("since", "resolved_on", "code"),
    [
        (date(2022, 1, 3), date(2022, 7, 3), None),
        (date(2022, 1, 4), date(2022, 7, 3), "too_early"),
        (date(2021, 8, 31), date(2022, 2, 28), "too_early"),
        (date(2021, 8, 31), date(2022, 3, 1), None),
        (None, date(2022, 7, 3), "ground_needed"),
    ],
)
def test_six_months_are_six_months(since, resolved_on, code):
    found = None
    try:
        rules.check_dropped(ground="fees", since=since, resolved_on=resolved_on)
    except Refused as refusal:
        found = refusal.code

    assert found == code
