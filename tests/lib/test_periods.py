"""Reporting periods and local days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qinghe.lib import periods
from qinghe.lib.periods import PeriodKind
from qinghe.lib.verdicts import Refused

STEADY = settings(derandomize=True, deadline=None, max_examples=150)
YEARS = st.integers(periods.FIRST_YEAR + 1, periods.LAST_YEAR - 1)
ANY_PERIOD = st.one_of(
    st.builds(periods.month, YEARS, st.integers(1, 12)),
    st.builds(periods.quarter, YEARS, st.integers(1, 4)),
    st.builds(periods.half_year, YEARS, st.integers(1, 2)),
    st.builds(periods.year, YEARS),
)


@pytest.mark.parametrize(
    ("name", "kind", "start", "end", "label"),
    [
        ("2022M06", PeriodKind.MONTH, date(2022, 6, 1), date(2022, 6, 30), "2022年6月"),
        ("2022M12", PeriodKind.MONTH, date(2022, 12, 1), date(2022, 12, 31), "2022年12月"),
        ("2024M02", PeriodKind.MONTH, date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2022Q2", PeriodKind.QUARTER, date(2022, 4, 1), date(2022, 6, 30), "2022年第二季度"),
        ("2022Q4", PeriodKind.QUARTER, date(2022, 10, 1), date(2022, 12, 31), "2022年第四季度"),
        ("2022H1", PeriodKind.HALF_YEAR, date(2022, 1, 1), date(2022, 6, 30), "2022年上半年"),
        ("2022H2", PeriodKind.HALF_YEAR, date(2022, 7, 1), date(2022, 12, 31), "2022年下半年"),
        ("2022", PeriodKind.YEAR, date(2022, 1, 1), date(2022, 12, 31), "2022年"),
        ("1949", PeriodKind.YEAR, date(1949, 1, 1), date(1949, 12, 31), "1949年"),
        ("2100H2", PeriodKind.HALF_YEAR, date(2100, 7, 1), date(2100, 12, 31), "2100年下半年"),
    ],
)
def test_a_name_gives_its_days_and_label(name, kind, start, end, label):
    period = periods.parse(name)

    assert (period.kind, period.start, period.end, period.label) == (kind, start, end, label)
    assert str(period) == name


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            " ",
            "2022H3",
            "2022H0",
            "2022Q0",
            "2022Q5",
            "2022M0",
            "2022M6",
            "2022M00",
            "2022M13",
        ),
        *("2022h1", "２０２２H1", "2022Ｈ1", "2022 H1", " 2022H1", "2022H1\n", "2022-06", "22H1"),
        *(
            "1948",
            "1948H2",
            "2101",
            "2101M01",
            "0000",
            "2022年",
            "2022年上半年",
            "٢٠٢٢",
            "2022H1H2",
        ),
    ],
)
def test_any_other_name_is_refused_with_the_forms_that_are_known(name):
    with pytest.raises(Refused) as refusal:
        periods.parse(name)

    assert refusal.value.code == "unknown_period"
    assert all(form in refusal.value.reason for form in ("2022H1", "2022Q2", "2022M06"))


@pytest.mark.parametrize(
    ("name", "previous", "same_last_year", "following"),
    [
        ("2022H1", "2021H2", "2021H1", "2022H2"),
        ("2022H2", "2022H1", "2021H2", "2023H1"),
        ("2022Q1", "2021Q4", "2021Q1", "2022Q2"),
        ("2022M01", "2021M12", "2021M01", "2022M02"),
        ("2022M12", "2022M11", "2021M12", "2023M01"),
        ("2022", "2021", "2021", "2023"),
    ],
)
def test_a_period_knows_its_neighbours(name, previous, same_last_year, following):
    period = periods.parse(name)

    assert str(period.previous()) == previous
    assert str(period.same_last_year()) == same_last_year
    assert str(period.next()) == following


def test_there_is_no_period_before_the_first_or_after_the_last():
    with pytest.raises(Refused, match="1949"):
        periods.half_year(1949, 1).previous()
    with pytest.raises(Refused, match="2100"):
        periods.year(2100).next()


@pytest.mark.parametrize(
    ("make", "number"),
    [(periods.month, 0), (periods.month, 13), (periods.quarter, 5), (periods.half_year, 3)],
)
def test_a_programmer_cannot_ask_for_a_thirteenth_month(make, number):
    with pytest.raises(ValueError, match="must be from 1 to"):
        make(2022, number)


def test_a_period_holds_its_first_and_last_day_only():
    first_half = periods.half_year(2022, 1)

    assert date(2022, 1, 1) in first_half
    assert date(2022, 6, 30) in first_half
    assert date(2021, 12, 31) not in first_half
    assert date(2022, 7, 1) not in first_half


def test_periods_sort_by_their_start_then_their_length():
    names = ["2022H2", "2022", "2022M01", "2021H2", "2022H1", "2022Q1"]

    in_order = [str(period) for period in sorted(map(periods.parse, names))]

    assert in_order == ["2021H2", "2022M01", "2022Q1", "2022H1", "2022", "2022H2"]


@STEADY
@given(ANY_PERIOD)
def test_every_period_is_read_back_from_its_name(period):
    assert periods.parse(str(period)) == period


@STEADY
@given(ANY_PERIOD)
def test_periods_of_one_length_follow_without_gap_or_overlap(period):
    assert period.previous().end + timedelta(days=1) == period.start
    assert period.next().start - timedelta(days=1) == period.end
    assert period.previous().next() == period
    assert period.next().kind == period.kind


def test_half_past_midnight_in_shanghai_belongs_to_the_new_half_year():
    moment = datetime(2022, 6, 30, 16, 30, tzinfo=UTC)

    assert periods.local_day(moment) == date(2022, 7, 1)


def test_a_moment_already_in_shanghai_keeps_its_day():
    assert periods.local_day(datetime(2022, 6, 30, 23, 59, tzinfo=periods.TZ)) == date(2022, 6, 30)


def test_a_moment_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="time zone"):
        periods.local_day(datetime(2022, 6, 30, 16, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "year"), [(date(2022, 8, 31), 2021), (date(2022, 9, 1), 2022), (date(2023, 1, 1), 2022)]
)
def test_a_school_year_begins_in_september(day, year):
    assert periods.school_year(day) == year
