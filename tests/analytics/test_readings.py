"""Several ways of counting one code, side by side, and a figure beside that of an earlier period."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import catalogue, figures
from qinghe.analytics.figures import State
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused

from .ledger import (
    BANTIAN,
    DISTRICT,
    DOOR_SHARE,
    H1,
    HONGMIAN,
    INDICATORS,
    MEMBERS,
    ROLL,
    SERVICE,
    TIMES,
    XIAOHONG,
    XIAOMING,
    nothing_declared,
)

H2_BEFORE = periods.half_year(2021, 2)
OLD_TIMES = replace(TIMES, over=ROLL, meaning="as the roll told it")
NEW_TIMES = replace(TIMES, version=2)
MADE = replace(TIMES, code="LOC-01", label="自定")


@pytest.fixture
def taken_over(served, monkeypatch):
    """A code that the roll told at first, and services tell now."""
    nothing_declared(monkeypatch)
    rest = [each for each in INDICATORS if each is not TIMES]
    catalogue.register(facts=[SERVICE, ROLL], indicators=[OLD_TIMES, NEW_TIMES, *rest])
    return served


def test_the_highest_version_is_the_figure_whichever_comes_first(taken_over):
    assert catalogue.readings("TST-01") == (NEW_TIMES, OLD_TIMES)
    assert catalogue.indicator("TST-01") is catalogue.every()["TST-01"] is NEW_TIMES
    assert catalogue.readings("TST-02") == (catalogue.indicator("TST-02"),)


def test_both_readings_of_a_period_can_be_compared(taken_over):
    taken_over.serve(XIAOMING, at=HONGMIAN)
    taken_over.serve(XIAOHONG, at=HONGMIAN)
    taken_over.enrol(XIAOMING, at=HONGMIAN, on=date(2022, 3, 1))
    taken_over.store().close()

    found = figures.readings(H1, "TST-01", DISTRICT)

    assert [(each.version, each.value) for each in found] == [(2, 2), (1, 1)]
    assert figures.cached(H1)["TST-01", DISTRICT].value == 2


def test_one_version_or_another_unit_under_a_known_code_is_not_accepted(taken_over):
    with pytest.raises(ValueError, match="declared twice"):
        catalogue.register(indicators=[replace(NEW_TIMES, label="又一个")])
    with pytest.raises(ValueError, match="人次"):  # G-57
        catalogue.register(indicators=[replace(NEW_TIMES, version=3, unit="人")])


def test_a_comparison_takes_the_newest_reading_that_has_records_and_says_so(taken_over):
    taken_over.serve(XIAOMING, at=HONGMIAN)
    taken_over.serve(XIAOHONG, at=HONGMIAN)
    for person in range(8):
        taken_over.enrol(person, at=HONGMIAN, on=date(2021, 9, 1))
    taken_over.store().close()

    found = figures.compared("TST-01", H1, H2_BEFORE, DISTRICT)

    assert (found.now.version, found.then.version, found.reading_differs) == (2, 1, True)
    assert (found.difference, found.percent, found.points) == (-6, -75, None)
    assert found.said == "−75.0%"


def test_percentages_differ_by_points(taken_over):  # G-55
    taken_over.serve(XIAOMING, at=HONGMIAN, kind="门岗")
    for minutes in (10, 20):
        taken_over.serve(XIAOHONG, at=HONGMIAN, minutes=minutes)
    taken_over.serve(XIAOMING, at=HONGMIAN, kind="门岗", on=date(2021, 9, 1))
    taken_over.serve(XIAOMING, at=HONGMIAN, on=date(2021, 9, 1))
    taken_over.store().close()

    found = figures.compared(DOOR_SHARE.code, H1, H2_BEFORE, DISTRICT)

    assert found.points == Decimal(100) / 3 - 50
    assert (found.percent, found.said) == (None, "−16.67个百分点")


def test_over_nought_the_difference_is_said_and_without_a_number_nothing(taken_over):
    taken_over.enrol(XIAOMING, at=BANTIAN, on=date(2021, 1, 1))
    taken_over.enrol(XIAOHONG, at=HONGMIAN, on=date(2022, 3, 1))
    taken_over.serve(XIAOMING, at=HONGMIAN)
    taken_over.store().close()

    risen = figures.compared(MEMBERS.code, H1, H2_BEFORE, HONGMIAN)
    same = figures.compared(MEMBERS.code, H1, H2_BEFORE, BANTIAN)
    nothing = figures.compared("TST-02", H1, H2_BEFORE, DISTRICT)

    assert (risen.percent, risen.said, same.said) == (None, "+1人", "持平")
    assert (nothing.then.state, nothing.difference, nothing.said) == (State.MISSING, None, "")


def test_what_people_define_is_asked_for_each_time(served):
    defined = []
    catalogue.add_source(lambda: defined)
    served.serve(XIAOMING, at=HONGMIAN)
    before = set(catalogue.every())
    defined.extend([MADE, replace(MADE, version=2), replace(MADE, version=3, unit="人")])
    served.store().close()

    assert "LOC-01" not in before
    assert figures.cached(H1)["LOC-01", DISTRICT].value == 1
    assert catalogue.indicator("LOC-01").version == 3
    assert len(catalogue.readings("LOC-01")) == 1  # the others are in another unit


def test_a_code_of_a_system_is_not_taken_by_what_people_define(served):
    catalogue.add_source(lambda: [replace(TIMES, version=9)])

    assert catalogue.every()["TST-01"] is TIMES
    assert catalogue.readings("TST-01") == (TIMES,)
    with pytest.raises(Refused, match="LOC-99"):
        catalogue.readings("LOC-99")
