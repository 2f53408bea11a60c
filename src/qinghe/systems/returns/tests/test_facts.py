from decimal import Decimal

import pytest

from qinghe.analytics import catalogue, figures
from qinghe.analytics.indicators import Indicator, Kind
from qinghe.lib import periods
from qinghe.systems.returns import facts, services
from qinghe.systems.returns.services import Entry

from .makers import (
    DECIDED,
    FILLED,
    H1,
    accept,
    build_facts,
    cell,
    filing_of,
    keep,
    make_codes,
    make_form,
    open_round,
    send,
)

TOTAL = Indicator(
    code="TST-01",
    label="测试",
    unit="个",
    kind=Kind.SUM,
    over=facts.REPORTED,
    of=lambda row: row.amount,
    where=lambda row: row.code == "LOC-01",
    per=100,
    meaning="期内。",
)


@pytest.fixture
def asked(cast):
    """红棉 is asked for four things: two numbers, words, and one from records."""
    make_codes(cast.lin)
    form = make_form(
        cast.lin,
        cell("LOC-01"),
        cell("LOC-02"),
        cell("TXT-01", kind="text"),
        cell("DIR-01"),
    )
    return filing_of(open_round(form, cast.lin), cast.hongmian)


def fill(filing, by):
    entries = [
        Entry("LOC-01", Decimal(3)),
        Entry("LOC-02", not_applicable=True, note="没有学校"),
        Entry("TXT-01", text="好"),
    ]
    services.keep_values(filing=filing, entries=entries, at=FILLED, by=by)


def reported():
    return list(facts.REPORTED.records())


def answered(org):
    return {
        row["code"]: row["answered"] for row in facts.ASKED.records() if row["org_id"] == org.pk
    }


def test_only_what_is_accepted_counts(asked, hong, cast):
    fill(asked, hong)
    send(asked, hong)
    assert reported() == []

    accept(asked, cast.chen)
    (row,) = reported()
    assert (row["code"], row["amount"], row["org_id"]) == ("LOC-01", 300, cast.hongmian.pk)

    services.send_back(filing=asked, reason="数字不对", at=DECIDED, by=cast.lin)
    assert reported() == []


def test_a_number_belongs_to_the_period_it_is_about(asked, hong, cast):
    fill(asked, hong)
    accept(send(asked, hong), cast.chen)

    (row,) = reported()

    days = [str(row[name]) for name in ("since", "day", "until")]
    assert days == ["2022-01-01", "2022-06-30", "2022-07-01"]


def test_every_cell_is_asked_of_everyone_but_words_and_what_is_derived(asked, hong, cast):
    assert answered(cast.hongmian) == {"LOC-01": 0, "LOC-02": 0}
    assert answered(cast.huale) == {"LOC-01": 0, "LOC-02": 0}

    fill(asked, hong)
    accept(send(asked, hong), cast.chen)

    assert answered(cast.hongmian) == {"LOC-01": 1, "LOC-02": 1}
    assert answered(cast.huale) == {"LOC-01": 0, "LOC-02": 0}


def test_what_was_left_blank_is_not_answered_although_it_was_accepted(asked, hong, cast):
    keep(asked, hong, LOC_01=3)
    blank = {"blank:LOC-02": "名册遗失", "blank:TXT-01": "没有"}
    accept(send(asked, hong, answers=blank), cast.chen)

    assert answered(cast.hongmian) == {"LOC-01": 1, "LOC-02": 0}


def test_each_asked_cell_has_a_number_of_its_own(asked, cast):
    ids = [row["record_id"] for row in facts.ASKED.records()]

    assert len(ids) == len(set(ids))
    assert asked.pk * 1000 + 1 in ids


def test_it_rolls_up_the_tree(asked, hong, cast):
    fill(asked, hong)
    accept(send(asked, hong), cast.chen)

    found = figures.compute(build_facts(), [TOTAL], H1)

    values = {
        org.name: found["TST-01", org.pk].value
        for org in (cast.longgang, cast.henggang, cast.bantian, cast.hongmian)
    }
    assert values == {"龙岗区": 3, "横岗街道": 3, "坂田街道": 0, "红棉社区": 3}


@pytest.mark.parametrize("check", facts.CHECKS, ids=lambda check: check.code)
def test_a_check_asks_a_question_that_both_databases_understand(check, asked):
    assert check.records().model._meta.label == check.model
    assert check.records().count() in (0, 3)


def test_a_quota_of_the_year_is_asked_once_and_stands_in_both_half_years(cast, hong):
    new = services.NewDefinition(label="年度指标", unit="家", meaning="当年下达数。", time="annual")
    code = services.define(new=new, at=DECIDED, by=cast.lin).code
    form = make_form(cast.lin, services.NewCell(code=code), period_kind="year")
    asked = open_round(form, cast.lin, period=periods.year(2022), opens_on=FILLED.date())
    filing = filing_of(asked, cast.hongmian)
    keep(filing, hong, **{code.replace("-", "_"): 40})
    accept(send(filing, hong), cast.chen)
    build_facts()

    first, second = (
        figures.cached(periods.half_year(2022, half))[code, cast.longgang.pk] for half in (1, 2)
    )

    assert first.value == second.value == 40
    assert catalogue.span_label(code, H1) == "2022年全年"
