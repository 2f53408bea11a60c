"""The rules as tables."""

from datetime import date

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import rules
from qinghe.systems.appraisals.models import Roll
from qinghe.systems.appraisals.rules import Votes


@pytest.mark.parametrize(
    ("took_part", "percent", "most"),
    [(10, 30, 3), (9, 30, 2), (3, 30, 0), (4, 30, 1), (100, 10, 10), (19, 10, 1), (0, 30, 0)],
)
def test_top_grades_are_a_share_rounded_down(took_part, percent, most):  # T-42
    assert rules.most_top(took_part=took_part, percent=percent) == most
    rules.check_cap(top=most, took_part=took_part, percent=percent)
    with pytest.raises(Refused, match="优秀") as refused:
        rules.check_cap(top=most + 1, took_part=took_part, percent=percent)
    assert refused.value.code == "over_the_cap"


@pytest.mark.parametrize(
    ("entitled", "present", "code"),
    [
        (9, 7, ""),
        (9, 6, "no_quorum"),  # two thirds are not more than two thirds
        (10, 7, ""),
        (10, 6, "no_quorum"),
        (1, 1, ""),
        (3, 4, "too_many_present"),
    ],
)
def test_more_than_two_thirds_come(entitled, present, code):  # T-41
    assert _code(rules.check_quorum, entitled=entitled, present=present, part=2, whole=3) == code


@pytest.mark.parametrize(
    ("votes", "code"),
    [(Votes(5, 3, 0, 0), ""), (Votes(), ""), (Votes(5, 3, 1, 0), "too_many_votes")],
)
def test_no_more_votes_than_present(votes, code):
    assert _code(rules.check_votes, votes, present=8, who="高小一") == code


@pytest.mark.parametrize(
    ("votes", "own", "grade"),
    [
        (Votes(8, 0, 0, 0), "top", "good"),  # who is 优秀 the committee decides
        (Votes(1, 2, 5, 0), "good", "basic"),
        (Votes(0, 0, 1, 7), "good", "failed"),
        (Votes(), "top", "good"),
        (Votes(), "basic", "basic"),
        (Votes(), "", "good"),
    ],
)
def test_what_votes_suggest(votes, own, grade):
    assert rules.suggested(votes, own=own) == grade


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2022, 2, 25), 3, date(2022, 5, 25)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2022, 12, 1), 6, date(2023, 6, 1)),
        (date(2022, 3, 31), -12, date(2021, 3, 31)),
    ],
)
def test_months_later(day, months, then):
    assert rules.months_after(day, months=months) == then


@pytest.mark.parametrize(
    ("months", "code"), [(2, "bad_months"), (3, ""), (6, ""), (7, "bad_months")]
)
def test_deferral_is_three_to_six_months(months, code):  # T-43
    assert _code(rules.check_defer_months, months, least=3, most=6) == code


@pytest.mark.parametrize(
    ("grade", "code"),
    [
        ("top", ""),
        ("good", ""),
        ("basic", ""),
        ("failed", "cannot_register"),
        ("", "cannot_register"),
    ],
)
def test_who_may_be_deferred_may_be_registered(grade, code):  # T-43
    assert _code(rules.check_deferral, grade=grade, who="高小一") == code


def test_every_state_has_its_moves_and_words():
    assert set(rules.ROLL_MOVES) == set(Roll.State.values)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("study", "rating", ""),
        ("study", "grading", "wrong_step"),
        ("proposed", "grading", ""),
        ("approved", "grading", "wrong_step"),
        ("registered", "approved", "wrong_step"),
    ],
)
def test_one_step_follows_another(before, after, code):
    assert _code(rules.check_move, before, after=after) == code


@pytest.mark.parametrize(
    ("year", "reference", "opens", "closes", "code"),
    [
        (2021, date(2021, 12, 31), date(2021, 12, 1), date(2022, 3, 31), ""),
        (2021, date(2022, 1, 1), date(2021, 12, 1), date(2022, 3, 31), "wrong_year"),
        (2021, date(2021, 12, 31), date(2022, 4, 1), date(2022, 3, 31), "wrong_order"),
        (2021, date(2021, 12, 31), date(2021, 10, 1), date(2021, 11, 30), "wrong_order"),
    ],
)
def test_days_of_a_campaign(year, reference, opens, closes, code):
    days = {"reference_on": reference, "opens_on": opens, "closes_on": closes}
    assert _code(rules.check_campaign_days, year=year, **days) == code


def _code(check, *values, **named):
    try:
        check(*values, **named)
    except Refused as refused:
        return refused.code
    return ""
