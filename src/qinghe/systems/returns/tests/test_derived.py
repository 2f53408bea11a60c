"""Cells that are shown from records (一表通), and not agreeing with them."""

import pytest

from qinghe.analytics import figures
from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models, queries, services

from .makers import (
    DECIDED,
    FILLED,
    H2_2021,
    build_facts,
    cell,
    filing_of,
    keep,
    make_form,
    open_round,
    send,
)


@pytest.fixture
def mixed(cast):
    """A form with one cell from records and one to be typed, as 红棉 is asked."""
    form = make_form(cast.lin, cell("DIR-01"), cell("LOC-01"))
    return filing_of(open_round(form, cast.lin), cast.hongmian)


def dispute(filing, by, *, code="DIR-01", reason="新成立的支部没有算进去"):
    return services.dispute(filing=filing, code=code, reason=reason, at=FILLED, by=by)


def settle(one, by, *, verdict="unfounded", words="该支部七月成立"):
    return services.settle_dispute(dispute=one, verdict=verdict, words=words, at=DECIDED, by=by)


def refused(call, *args, **said):
    with pytest.raises(Refused) as refusal:
        call(*args, **said)
    return refusal.value.code


def test_a_cell_that_a_system_answers_for_is_not_typed(mixed, hong):
    assert refused(keep, mixed, hong, DIR_01=3) == "derived_cell"


def test_it_shows_the_figure_of_the_organisation(mixed, hong):
    build_facts()

    derived, typed = queries.sheet_of(hong, mixed).cells

    assert (derived.derived, typed.derived) == (True, False)
    assert derived.figure == figures.cached(mixed.round.span)["DIR-01", mixed.org_id]
    assert derived.said == "0"


def test_without_figures_it_says_why(mixed, hong):
    sheet = queries.sheet_of(hong, mixed)

    assert sheet.cells[0].said == ""
    assert sheet.no_figures


def test_a_derived_cell_raises_no_question_and_bars_no_sending(mixed, hong):
    keep(mixed, hong, LOC_01=1)

    assert send(mixed, hong).state == models.Filing.State.SUBMITTED


def test_what_was_over_before_a_system_had_records_is_typed(cast, hong):
    """No volunteer service is on the books of 2021: nothing could be derived for it."""
    form = make_form(cast.lin, cell("VOL-02"))
    before = filing_of(
        open_round(form, cast.lin, period=H2_2021, closes_on=DECIDED.date()), cast.hongmian
    )

    assert keep(before, hong, VOL_02=12) == ["VOL-02"]


def test_a_system_without_any_record_yet_still_answers_for_a_period_under_way(cast, hong):
    form = make_form(cast.lin, cell("VOL-02"))
    under_way = DECIDED.replace(month=6)
    opened = open_round(form, cast.lin, at=under_way, opens_on=under_way.date())

    filing = filing_of(opened, cast.hongmian)

    assert refused(keep, filing, hong, at=under_way, VOL_02=12) == "derived_cell"


def test_a_dispute_keeps_the_number_as_shown_and_changes_nothing(mixed, hong):
    build_facts()

    one = dispute(mixed, hong)

    assert one.shown == "0"
    assert queries.sheet_of(hong, mixed).cells[0].said == "0"
    assert queries.sheet_of(hong, mixed).cells[0].open_dispute == one


def test_only_what_is_derived_is_disputed_and_once_at_a_time(mixed, hong):
    dispute(mixed, hong)

    assert refused(dispute, mixed, hong) == "disputed_already"
    assert refused(dispute, mixed, hong, code="LOC-01") == "not_derived"
    assert refused(dispute, mixed, hong, reason=" ") == "reason_needed"


def test_who_reviews_settles_it_in_words_and_the_disputer_is_told(mixed, hong, cast):
    one = dispute(mixed, hong)
    assert list(queries.disputes_to_settle(cast.chen)) == [one]
    assert not queries.disputes_to_settle(cast.lin)

    settled = settle(one, cast.chen)

    assert (settled.verdict, settled.words) == ("unfounded", "该支部七月成立")
    assert Notice.objects.filter(person=hong.person_id).count() == 1
    assert refused(settle, one, cast.chen) == "settled_already"


def test_a_dispute_is_not_settled_from_beside_or_below(mixed, hong, cast):
    one = dispute(mixed, hong)

    assert refused(settle, one, hong) == "not_allowed"
    assert refused(settle, one, cast.zhou) == "not_allowed"


def test_nobody_settles_their_own_dispute(cast):
    form = make_form(cast.lin, cell("DIR-01"), levels=["district"])
    filing = filing_of(open_round(form, cast.lin), cast.longgang)

    assert refused(settle, dispute(filing, cast.lin), cast.lin) == "own_dispute"
