"""T-50 … T-53 as tables: who takes part, what points give, how many stars there are."""

from datetime import date

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.branches import rules

BOUNDS = rules.Bounds()


@pytest.mark.parametrize(
    ("points", "vetoed", "months", "star"),
    [
        (100, False, 24, 5),
        (90, False, 12, 5),
        (89, False, 12, 4),
        (80, False, 12, 4),
        (79, False, 12, 3),
        (70, False, 12, 3),
        (69, False, 12, 2),
        (60, False, 12, 2),
        (59, False, 12, 0),
        (95, True, 24, 0),
        (95, False, 11, 3),  # younger than a year: neither five nor four (T-51)
        (85, False, 6, 3),
        (65, False, 6, 2),
    ],
)
def test_points_give_a_grade(points, vetoed, months, star):
    assert rules.star_for(points=points, vetoed=vetoed, months=months, bounds=BOUNDS) == star


@pytest.mark.parametrize(
    ("kind", "opened_on", "takes_part"),
    [
        ("branch", date(2021, 6, 30), True),
        ("branch", date(2021, 7, 1), False),  # a day short of six months
        ("joint_branch", date(2010, 1, 1), True),
        ("general_branch", date(2010, 1, 1), True),
        ("temporary_branch", date(2010, 1, 1), False),
        ("floating_member_branch", date(2010, 1, 1), False),
        ("linking_branch", date(2010, 1, 1), False),
        ("league_committee", date(2010, 1, 1), False),
    ],
)
def test_who_takes_part(kind, opened_on, takes_part):
    told = {"kind": kind, "opened_on": opened_on, "months": 6}
    assert rules.takes_part(reference_on=date(2021, 12, 30), **told) is takes_part


@pytest.mark.parametrize(
    ("percent", "branches", "quota"), [(None, 9, None), (20, 9, 1), (20, 10, 2), (20, 4, 0)]
)
def test_a_share_of_stars_is_rounded_down(percent, branches, quota):
    assert rules.quota_of(percent=percent, branches=branches) == quota


def code_of(check, **values):
    with pytest.raises(Refused) as refused:
        check(**values)
    return refused.value.code


def test_what_is_refused():
    report = {"points": 90, "bounds": BOUNDS, "length": 400}
    assert code_of(rules.check_report, report="字" * 399, **report) == "report_needed"
    rules.check_report(report="字" * 400, **report)
    rules.check_report(points=89, report="", bounds=BOUNDS, length=400)
    assert code_of(rules.check_quota, star=5, taken=2, quota=2) == "quota_full"
    rules.check_quota(star=5, taken=9, quota=None)
    two = {"secretary_id": 1, "is_member": True}
    assert code_of(rules.check_witness, witness_id=1, **two) == "same_person"
    assert (
        code_of(rules.check_witness, witness_id=2, **(two | {"is_member": False})) == "not_a_member"
    )
    assert code_of(rules.check_not_own, by_id=2, signed=(1, 2)) == "own_branch"
    assert code_of(rules.check_terms, bounds=rules.Bounds(four=95), most=100) == "wrong_bounds"
    assert code_of(rules.check_terms, bounds=BOUNDS, most=99) == "not_a_hundred"
