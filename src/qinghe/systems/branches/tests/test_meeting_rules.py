"""T-40 as tables: what counts, for which period, and what is due."""

from datetime import date

import pytest

from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.systems.branches import rules
from qinghe.systems.branches.rules import Asked

LONG_AGO, TODAY = date(2010, 1, 1), date(2022, 7, 3)


def code_of(check, **values):
    with pytest.raises(Refused) as refused:
        check(**values)
    return refused.value.code


@pytest.mark.parametrize(
    ("kind", "entitled", "present", "counts"),
    [
        ("general", 10, 6, True),
        ("general", 10, 5, False),  # half is not more than half
        ("general", 11, 6, True),
        ("general", 1, 1, True),
        ("general", 3, 1, False),
        ("committee", 5, 1, True),
        ("lesson", 10, 2, True),
    ],
)
def test_a_general_meeting_needs_more_than_half(kind, entitled, present, counts):
    assert rules.is_quorate(kind=kind, entitled=entitled, present=present) is counts


@pytest.mark.parametrize(
    ("entitled", "present", "code"),
    [(0, 1, "entitled_needed"), (5, 0, "nobody_came"), (5, 6, "too_many")],
)
def test_numbers_that_cannot_be(entitled, present, code):
    assert code_of(rules.check_people, entitled=entitled, present=present) == code


@pytest.mark.parametrize(
    ("day", "closed_on", "code"),
    [
        (date(2022, 7, 4), None, "in_future"),
        (date(2009, 12, 31), None, "not_there"),
        (date(2022, 5, 1), date(2022, 5, 1), "not_there"),
    ],
)
def test_days_on_which_no_meeting_was(day, closed_on, code):
    told = {"day": day, "today": TODAY, "opened_on": LONG_AGO, "closed_on": closed_on}
    assert code_of(rules.check_day, **told) == code


@pytest.mark.parametrize(
    ("kind", "quarters", "speaker", "code"),
    [
        ("lesson", None, "林老师", "lesson_incomplete"),
        ("lesson", 4, " ", "lesson_incomplete"),
        ("general", 4, "", "no_lesson"),
        ("theme", None, "林老师", "no_lesson"),
    ],
)
def test_only_a_lesson_has_hours_and_a_speaker(kind, quarters, speaker, code):
    told = {"kind": kind, "quarters": quarters, "speaker": speaker}
    assert code_of(rules.check_lesson, **told) == code


@pytest.mark.parametrize(
    ("every", "day", "name", "covers"),
    [
        ("quarter", date(2022, 3, 31), "2022Q1", date(2022, 6, 30)),
        ("quarter", date(2022, 4, 1), "2022Q2", date(2022, 9, 30)),
        ("month", date(2022, 12, 5), "2022M12", date(2023, 1, 31)),
        ("year", date(2022, 6, 1), "2022", date(2023, 12, 31)),
    ],
)
def test_for_which_period_a_meeting_counts_and_until_when(every, day, name, covers):
    period = rules.period_of(every=every, day=day)

    assert period.name == name
    assert rules.covers_until(asked=Asked("general", every), day=day) == covers


def test_what_is_held_by_need_counts_for_no_period():
    assert rules.period_of(every="need", day=TODAY) is None
    assert rules.covers_until(asked=Asked("theme", "need"), day=TODAY) is None
    assert rules.covers_until(asked=Asked("lesson", "year", 4), day=TODAY) is None


def slots(asked, *, held=None, within, opened_on=LONG_AGO, today=TODAY):
    strip = rules.strip(asked, held=held or {}, within=within, opened_on=opened_on, today=today)
    return [(one.period.name, one.slot.value) for one in strip]


QUARTERLY, LESSONS = Asked("general", "quarter"), Asked("lesson", "year", 4)


@pytest.mark.parametrize(
    ("asked", "told", "expected"),
    [
        (
            QUARTERLY,
            {"within": periods.year(2022), "held": {"2022Q1": 1}},
            [("2022Q1", "held"), ("2022Q2", "missed"), ("2022Q3", "due")],
        ),
        (QUARTERLY, {"within": periods.half_year(2022, 1)}, [("2022Q1", "missed"), ("2022Q2", "missed")]),
        # a branch that was opened in February is asked from the second quarter on
        (
            QUARTERLY,
            {"within": periods.half_year(2022, 1), "opened_on": date(2022, 2, 1)},
            [("2022Q2", "missed")],
        ),
        (LESSONS, {"within": periods.year(2022), "held": {"2022": 3}}, [("2022", "due")]),
        (LESSONS, {"within": periods.year(2021), "held": {"2021": 3}}, [("2021", "missed")]),
        (LESSONS, {"within": periods.year(2021), "held": {"2021": 4}}, [("2021", "held")]),
        # a year does not end within its first half
        (LESSONS, {"within": periods.half_year(2022, 1)}, []),
    ],
)  # fmt: skip
def test_the_strip_of_periods(asked, told, expected):
    assert slots(asked, **told) == expected


@pytest.mark.parametrize(("members", "kinds"), [(6, ["general"]), (7, ["general", "committee"])])
def test_a_small_branch_has_no_committee(members, kinds):
    duties = [QUARTERLY, Asked("committee", "month"), Asked("group", "need")]

    found = rules.asked_of(duties, members=members, committee_from=7)

    assert [one.kind for one in found] == kinds


@pytest.mark.parametrize(
    ("starts_on", "code"), [(TODAY, "wrong_order"), (date(2022, 10, 1), "not_new_year")]
)
def test_terms_begin_with_a_coming_year(starts_on, code):
    assert code_of(rules.check_terms_day, starts_on=starts_on, today=TODAY) == code
