"""Rows in, figures out."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qinghe.analytics import figures
from qinghe.analytics.figures import State
from qinghe.kernel.orgs.queries import ALWAYS, FOREVER, Line
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused

from . import ledger as book
from .ledger import (
    BANTIAN,
    DISTRICT,
    DOOR_SHARE,
    H1,
    H2,
    HENGGANG,
    HONGMIAN,
    HOURS,
    HOURS_EACH,
    JOINED,
    KINDS,
    LONG_SERVERS,
    MEMBERS,
    PEOPLE,
    ROLL,
    SERVICE,
    TIMES,
    XIANGJIAOTANG,
    XIAOHONG,
    XIAOMING,
    Ledger,
)


def test_every_tier_counts_what_happened_below_it(ledger):
    ledger.serve(XIAOMING, at=HONGMIAN, minutes=90)
    ledger.serve(XIAOHONG, at=XIANGJIAOTANG, minutes=45)
    ledger.serve(XIAOHONG, at=BANTIAN, minutes=15)

    found = ledger.figures(TIMES, HOURS)

    assert found.column("TST-01") == {
        DISTRICT: 3, HENGGANG: 1, BANTIAN: 2, HONGMIAN: 1, XIANGJIAOTANG: 1,
    }  # fmt: skip
    assert found["TST-02", DISTRICT].exact == Decimal("2.5")


def test_who_serves_in_two_streets_counts_once_in_the_district(ledger):
    ledger.serve(XIAOMING, at=HONGMIAN)
    ledger.serve(XIAOMING, at=XIANGJIAOTANG)
    ledger.serve(XIAOMING, at=XIANGJIAOTANG)

    people = ledger.figures(PEOPLE).column("TST-03")

    assert (people[HENGGANG], people[BANTIAN], people[DISTRICT]) == (1, 1, 1)


def test_distincts_under_different_conditions_do_not_mix(ledger):
    ledger.serve(XIAOMING, at=HONGMIAN, minutes=30)
    ledger.serve(XIAOMING, at=XIANGJIAOTANG, minutes=90)
    ledger.serve(XIAOHONG, at=HONGMIAN, minutes=30, kind="门岗")

    found = ledger.figures(PEOPLE, LONG_SERVERS, KINDS)

    assert [found.column(each.code)[DISTRICT] for each in (PEOPLE, LONG_SERVERS, KINDS)] == [
        2,
        1,
        2,
    ]
    assert [found.column(each.code)[HENGGANG] for each in (PEOPLE, LONG_SERVERS, KINDS)] == [
        2,
        0,
        2,
    ]


def test_an_organisation_without_records_has_0_which_is_not_missing(ledger):
    ledger.serve(XIAOMING, at=HONGMIAN)

    figure = ledger.figure(TIMES, BANTIAN)

    assert (figure.exact, figure.value, figure.state) == (0, 0, State.COMPLETE)


def test_a_fact_without_any_record_up_to_the_periods_end_is_missing(ledger):
    ledger.serve(XIAOMING, at=HONGMIAN, on=date(2022, 7, 1))

    first, second = ledger.figure(TIMES, DISTRICT), ledger.figure(TIMES, DISTRICT, period=H2)

    assert (first.exact, first.value, first.state) == (None, None, State.MISSING)
    assert (second.exact, second.state) == (1, State.PARTIAL)


def test_a_fact_within_another_is_0_where_that_one_has_records(ledger):
    within = replace(MEMBERS, over=replace(ROLL, within=SERVICE))
    ledger.serve(XIAOMING, at=HONGMIAN)

    alone, part = ledger.figure(MEMBERS, DISTRICT), ledger.figure(within, DISTRICT)

    assert (alone.exact, alone.state) == (None, State.MISSING)
    assert (part.exact, part.state) == (0, State.COMPLETE)


def test_a_period_that_is_not_over_is_partial_until_its_last_local_day_has_passed(ledger):
    ledger.serve(XIAOMING, at=HONGMIAN)
    ledger.at = datetime(2022, 6, 30, 15, 59, tzinfo=UTC)  # 23:59 on 30 June in 龙岗
    before = ledger.figure(TIMES, DISTRICT)
    ledger.at = datetime(2022, 6, 30, 16, 0, tzinfo=UTC)  # midnight

    after = ledger.figure(TIMES, DISTRICT)

    assert (before.state, after.state) == (State.PARTIAL, State.COMPLETE)


def test_a_ratio_over_nothing_is_empty(ledger):
    ledger.serve(XIAOMING, at=HONGMIAN, kind="门岗")

    found = ledger.figures(DOOR_SHARE)

    assert (found["TST-09", HENGGANG].value, found["TST-09", BANTIAN].value) == (Decimal(100), None)


def test_a_ratio_divides_unrounded_sums(ledger):
    ledger.serve(XIAOMING, at=HONGMIAN, minutes=62)  # 1.0333… hours, printed as 1.0
    ledger.serve(XIAOHONG, at=HONGMIAN, minutes=1)

    figure = ledger.figure(HOURS_EACH, HENGGANG)

    assert figure.value == Decimal("0.53")  # of 63/60/2 = 0.525, half up; of 1.1 it were 0.55


@pytest.mark.parametrize(
    ("minutes", "hours"), [(3, "0.1"), (9, "0.2"), (2, "0.0"), (15, "0.3"), (21, "0.4")]
)
def test_a_printed_number_is_rounded_half_up(ledger, minutes, hours):
    ledger.serve(XIAOMING, at=HONGMIAN, minutes=minutes)

    assert ledger.figure(HOURS, DISTRICT).value == Decimal(hours)


def test_a_sum_past_what_a_float_can_hold_is_exact(ledger):
    ledger.serve(XIAOMING, at=HONGMIAN, minutes=2**62)
    ledger.serve(XIAOMING, at=HONGMIAN, minutes=2**62 + 1)

    assert ledger.exact(HOURS, DISTRICT) * 60 == 2**63 + 1


def test_a_flow_counts_days_within_and_a_stock_what_stands_at_the_end(ledger):
    ledger.enrol(XIAOMING, at=HONGMIAN, on=date(2021, 12, 31))
    ledger.enrol(XIAOHONG, at=HONGMIAN, on=date(2022, 6, 30))
    ledger.enrol(103, at=HONGMIAN, on=date(2022, 1, 1), until=date(2022, 6, 30))
    ledger.enrol(104, at=HONGMIAN, on=date(2022, 1, 1), until=date(2022, 7, 1))
    ledger.enrol(105, at=HONGMIAN, on=date(2022, 7, 1))

    found = ledger.figures(MEMBERS, JOINED)

    assert found.column("TST-06")[HENGGANG] == 3  # left on 30 June: no longer there that day
    assert found.column("TST-07")[HENGGANG] == 3


def test_a_branch_moved_in_mid_period_counts_where_it_stood_at_the_end(ledger):
    moved_on = date(2022, 4, 1)
    ledger.lineage = [
        *[line for line in ledger.lineage if line.org_id != HONGMIAN],
        Line(HONGMIAN, HONGMIAN, ALWAYS, FOREVER),
        Line(DISTRICT, HONGMIAN, ALWAYS, FOREVER),
        Line(HENGGANG, HONGMIAN, ALWAYS, moved_on),
        Line(BANTIAN, HONGMIAN, moved_on, FOREVER),
    ]
    ledger.serve(XIAOMING, at=HONGMIAN, on=date(2022, 3, 31))

    before = ledger.figures(TIMES, period=periods.quarter(2022, 1)).column("TST-01")
    after = ledger.figures(TIMES, period=H1).column("TST-01")

    assert (before[HENGGANG], before[BANTIAN], before[DISTRICT]) == (1, 0, 1)
    assert (after[HENGGANG], after[BANTIAN], after[DISTRICT]) == (0, 1, 1)


def test_a_move_on_the_last_day_of_a_period_is_in_and_on_the_day_after_it_is_not(ledger):
    def tree(moved_on):
        return [
            Line(HONGMIAN, HONGMIAN, ALWAYS, FOREVER),
            Line(HENGGANG, HENGGANG, ALWAYS, FOREVER),
            Line(BANTIAN, BANTIAN, ALWAYS, FOREVER),
            Line(HENGGANG, HONGMIAN, ALWAYS, moved_on),
            Line(BANTIAN, HONGMIAN, moved_on, FOREVER),
        ]

    ledger.serve(XIAOMING, at=HONGMIAN)
    ledger.lineage = tree(date(2022, 6, 30))
    on_the_last = ledger.exact(TIMES, BANTIAN)
    ledger.lineage = tree(date(2022, 7, 1))

    assert (on_the_last, ledger.exact(TIMES, BANTIAN)) == (1, 0)


def test_the_records_behind_a_figure_are_found_in_order_with_their_fingerprint(ledger):
    late = ledger.serve(XIAOMING, at=XIANGJIAOTANG)
    ledger.serve(XIAOMING, at=HONGMIAN)
    last = ledger.serve(XIAOHONG, at=BANTIAN)
    ledger.serve(XIAOHONG, at=BANTIAN, on=date(2021, 12, 31))
    facts = ledger.store()

    trace = figures.trace(facts, TIMES, H1, BANTIAN)

    assert (trace.model, trace.ids, trace.count) == ("volunteering.Attendance", [late, last], 2)
    assert (
        trace.sha256 == "e9348026dce8dd4e0af38f67b21c407c4515a6e8a7fd6da2cc30428c21968ff9"
    )  # of "1\n3"
    assert figures.page_of_ids(facts, TIMES, H1, DISTRICT, 1, 5) == [2, 3]
    assert figures.count_of_ids(facts, TIMES, H1, DISTRICT) == 3


def test_a_ratio_is_traced_by_its_halves(ledger):
    ledger.serve(XIAOMING, at=HONGMIAN, kind="门岗")
    ledger.serve(XIAOMING, at=HONGMIAN)
    facts = ledger.store()

    top = figures.trace(facts, DOOR_SHARE, H1, DISTRICT)
    bottom = figures.trace(facts, DOOR_SHARE, H1, DISTRICT, part="bottom")

    assert (top.ids, bottom.ids) == ([1], [1, 2])
    with pytest.raises(Refused, match="分子"):
        figures.trace(facts, DOOR_SHARE, H1, DISTRICT, part="middle")


def test_an_unknown_code_or_organisation_is_refused(ledger):
    found = ledger.figures(TIMES)

    with pytest.raises(Refused, match="TST-99"):
        found.column("TST-99")
    with pytest.raises(Refused, match="组织树中没有这个组织"):
        found["TST-01", 999]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_roll_up_equals_counting_by_hand(data):
    size = data.draw(st.integers(1, 12), label="orgs")
    parents = {1: None} | {
        each: data.draw(st.integers(1, each - 1), label=f"parent of {each}")
        for each in range(2, size + 1)
    }
    days = st.sampled_from(
        [
            date(2021, 12, 31),
            date(2022, 1, 1),
            date(2022, 5, 4),
            date(2022, 6, 30),
            date(2022, 7, 1),
        ]
    )
    rows = data.draw(
        st.lists(
            st.tuples(
                st.integers(1, 6),
                st.integers(1, size),
                st.integers(0, 300),
                days,
                st.sampled_from(["门岗", "巡河"]),
            ),
            max_size=40,
        ),
        label="services",
    )
    with TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder), lineage=book.lines_of(parents))
        for person, org_id, minutes, day, kind in rows:
            ledger.serve(person, at=org_id, minutes=minutes, on=day, kind=kind)
        ledger.enrol(XIAOMING, at=1, on=date(2020, 1, 1))

        found = ledger.figures()

    if all(day > H1.end for *_, day, _ in rows):
        assert set(found.states["TST-01"].values()) == {State.MISSING}
        return
    for org_id in parents:
        below = [row for row in rows if org_id in book.chain(row[1], parents) and row[3] in H1]
        expected = _by_hand(below)
        assert {code: found.column(code)[org_id] for code in expected} == expected


def _by_hand(rows):
    return {
        "TST-01": len(rows),
        "TST-02": Decimal(sum(row[2] for row in rows)) / 60,
        "TST-03": len({row[0] for row in rows}),
        "TST-04": len({row[0] for row in rows if row[2] >= 60}),
        "TST-05": sum(row[4] == "门岗" for row in rows),
    }
