from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from qinghe.kernel.audit.models import Entry as AuditEntry
from qinghe.kernel.files import services as files
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models, queries, services
from qinghe.systems.returns.services import Entry

from .makers import (
    DECIDED,
    FILLED,
    H1,
    H2_2021,
    SENT,
    TOO_LATE,
    accept,
    at,
    cell,
    filing_of,
    keep,
    make_form,
    open_round,
    rule,
    send,
)

State = models.Filing.State


def refused(call, *args, **said):
    """Return the code with which a call is refused."""
    with pytest.raises(Refused) as refusal:
        call(*args, **said)
    return refusal.value.code


# ── Asking ───────────────────────────────────────────────────────────────────────────────────────


def test_every_community_that_stood_at_the_end_is_asked_once(round, cast):
    asked = set(round.filings.values_list("org_id", flat=True))

    assert asked == {cast.hongmian.pk, cast.huale.pk, cast.xiangjiaotang.pk}
    assert {one.state for one in round.filings.all()} == {State.DRAFT}


def test_a_round_opens_once_a_period(round, form, cast):
    assert refused(open_round, form, cast.lin) == "round_exists"


def test_only_the_kind_of_period_that_the_form_is_for(form, cast):
    from_year = H1.__class__(H1.start, H1.end, "2022")

    assert refused(open_round, form, cast.lin, period=from_year) == "wrong_period"


def test_a_street_secretary_opens_no_round(form, cast):
    assert refused(open_round, form, cast.chen) == "not_allowed"


def test_the_days_of_a_round_come_from_its_form(round):
    assert (round.opens_on.isoformat(), round.closes_on.isoformat()) == ("2022-07-01", "2022-07-10")


# ── Filling ──────────────────────────────────────────────────────────────────────────────────────


def test_zero_not_applicable_and_unreported_are_three_things(cast, hong):
    make_form(cast.lin, cell("LOC-01"), cell("LOC-02"), cell("LOC-03", kind="text"))
    filing = filing_of(open_round(models.ReportForm.objects.get(), cast.lin), cast.hongmian)

    services.keep_values(
        filing=filing,
        entries=[
            Entry("LOC-01", Decimal(0)),
            Entry("LOC-02", not_applicable=True, note="没有学校"),
        ],
        at=FILLED,
        by=hong,
    )

    worths = [one.worth for one in queries.sheet_of(hong, filing).cells]
    assert [worth.hundredths for worth in worths] == [0, None, None]
    assert [worth.not_applicable for worth in worths] == [False, True, False]
    assert [worth.reported for worth in worths] == [True, True, False]


def test_a_value_keeps_who_when_old_new_and_why(filing, hong):
    keep(filing, hong, LOC_01=3)
    keep(filing, hong, LOC_01=5, reason="漏数两个")

    newest, oldest = models.ValueChange.objects.all()
    assert (oldest.old, oldest.new) == ("", "3")
    assert (newest.old, newest.new, newest.reason) == ("3", "5", "漏数两个")
    assert newest.by == str(hong)
    assert newest.at == FILLED


def test_keeping_the_same_again_changes_nothing(filing, hong):
    keep(filing, hong, LOC_01=3)

    assert keep(filing, hong, LOC_01=3) == []
    assert models.ValueChange.objects.count() == 1
    assert AuditEntry.objects.filter(verb="returns.keep_values").count() == 1


def test_a_value_can_be_taken_back_to_unreported(filing, hong):
    keep(filing, hong, LOC_01=3)
    keep(filing, hong, LOC_01=None)

    assert not models.Value.objects.get().worth.reported
    assert models.ValueChange.objects.first().new == ""


def test_a_neighbour_fills_nothing_here(filing, cast):
    assert refused(keep, filing, cast.zhou, LOC_01=1) == "not_allowed"
    assert refused(keep, filing, cast.chen, LOC_01=1) == "not_allowed"


def test_what_is_not_on_the_form_cannot_be_filled(filing, hong):
    assert refused(keep, filing, hong, LOC_09=1) == "unknown_cell"


def test_who_did_not_touch_a_cell_does_not_undo_anothers_work(filing, hong):
    keep(filing, hong, LOC_01=3)

    stale = Entry("LOC-01", None, seen="")
    changed = services.keep_values(filing=filing, entries=[stale], at=FILLED, by=hong)

    assert changed == []
    assert models.Value.objects.get().hundredths == 300


