"""Organisations move, merge and close in the middle of a period; figures follow the tree's end."""

from datetime import date

from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs import services
from qinghe.lib import periods
from tests.cast import CLERK, NOW, make_org

from .ledger import TIMES, XIAOMING

Q1, Q2 = periods.quarter(2022, 1), periods.quarter(2022, 2)


def counted(served, period):
    served.lineage = orgs.lineage()
    return served.figures(TIMES, period=period).column("TST-01")


def test_a_moved_community_takes_its_half_year_along(served, cast):
    served.serve(XIAOMING, at=cast.huale.pk, on=date(2022, 3, 5))
    services.move_org(org=cast.huale, parent=cast.bantian, on=date(2022, 4, 1), at=NOW, by=CLERK)

    first, half = counted(served, Q1), counted(served, periods.half_year(2022, 1))

    assert (first[cast.henggang.pk], first[cast.bantian.pk]) == (1, 0)
    assert (half[cast.henggang.pk], half[cast.bantian.pk]) == (0, 1)
    assert first[cast.longgang.pk] == half[cast.longgang.pk] == 1


def test_a_merged_organisations_records_count_under_its_successor(served, cast):
    branch = make_org("T01", "甲支部", kind="branch", level="unit", parent=cast.hongmian)
    served.serve(XIAOMING, at=branch.pk, on=date(2022, 3, 5))
    services.merge_org(org=cast.hongmian, into=cast.huale, on=date(2022, 5, 1), at=NOW, by=CLERK)

    before, after = counted(served, Q1), counted(served, periods.half_year(2022, 1))

    assert (before[cast.hongmian.pk], before[cast.huale.pk]) == (1, 0)
    assert (after[cast.hongmian.pk], after[cast.huale.pk], after[branch.pk]) == (0, 1, 1)


def test_a_closed_organisations_records_stay_in_the_district(served, cast):
    served.serve(XIAOMING, at=cast.huale.pk, on=date(2022, 3, 5))
    services.close_org(org=cast.huale, on=date(2022, 5, 1), at=NOW, by=CLERK)

    half = counted(served, periods.half_year(2022, 1))

    assert (half[cast.huale.pk], half[cast.henggang.pk], half[cast.longgang.pk]) == (1, 1, 1)


def test_an_organisation_opened_in_the_period_counts_from_its_first_record(served, cast):
    new = make_org(
        "T02", "乙支部", kind="branch", level="unit", parent=cast.huale, opened_on=date(2022, 6, 1)
    )
    served.serve(XIAOMING, at=new.pk, on=date(2022, 6, 2))

    assert counted(served, Q2)[cast.henggang.pk] == 1
