"""A form as a workbook: there and back, and what is not taken."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from qinghe.systems.returns import models

from .desk import ask, asked, sign_in, text, url
from .makers import cell, filing_of, keep, make_codes, make_form

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CONTENT, NOT_APPLICABLE, NOTE = 5, 6, 7


@pytest.fixture
def wide(cast):
    make_codes(cast.lin)
    return make_form(cast.lin, cell("LOC-01", label="已注册"), cell("LOC-02", label="已评议"))


@pytest.fixture
def open_filing(wide, cast, hong):
    filing = asked(wide, cast.lin, cast.hongmian)
    keep(filing, hong, at=timezone.now(), LOC_01=3)
    return filing


@pytest.fixture
def desk(client, hong):
    return sign_in(client, hong)


def fetch(desk, filing):
    return openpyxl.load_workbook(BytesIO(desk.get(url("filing_workbook", filing.pk)).content))


def send(desk, filing, book):
    kept = BytesIO()
    book.save(kept)
    return desk.post(
        url("filing_upload", filing.pk), {"file": SimpleUploadedFile("a.xlsx", kept.getvalue())}
    )


def agreed(page):
    return text(page).split('name="agreed" value="')[1].split('"')[0]


def amounts():
    rows = models.Value.objects.order_by("cell__place")
    return {row.cell.code: row.hundredths for row in rows.select_related("cell")}


def test_it_comes_filled_in_and_only_what_is_asked_can_be_typed_over(desk, open_filing):
    page = fetch(desk, open_filing).active

    assert page.cell(3, 3).value == "已注册"
    assert page.cell(3, CONTENT).value == 3
    assert page.protection.sheet
    assert not page.cell(4, CONTENT).protection.locked
    assert page.cell(4, 3).protection.locked


def test_it_comes_back_is_looked_over_and_taken(desk, open_filing):
    book = fetch(desk, open_filing)
    book.active.cell(3, CONTENT).value = 12
    book.active.cell(4, NOT_APPLICABLE).value = "是"
    book.active.cell(4, NOTE).value = "没有团员"

    looked = send(desk, open_filing, book)
    before = amounts()
    desk.post(url("filing_upload", open_filing.pk), {"agreed": agreed(looked)})

    assert "将改动2处" in text(looked)
    assert before == {"LOC-01": 300}
    assert amounts() == {"LOC-01": 1200, "LOC-02": None}


def test_what_was_changed_meanwhile_is_told_and_not_overwritten(desk, open_filing, hong):
    book = fetch(desk, open_filing)
    book.active.cell(3, CONTENT).value = 12
    keep(open_filing, hong, at=timezone.now(), LOC_01=7)

    looked = text(send(desk, open_filing, book))

    assert "下载之后已有人把它改为“7”" in looked
    assert "没有可改动的" in looked


def test_what_is_no_number_is_told_by_its_name(desk, open_filing):
    book = fetch(desk, open_filing)
    book.active.cell(3, CONTENT).value = "约十二"

    assert "“约十二”不是数字" in text(send(desk, open_filing, book))


def test_a_number_of_the_records_that_was_typed_over_is_told_and_not_taken(client, cast, hong):
    make_codes(cast.lin)
    form = make_form(cast.lin, cell("DIR-01", label="新增组织"), cell("LOC-01"))
    filing = asked(form, cast.lin, cast.hongmian)
    desk = sign_in(client, hong)
    book = fetch(desk, filing)
    book.active.cell(3, CONTENT).value = 99

    looked = text(send(desk, filing, book))

    assert "新增组织" in looked
    assert "这是系统记录的数字，不能填写，没有采用" in looked
    assert amounts() == {}


def test_another_organisations_workbook_is_refused(client, open_filing, cast, hong):
    other = filing_of(open_filing.round, cast.huale)
    book = fetch(sign_in(client, cast.chen), other)

    answer = send(sign_in(client, hong), open_filing, book)

    assert answer.status_code == 422
    assert "这是华乐社区的表格，不是红棉社区的" in text(answer)


def test_another_periods_workbook_is_refused(desk, open_filing, wide, cast):
    before = ask(wide, cast.lin, period=open_filing.round.span.previous())
    book = fetch(desk, filing_of(before, cast.hongmian))

    assert "请到那一期上传" in text(send(desk, open_filing, book))


def test_any_other_file_is_refused(desk, open_filing):
    book = openpyxl.Workbook()
    book.active.append(["姓名", "人数"])
    book.active.append(["甲", 1])

    assert "这不是在本页下载的报表" in text(send(desk, open_filing, book))


def test_a_mark_that_was_touched_is_refused(desk, open_filing):
    book = fetch(desk, open_filing)
    book.active.cell(2, 11).value = "改过"

    assert "缺失或被改动" in text(send(desk, open_filing, book))


def test_what_looks_like_a_formula_stays_text(desk, open_filing, hong):
    from_page = {"v-LOC-01": "3", "seen-LOC-01": "3", "n-LOC-01": "=1+1"}
    desk.post(url("filing_keep", open_filing.pk), from_page)

    assert fetch(desk, open_filing).active.cell(3, NOTE).data_type == "s"
