"""What one must send up: filled in cell by cell, nothing lost, sent with words where asked."""

from decimal import Decimal

import pytest
from django.utils import timezone

from qinghe.systems.returns import models, services

from .desk import HTMX, ask, asked, sign_in, text, url, written
from .makers import cell, filing_of, keep, make_codes, make_form, rule

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MOST = 31  # what a page takes does not grow with cells or rows
State = models.Filing.State


@pytest.fixture
def wide(cast):
    """A form of two numbers, the first of which should not be above the second."""
    make_codes(cast.lin)
    return make_form(
        cast.lin,
        cell("LOC-01", label="已注册", jump_percent=50),
        cell("LOC-02", label="已评议"),
        rules=[rule(words="注册不多于评议")],
    )


@pytest.fixture
def open_filing(wide, cast):
    return asked(wide, cast.lin, cast.hongmian)


@pytest.fixture
def desk(client, hong):
    return sign_in(client, hong)


def value_of(filing, code="LOC-01"):
    return models.Value.objects.get(filing=filing, cell__code=code)


def test_the_secretary_sees_what_to_send_and_by_when(desk, open_filing):
    page = text(desk.get(url("to_fill")))

    assert "团建情况" in page
    assert "还剩 5 天" in page
    assert url("filing", open_filing.pk) in page


def test_the_inbox_holds_what_is_to_be_sent(desk, open_filing):
    page = text(desk.get("/inbox/"))

    assert "填报：团建情况" in page


def test_a_cell_is_kept_as_it_is_left(desk, open_filing):
    answer = desk.post(
        url("filing_keep", open_filing.pk), written(open_filing, LOC_01="１２"), headers=HTMX
    )

    assert "已保存" in text(answer)
    assert "<html" not in text(answer)
    assert value_of(open_filing).hundredths == 1200


def test_what_is_no_number_stands_in_its_box_and_the_rest_is_kept(desk, open_filing):
    answer = desk.post(
        url("filing_keep", open_filing.pk), written(open_filing, LOC_01="约三十", LOC_02="8")
    )

    assert answer.status_code == 422
    assert "约三十" in text(answer)
    assert "不是数字" in text(answer)
    assert value_of(open_filing, "LOC-02").hundredths == 800


def test_zero_not_applicable_and_nothing_are_three_things(desk, open_filing):
    nothing = text(desk.get(url("filing", open_filing.pk)))
    desk.post(url("filing_keep", open_filing.pk), written(open_filing, LOC_01="0"))
    sent = written(open_filing, LOC_02="") | {"na-LOC-02": "on", "n-LOC-02": "没有团员"}
    desk.post(url("filing_keep", open_filing.pk), sent)

    assert "已填 <b>0</b>" in nothing
    assert value_of(open_filing).hundredths == 0
    assert value_of(open_filing, "LOC-02").not_applicable
    assert "已填 <b>2</b>" in text(desk.get(url("filing", open_filing.pk)))


def test_not_applicable_wants_its_reason(desk, open_filing):
    sent = written(open_filing, LOC_01="") | {"na-LOC-01": "on", "n-LOC-01": ""}

    answer = desk.post(url("filing_keep", open_filing.pk), sent, headers=HTMX)

    assert "请在说明里写明原因" in text(answer)
    assert not models.Value.objects.exists()


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(desk, open_filing, hong):
    seen = written(open_filing, LOC_01="3")
    keep(open_filing, hong, at=timezone.now(), LOC_01=7)

    answer = desk.post(url("filing_keep", open_filing.pk), seen, headers=HTMX)

    assert "已被他人改为“7”" in text(answer)
    assert value_of(open_filing).hundredths == 700


def test_a_question_stands_beside_its_cell_and_its_answer_is_kept(desk, open_filing):
    keeping = url("filing_keep", open_filing.pk)
    desk.post(keeping, written(open_filing, LOC_02="3"))

    asking = text(desk.post(keeping, written(open_filing, LOC_01="9"), headers=HTMX))
    desk.post(keeping, {"answer:rule:LOC-01<=LOC-02": "新注册的尚未评议"}, headers=HTMX)

    assert "注册不多于评议" in asking
    assert "待说明 1 处" in asking
    assert "新注册的尚未评议" in text(desk.get(url("filing", open_filing.pk)))