def test_two_who_change_one_cell_do_not_overwrite_each_other(filing, hong):
    keep(filing, hong, LOC_01=3)

    stale = [Entry("LOC-01", Decimal(4), seen="")]
    code = refused(services.keep_values, filing=filing, entries=stale, at=FILLED, by=hong)

    assert code == "changed_meanwhile"
    assert models.Value.objects.get().hundredths == 300


def test_nothing_is_filled_before_the_round_opens_or_once_sent(filing, hong):
    assert refused(keep, filing, hong, at=at(6, 30), LOC_01=3) == "not_open_yet"
    keep(filing, hong, LOC_01=3)
    send(filing, hong)

    assert refused(keep, filing, hong, LOC_01=4) == "wrong_state"


def test_after_the_close_it_is_locked_but_for_a_reason(filing, hong):
    assert refused(keep, filing, hong, at=TOO_LATE, LOC_01=3) == "locked"
    keep(filing, hong, at=TOO_LATE, reason="停电", LOC_01=3)

    assert refused(send, filing, hong, at=TOO_LATE) == "locked"
    late = send(filing, hong, at=TOO_LATE, late_reason="停电")
    assert (late.late, late.late_reason) == (True, "停电")


def test_what_is_sent_back_after_the_close_is_not_late(filing, hong, cast):
    keep(filing, hong, LOC_01=3)
    send(filing, hong)
    services.send_back(filing=filing, reason="数字不对", at=TOO_LATE, by=cast.chen)

    keep(filing, hong, at=TOO_LATE, LOC_01=4)

    assert send(filing, hong, at=TOO_LATE).late is False


# ── Questions and papers ─────────────────────────────────────────────────────────────────────────


def test_an_empty_form_is_not_sent(filing, hong):
    assert refused(send, filing, hong) == "nothing_filled"


def test_a_question_is_answered_in_words_and_is_no_wall(cast, hong):
    form = make_form(cast.lin, cell("LOC-01", most=Decimal(10)))
    filing = filing_of(open_round(form, cast.lin), cast.hongmian)
    keep(filing, hong, LOC_01=12)

    assert refused(send, filing, hong) == "questions_open"
    sent = send(filing, hong, answers={"most:LOC-01": "合并了两个支部"})

    assert sent.state == State.SUBMITTED
    assert filing.answers.get().text == "合并了两个支部"


def test_another_number_asks_anew(cast, hong):
    form = make_form(cast.lin, cell("LOC-01", most=Decimal(10)))
    filing = filing_of(open_round(form, cast.lin), cast.hongmian)
    keep(filing, hong, LOC_01=12)
    send(filing, hong, answers={"most:LOC-01": "合并了两个支部"})
    services.take_back(filing=filing, at=SENT, by=hong)
    keep(filing, hong, LOC_01=99)

    assert refused(send, filing, hong) == "questions_open"


def test_registration_above_appraisal_is_asked_about(cast, hong):
    """T-45: 注册 ≤ 评议."""
    form = make_form(
        cast.lin, cell("LOC-01"), cell("LOC-02"), rules=(rule(words="注册数应不大于评议数。"),)
    )
    filing = filing_of(open_round(form, cast.lin), cast.hongmian)
    keep(filing, hong, LOC_01=5, LOC_02=4)

    (question,) = queries.sheet_of(hong, filing).questions

    assert question.words == "注册数应不大于评议数（现为5和4），请核对或说明。"


def test_a_jump_against_the_last_accepted_period_is_asked_about(cast, hong):
    form = make_form(cast.lin, cell("LOC-01", jump_percent=50))
    then = filing_of(
        open_round(form, cast.lin, period=H2_2021, closes_on=at(7, 10).date()), cast.hongmian
    )
    keep(then, hong, LOC_01=10)
    accept(send(then, hong), cast.chen)
    now = filing_of(open_round(form, cast.lin), cast.hongmian)
    keep(now, hong, LOC_01=16)

    (question,) = queries.sheet_of(hong, now).questions

    assert question.key == "jump:LOC-01"


