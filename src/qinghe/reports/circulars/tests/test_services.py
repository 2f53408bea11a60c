"""From the draft to the last answer; what was issued stays."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from qinghe.analytics import rebuild
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.files import queries as files
from qinghe.kernel.notices import queries as notices
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.reports.circulars import queries, services
from qinghe.reports.circulars.models import Addressee, Circular, Line

from . import makers
from .makers import NOW

State = Circular.State


def refused(call, **named):
    with pytest.raises(Refused) as refusal:
        call(**named)
    return refusal.value.code


def test_a_number_typed_by_hand_keeps_a_circular_from_review(house):
    lin = house.cast.lin
    made = makers.written(house)
    words = makers.text(opening="全区新增两新团组织7家。")
    made = services.keep_text(circular=made, text=words, at=NOW, by=lin)

    assert refused(services.send_for_review, circular=made, at=NOW, by=lin) == "untraced"
    assert [fault.words for fault in queries.words_of(lin, made).faults if "7" in fault.words]


def test_a_token_says_its_figure(house):
    lin = house.cast.lin

    said = queries.words_of(lin, makers.written(house))

    assert said.opening.text == "全区新增两新团组织7家。"
    assert said.faults == ()


def test_nobody_reviews_what_they_sent(house):
    lin = house.cast.lin
    sent = services.send_for_review(circular=makers.written(house), at=NOW, by=lin)

    assert refused(services.agree, circular=sent, words="", at=NOW, by=lin) == "own_circular"
    sent.refresh_from_db()
    assert sent.state == State.REVIEWING


def test_what_is_sent_back_says_why_and_its_writer_is_told(house):
    sent = services.send_for_review(circular=makers.written(house), at=NOW, by=house.cast.lin)

    code = refused(services.send_back, circular=sent, words=" ", at=NOW, by=house.meng)
    back = services.send_back(circular=sent, words="请核对目标", at=NOW, by=house.meng)

    assert code == "reason_needed"
    assert (back.state, back.review_words) == (State.DRAFT, "请核对目标")
    assert notices.notices_of(house.cast.lin.person_id).first().text == "请核对目标"


def test_figures_that_changed_since_the_review_are_not_issued(house):
    made = makers.reviewed(house)
    makers._branch(house.longcheng, "LATE-1", date(2022, 5, 1))
    rebuild.in_this_process(at=NOW + timedelta(hours=1))

    code = refused(services.issue, circular=made, word="", at=NOW, by=house.cast.lin)

    assert code == "figures_changed"


def test_a_period_that_was_not_over_is_not_issued(house):
    lin = house.cast.lin
    made = services.begin(
        org=house.cast.longgang, period=periods.half_year(2022, 2), at=NOW, by=lin
    )
    services.choose(circular=made, chosen={"DIR-02": "high"}, at=NOW, by=lin)
    services.keep_text(circular=made, text=makers.text(opening=""), at=NOW, by=lin)
    services.send_for_review(circular=made, at=NOW, by=lin)
    made = services.agree(circular=made, words="", at=NOW, by=house.meng)

    code = refused(services.issue, circular=made, word="", at=NOW, by=lin)

    assert code == "period_not_over"


def test_numbers_follow_each_other_in_a_year_and_none_is_given_unasked(house):
    first = makers.issued(house, word="龙团通报")
    second = makers.issued(house, word="龙团通报")
    third = makers.issued(house)

    numbers = [each.document_number for each in (first, second, third)]
    assert numbers == ["龙团通报〔2022〕1号", "龙团通报〔2022〕2号", ""]


def test_the_secretaries_are_told_and_it_waits_for_them(house):
    made = makers.issued(house)

    told = notices.notices_of(house.cast.chen.person_id).get()
    assert (told.title, told.text) == (f"收到通报：{made.title}", "请于7月20日前反馈。")
    assert [each.org for each in queries.waiting_for_answer(house.cast.chen)] == [
        house.cast.henggang
    ]
    assert not queries.waiting_for_answer(house.cast.zhou).exists()


def test_a_later_correction_changes_nothing_that_was_issued(house):
    lin = house.cast.lin
    made = makers.issued(house)
    before = queries.sheet_of(lin, made)
    makers._branch(house.longcheng, "LATE-1", date(2022, 5, 1))
    rebuild.in_this_process(at=NOW + timedelta(hours=1))

    after = queries.sheet_of(lin, made)

    now = {row.name: row.value for row in queries.computed(lin, made).boards[0].rows}
    assert now["龙城街道"] == Decimal(2)
    assert after == before
    assert after.sha256 == made.sha256
    assert queries.words_of(lin, made).opening.text == "全区新增两新团组织7家。"
    line = Line.objects.get(chosen__code="DIR-01", org=house.longcheng, chosen__circular=made)
    assert (line.value, line.records, len(line.records_sha256)) == ("1", 1, 64)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE circulars_line SET value = '9'",
        "DELETE FROM circulars_line",
        "UPDATE circulars_chosen SET label = 'x'",
        "UPDATE circulars_circular SET title = 'x'",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_issued(house, statement):
    makers.issued(house)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_model_refuses_too(house):
    made = makers.issued(house)
    line = Line.objects.filter(chosen__circular=made)

    with pytest.raises(TypeError):
        line.update(value="9")
    with pytest.raises(TypeError):
        line[0].save()
    assert refused(services.choose, circular=made, chosen={}, at=NOW, by=house.cast.lin) == (
        "not_a_draft"
    )


def test_a_street_answers_is_asked_again_and_is_accepted(house):
    chen, lin = house.cast.chen, house.cast.lin
    made = makers.issued(house)
    street = makers.addressee(house, made)
    paper = SimpleUploadedFile("整改.pdf", b"%PDF-1.7 x")

    services.answer(
        addressee=street, text="情况", measures="措施", uploads=[paper], at=NOW, by=chen
    )
    twice = refused(services.answer, addressee=street, text="又", measures="又", at=NOW, by=chen)
    due = date(2022, 8, 1)
    services.ask_again(addressee=street, words="请写明时限", answer_by=due, at=NOW, by=lin)
    services.answer(addressee=street, text="情况二", measures="措施二", at=NOW, by=chen)
    services.accept(addressee=street, words="", at=NOW, by=lin)

    street.refresh_from_db()
    answers = list(queries.feedback_of(chen, street))
    assert twice == "wrong_state"
    assert (street.state, street.answer_by) == (Addressee.State.ACCEPTED, due)
    assert [(each.number, each.verdict) for each in answers] == [(2, "accepted"), (1, "again")]
    assert files.attachments_of(answers[1]).count() == 1


def test_nobody_looks_over_their_own_answer(house):
    """Bar 17."""
    chen, lin = house.cast.chen, house.cast.lin
    street = makers.addressee(house, makers.issued(house))
    services.answer(addressee=street, text="情况", measures="措施", at=NOW, by=chen)
    own = {"addressee": street, "at": NOW, "by": Actor(chen.person_id, "陈", lin.holdings)}

    due = date(2022, 8, 1)
    assert refused(services.accept, words="", **own) == "own_answer"
    assert refused(services.ask_again, words="请补充", answer_by=due, **own) == "own_answer"


def test_a_street_does_not_answer_for_another(house):
    made = makers.issued(house)
    street = makers.addressee(house, made)

    code = refused(
        services.answer, addressee=street, text="甲", measures="乙", at=NOW, by=house.shi
    )

    assert code == "not_allowed"


def test_a_reminder_goes_once_a_day_to_those_who_have_not_answered(house):
    lin = house.cast.lin
    made = makers.issued(house)
    services.answer(
        addressee=makers.addressee(house, made),
        text="甲",
        measures="乙",
        at=NOW,
        by=house.cast.chen,
    )

    told = services.remind(circular=made, at=NOW, by=lin)

    assert {each.org.name for each in told} == {"坂田街道", "龙城街道"}
    assert notices.notices_of(house.shi.person_id).first().title.startswith("请尽快反馈")
    assert refused(services.remind, circular=made, at=NOW, by=lin) == "nobody_waits"


def test_a_street_that_only_notes_it_is_not_asked(house):
    lin = house.cast.lin
    made = makers.written(house)
    services.address(
        circular=made, noted=[house.cast.bantian], asked=[house.cast.henggang], at=NOW, by=lin
    )
    services.send_for_review(circular=made, at=NOW, by=lin)
    services.agree(circular=made, words="", at=NOW, by=house.meng)
    services.issue(circular=made, word="", at=NOW, by=lin)

    assert not queries.waiting_for_answer(house.shi).exists()
    assert queries.circulars_seen_by(house.shi).get() == made
    noted = makers.addressee(house, made, "坂田街道")
    code = refused(services.answer, addressee=noted, text="甲", measures="乙", at=NOW, by=house.shi)
    assert code == "wrong_state"


def test_only_streets_of_the_district_are_addressed(house):
    code = refused(
        services.address,
        circular=makers.written(house),
        noted=[],
        asked=[house.cast.hongmian],
        at=NOW,
        by=house.cast.lin,
    )

    assert code == "not_a_street"