def test_it_is_not_sent_while_something_is_asked(desk, open_filing):
    desk.post(url("filing_keep", open_filing.pk), written(open_filing, LOC_01="3"))

    look = text(desk.get(url("filing_submit", open_filing.pk)))
    answer = desk.post(url("filing_submit", open_filing.pk))

    assert "“已评议”没有填" in look
    assert "<b>1</b> <em>/ 2 格</em>" in look
    assert answer.status_code == 422
    assert "填写的数字已保留" in text(answer)


def test_it_is_sent_and_can_be_taken_back(desk, open_filing):
    sent = written(open_filing, LOC_01="3", LOC_02="3") | {"send": "1"}
    looked = desk.post(url("filing_keep", open_filing.pk), sent)
    answer = desk.post(url("filing_submit", open_filing.pk))
    open_filing.refresh_from_db()
    state = open_filing.state
    back = text(desk.post(url("filing_take_back", open_filing.pk), follow=True))
    open_filing.refresh_from_db()

    assert looked.url == url("filing_submit", open_filing.pk)
    assert answer.url == url("filing", open_filing.pk)
    assert state == State.SUBMITTED
    assert open_filing.state == State.DRAFT
    assert "已撤回，填写的内容都在" in back


def test_after_the_close_the_reason_comes_first(desk, wide, cast):
    late = asked(wide, cast.lin, cast.hongmian, days=-2)
    keeping = url("filing_keep", late.pk)

    refused = text(desk.post(keeping, written(late, LOC_01="3"), headers=HTMX))
    desk.post(keeping, written(late, LOC_01="3", LOC_02="4") | {"late_reason": "停电"})
    page = text(desk.get(url("filing", late.pk)))
    desk.post(url("filing_submit", late.pk), {"late_reason": "停电"})
    late.refresh_from_db()

    assert "补报请写明逾期原因" in refused
    assert 'value="停电"' in page
    assert late.late
    assert late.late_reason == "停电"


def test_last_period_stands_beside(desk, wide, cast, hong):
    before = filing_of(
        ask(wide, cast.lin, period=asked(wide, cast.lin, cast.hongmian).round.span.previous()),
        cast.hongmian,
    )
    keep(before, hong, at=timezone.now(), LOC_01=41, LOC_02=42)
    services.submit(filing=before, at=timezone.now(), by=hong)
    services.accept(filing=before, at=timezone.now(), by=cast.chen)
    now = models.Filing.objects.exclude(pk=before.pk).get(org=cast.hongmian)

    page = text(desk.get(url("filing", now.pk)))

    assert "<small>上期</small>41" in page


def test_who_is_above_reads_and_cannot_type(client, open_filing, cast):
    page = text(sign_in(client, cast.chen).get(url("filing", open_filing.pk)))
    answer = client.post(url("filing_keep", open_filing.pk), written(open_filing, LOC_01="3"))

    assert "filling.js" not in page
    assert answer.status_code == 403
    assert not models.Value.objects.exists()


@pytest.mark.parametrize("name", ["filing", "filing_submit", "filing_workbook", "filing_upload"])
def test_a_filing_of_elsewhere_is_not_there(client, open_filing, cast, name):
    other = sign_in(client, cast.zhou)

    assert other.get(url(name, open_filing.pk)).status_code == 404


def test_a_wide_form_takes_no_more_queries(desk, cast, django_assert_max_num_queries):
    make_codes(cast.lin, 20)
    cells = [cell(f"LOC-{number:02d}", label=f"第{number}项") for number in range(1, 21)]
    filing = asked(make_form(cast.lin, *cells, slug="wide"), cast.lin, cast.hongmian)
    desk.post(
        url("filing_keep", filing.pk),
        written(filing, **{f"LOC_{n:02d}": "5" for n in range(1, 21)}),
    )

    with django_assert_max_num_queries(MOST):
        page = text(desk.get(url("filing", filing.pk)))

    assert "第20项" in page


def test_a_value_is_a_record_with_its_history(desk, open_filing):
    keeping = url("filing_keep", open_filing.pk)
    desk.post(keeping, written(open_filing, LOC_01="3"))
    desk.post(keeping, written(open_filing, LOC_01="5"))

    page = text(desk.get(url("value", value_of(open_filing).pk)))

    assert "已注册：5个" in page
    assert "修改记录" in page
    assert page.count("洪棉") >= 2


def test_a_value_of_elsewhere_is_not_there(client, open_filing, hong, cast):
    keep(open_filing, hong, at=timezone.now(), LOC_01=3)

    answer = sign_in(client, cast.zhou).get(url("value", value_of(open_filing).pk))

    assert answer.status_code == 404
    assert value_of(open_filing).worth.amount == Decimal(3)