def test_a_number_that_needs_papers_is_not_sent_without(cast, hong):
    form = make_form(cast.lin, cell("LOC-01", evidence=True))
    filing = filing_of(open_round(form, cast.lin), cast.hongmian)
    keep(filing, hong, LOC_01=2)

    assert refused(send, filing, hong) == "evidence_needed"
    keep(filing, hong, LOC_01=0)
    assert send(filing, hong).state == State.SUBMITTED


def test_a_number_with_its_papers_is_sent(cast, hong):
    form = make_form(cast.lin, cell("LOC-01", evidence=True))
    filing = filing_of(open_round(form, cast.lin), cast.hongmian)
    keep(filing, hong, LOC_01=2)
    paper = ContentFile(b"%PDF-1.7 minutes", name="名册.pdf")

    files.attach(subject=models.Value.objects.get(), upload=paper, at=FILLED, by=hong)

    assert send(filing, hong).state == State.SUBMITTED


def test_words_that_would_be_cut_are_refused(filing, hong, cast):
    keep(filing, hong, LOC_01=2)
    send(filing, hong)

    code = refused(services.send_back, filing=filing, reason="长" * 301, at=DECIDED, by=cast.chen)

    assert code == "too_long"


# ── Level by level ───────────────────────────────────────────────────────────────────────────────


def test_a_street_accepts_its_communities_and_no_other(filing, hong, cast):
    keep(filing, hong, LOC_01=3)
    send(filing, hong)

    assert refused(accept, filing, cast.zhou) == "not_allowed"
    assert accept(filing, cast.chen).state == State.ACCEPTED


def test_the_district_sends_back_what_a_street_accepted(filing, hong, cast):
    keep(filing, hong, LOC_01=3)
    accept(send(filing, hong), cast.chen)

    services.send_back(filing=filing, reason="缺佐证", at=DECIDED, by=cast.lin)

    filing.refresh_from_db()
    assert filing.state == State.SENT_BACK
    assert [review.verdict for review in filing.reviews.all()] == ["sent_back", "accepted"]


def test_a_filing_is_not_sent_back_without_a_reason(filing, hong, cast):
    keep(filing, hong, LOC_01=3)
    send(filing, hong)

    assert refused(services.send_back, filing=filing, reason=" ", at=DECIDED, by=cast.chen) == (
        "reason_needed"
    )


def test_nobody_accepts_what_they_sent(cast):
    form = make_form(cast.lin, cell("LOC-01"), levels=["district"])
    filing = filing_of(open_round(form, cast.lin), cast.longgang)
    keep(filing, cast.lin, LOC_01=3)
    send(filing, cast.lin)

    assert refused(accept, filing, cast.lin) == "own_filing"


def test_what_was_decided_is_not_taken_back(filing, hong, cast):
    keep(filing, hong, LOC_01=3)
    send(filing, hong)
    accept(filing, cast.chen)

    assert refused(services.take_back, filing=filing, at=DECIDED, by=hong) == "wrong_state"


def test_a_street_sends_up_how_far_those_below_are(cast, hong):
    streets = make_form(cast.lin, cell("LOC-01"), slug="streets", levels=["street"])
    communities = make_form(cast.lin, cell("LOC-02"), slug="communities")
    own = filing_of(open_round(streets, cast.lin), cast.henggang)
    below = filing_of(open_round(communities, cast.lin), cast.hongmian)
    keep(below, hong, LOC_02=3)
    accept(send(below, hong), cast.chen)
    keep(own, cast.chen, LOC_01=1)

    sent = send(own, cast.chen)

    assert (sent.below["expected"], sent.below["accepted"], sent.below["missing"]) == (2, 1, 1)
    assert sent.below["names"] == ["华乐社区（团建情况）"]


def test_a_street_with_nobody_asked_below_says_nothing_of_those_below(cast):
    own = filing_of(
        open_round(make_form(cast.lin, slug="streets", levels=["street"]), cast.lin), cast.henggang
    )
    keep(own, cast.chen, LOC_01=1)

    assert send(own, cast.chen).below == {}


def test_the_database_itself_keeps_history_and_who_decides(filing, hong, cast):
    keep(filing, hong, LOC_01=3)
    accept(send(filing, hong), cast.chen)

    for change in (
        lambda: models.ValueChange.objects.update(new="9"),
        lambda: models.Review.objects.all().delete(),
        lambda: models.Filing.objects.filter(pk=filing.pk).update(decider_id=hong.person_id),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
