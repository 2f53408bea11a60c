from datetime import date

import pytest
from django.utils import timezone

from qinghe.systems.returns import models, queries, services

from .makers import (
    DECIDED,
    H1,
    SENT,
    TOO_LATE,
    accept,
    cell,
    filing_of,
    keep,
    make_codes,
    make_form,
    open_round,
    send,
)

LONG_OPEN = date(2099, 1, 1)


@pytest.fixture
def sent(filing, hong):
    keep(filing, hong, LOC_01=3)
    return send(filing, hong)


def test_each_sees_the_filings_of_their_reach(round, cast, hong):
    seen = {
        name: {one.org.name for one in queries.filings_seen_by(actor)}
        for name, actor in {"hong": hong, "chen": cast.chen, "zhou": cast.zhou}.items()
    }

    assert seen == {
        "hong": {"红棉社区"},
        "chen": {"红棉社区", "华乐社区"},
        "zhou": {"象角塘社区"},
    }


def test_each_fills_for_their_own_organisation(round, cast, hong):
    assert [one.org_id for one in queries.to_fill(hong)] == [cast.hongmian.pk]
    assert not queries.to_fill(cast.chen)
    assert not queries.to_fill(cast.auditor)


def test_a_round_that_is_not_open_yet_waits_for_nobody(form, cast, hong):
    open_round(
        form, cast.lin, opens_on=timezone.localdate().replace(year=2098), closes_on=LONG_OPEN
    )

    assert not queries.to_fill(hong)


def test_what_waits_for_a_street_does_not_wait_for_the_district(sent, cast):
    assert list(queries.to_review(cast.chen)) == [sent]
    assert not queries.to_review(cast.lin)
    assert list(queries.reviewable(cast.lin)) == [sent]
    assert not queries.reviewable(cast.zhou)


def test_coverage_counts_each_street_and_form(sent, round, cast, hong):
    accept(sent, cast.chen)
    late = filing_of(round, cast.xiangjiaotang)
    keep(late, cast.zhou, at=TOO_LATE, reason="停电", LOC_01=1)
    send(late, cast.zhou, at=TOO_LATE, late_reason="停电")

    rows = {row.street: row for row in queries.coverage(cast.lin, cast.longgang, [round])}

    henggang, bantian = rows["横岗街道"], rows["坂田街道"]
    assert (henggang.expected, henggang.submitted, henggang.accepted, henggang.late) == (2, 1, 1, 0)
    assert (bantian.expected, bantian.submitted, bantian.accepted, bantian.late) == (1, 1, 0, 1)
    assert (henggang.missing, f"{henggang.complete}", f"{bantian.timely}") == (1, "50.00", "0.00")


def test_a_street_sees_the_coverage_of_its_own(round, cast):
    own = queries.coverage(cast.chen, cast.henggang, [round])

    assert [row.street for row in own] == ["横岗街道"]
    assert queries.coverage(cast.chen, cast.longgang, [round]) == []


def test_who_has_not_reported_by_name(sent, round, cast):
    late = queries.late_orgs(cast.lin, cast.longgang, [round])

    assert [one.name for one in late] == ["象角塘社区", "华乐社区"]
    missing = queries.missing_of(cast.lin, late, [round])
    assert {org_id: len(filings) for org_id, filings in missing.items()} == {
        cast.huale.pk: 1,
        cast.xiangjiaotang.pk: 1,
    }
    assert not queries.late_orgs(cast.zhou, cast.henggang, [round])


def test_a_sheet_takes_as_many_queries_for_many_cells_as_for_one(
    cast, hong, django_assert_max_num_queries
):
    codes = [f"LOC-{number:02}" for number in range(1, 41)]
    services_form = _wide_form(cast, codes)
    filing = filing_of(open_round(services_form, cast.lin), cast.hongmian)
    keep(filing, hong, **{code.replace("-", "_"): 1 for code in codes})
    filing = queries.filings_seen_by(hong).get(pk=filing.pk)

    with django_assert_max_num_queries(9):
        sheet = queries.sheet_of(hong, filing)

    assert sheet.filled == 40


def test_history_is_told_the_newest_first(filing, hong):
    keep(filing, hong, LOC_01=3)
    keep(filing, hong, LOC_01=4)

    changes = queries.history_of(hong, models.Value.objects.get())

    assert [(one.old, one.new) for one in changes] == [("3", "4"), ("", "3")]


def test_papers_are_added_only_while_it_may_be_changed(filing, hong, cast):
    keep(filing, hong, LOC_01=3)
    value = queries.values_seen_by(hong).get()
    assert queries.may_attach(hong, value)
    assert not queries.may_attach(cast.chen, value)

    send(filing, hong)

    assert not queries.may_attach(hong, queries.values_seen_by(hong).get())


def test_drafts_of_forms_are_seen_by_those_who_design(form, cast, hong):
    services.new_version(form=form, at=SENT, by=cast.lin)

    assert queries.forms_seen_by(cast.lin).count() == 2
    assert queries.forms_seen_by(hong).count() == 1
    assert not queries.forms_seen_by(cast.he)


def test_what_was_accepted_for_the_period_before_stands_beside(cast, hong, form):
    then = filing_of(
        open_round(form, cast.lin, period=H1.previous(), closes_on=LONG_OPEN), cast.hongmian
    )
    keep(then, hong, LOC_01=7)
    accept(send(then, hong), cast.chen, at=DECIDED)
    now = filing_of(open_round(form, cast.lin), cast.hongmian)

    (one,) = queries.sheet_of(hong, now).cells

    assert one.last_said == "7"


def _wide_form(cast, codes):
    make_codes(cast.lin, len(codes))
    return make_form(cast.lin, *[cell(code, jump_percent=50) for code in codes])
