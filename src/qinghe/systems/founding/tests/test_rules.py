"""Rules of founding: who may have what, how a target is shared, where one should be."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings

from qinghe.lib.verdicts import Refused
from qinghe.systems.founding import rules
from qinghe.systems.founding.rules import Light, Pace, Planned

anywhere = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ENOUGH = [  # T-02, T-04: kind, members, other units, why not
    ("branch", 3, 0, ""),
    ("branch", 2, 0, "too_few_members"),
    ("general_branch", 30, 0, ""),
    ("general_branch", 29, 0, "too_few_members"),
    ("league_committee", 100, 0, ""),
    ("league_committee", 99, 0, "too_few_members"),
    ("joint_branch", 3, 1, ""),
    ("joint_branch", 2, 1, "too_few_members"),
    ("joint_branch", 9, 0, "others_needed"),
    ("branch", 9, 1, "not_joint"),
]


@pytest.mark.parametrize(("kind", "members", "others", "why"), ENOUGH)
def test_how_many_members_a_kind_needs(kind, members, others, why):
    planned = Planned(kind, members, others)

    if why:
        with pytest.raises(Refused) as refused:
            rules.check_kind(planned)
        assert refused.value.code == why
    else:
        rules.check_kind(planned)


def test_a_branch_of_more_than_fifty_is_advised_about_and_not_refused():  # T-04
    rules.check_kind(Planned("branch", 51, 0))

    assert "50" in rules.advise(Planned("branch", 51, 0))
    assert not rules.advise(Planned("branch", 50, 0))
    assert not rules.advise(Planned("general_branch", 51, 0))


@pytest.mark.parametrize(
    ("industry", "kind", "is_internet", "fits"),
    [
        ("nonpublic", "nonpublic_enterprise", False, True),
        ("nonpublic", "nonpublic_enterprise", True, True),
        ("nonpublic", "social_organization", False, False),
        ("social", "social_organization", False, True),
        ("social", "nonpublic_enterprise", False, False),
        ("internet", "nonpublic_enterprise", True, True),
        ("internet", "nonpublic_enterprise", False, False),
    ],
)
def test_which_committee_leads_which_unit(industry, kind, is_internet, fits):  # T-09
    def check():
        rules.check_leads(industry=industry, kind=kind, is_internet=is_internet)

    if fits:
        check()
    else:
        with pytest.raises(Refused, match="牵引"):
            check()


def test_the_limits_count_working_days_over_a_holiday():
    street_by, due_on = rules.days_allowed(
        asked_on=date(2022, 9, 28), street_days=5, district_days=10
    )

    assert street_by == date(2022, 10, 10)  # 29, 30 September, 8, 9 (made up) and 10 October
    assert due_on == date(2022, 10, 24)


HALF, YEAR = date(2022, 6, 30), 2022


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2021, 12, 31), "0.0"),
        (date(2022, 1, 1), "1.0"),
        (HALF, "181.0"),
        (date(2022, 12, 31), "365.0"),
        (date(2023, 2, 1), "365.0"),
    ],
)
def test_the_pace_is_a_straight_line_over_the_year(day, due):
    assert rules.expected(365, pace=Pace(), year=YEAR, day=day) == Decimal(due)


def test_the_pace_may_begin_later_and_end_earlier():
    pace = Pace(first_month=3, last_month=11)

    assert rules.expected(275, pace=pace, year=YEAR, day=date(2022, 2, 28)) == 0
    assert rules.expected(275, pace=pace, year=YEAR, day=date(2022, 3, 1)) == 1
    assert rules.expected(275, pace=pace, year=YEAR, day=date(2022, 11, 30)) == 275


@pytest.mark.parametrize(
    ("number", "founded", "light"),
    [
        (0, 5, Light.NONE),
        (365, 181, Light.GREEN),
        (365, 180, Light.YELLOW),
        (365, 145, Light.YELLOW),  # 144.8 are four fifths of 181
        (365, 144, Light.RED),
        (375, 97, Light.RED),
    ],
)
def test_what_progress_shines_in(number, founded, light):
    assert rules.light(number, founded=founded, pace=Pace(), year=YEAR, day=HALF) is light


def test_the_rate_of_the_report():  # F030, F031
    assert rules.percent(97, of=375) == Decimal("25.87")
    assert rules.percent(97, of=0) is None
