"""The pages: what they show, to whom, and what they refuse."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from qinghe.edges.jobs import worker
from qinghe.kernel.files.queries import attachments_of
from qinghe.reports.circulars import queries, services
from qinghe.reports.circulars.models import Addressee, Circular
from qinghe.reports.half_year import printing

from . import makers
from .makers import NOW

pytestmark = pytest.mark.once

GOALS = {"source": "工作要点", "set_on": "2022-01-05", "how": "equal", "own": "10"}
BUDGET = 40


@pytest.fixture
def lin(house):
    return makers.client_of(house.cast.lin)


@pytest.fixture
def chen(house):
    return makers.client_of(house.cast.chen)


def text(answer):
    return answer.content.decode()


def test_an_officer_begins_chooses_and_sees_the_ranking(house, lin):
    begun = lin.post("/circulars/begin/", {"org": house.cast.longgang.pk, "period": "2022H1"})
    made = Circular.objects.get()
    assert begun.url == f"/circulars/{made.pk}/figures/"

    lin.post(begun.url, {"codes": ["DIR-01", "DIR-02"], "by-DIR-01": "high"})
    shown = text(lin.get(f"/circulars/{made.pk}/"))

    assert "全区新增两新团组织数7家" in shown
    assert "1（并列）" in shown
    assert "综合排名" in shown
    assert 'href="/figures/DIR-01/2022H1/440307017/"' in shown


def test_the_list_of_the_office_and_of_a_street(house, lin, chen):
    draft = makers.written(house)
    assert draft.title in text(lin.get("/circulars/"))
    assert draft.title not in text(chen.get("/circulars/"))

    makers.issued(house)

    assert draft.title in text(chen.get("/circulars/"))


def test_goals_are_shared_out_and_their_sum_stands_beside_the_parent(house, lin):
    made = makers.written(house)

    done = lin.post(f"/circulars/{made.pk}/goals/DIR-01/", GOALS)
    shown = text(lin.get(done.url))

    assert done.status_code == 302
    assert 'value="4"' in shown
    assert "相等" in shown


def test_a_goal_without_its_source_is_said_and_kept(house, lin):
    made = makers.written(house)

    answer = lin.post(f"/circulars/{made.pk}/goals/DIR-01/", {**GOALS, "source": ""})

    assert answer.status_code == 422
    assert 'value="10"' in text(answer)


def test_a_hand_typed_number_is_named_where_it_stands(house, lin):
    made = makers.written(house)
    services.keep_text(
        circular=made, text=makers.text(opening="共有88家。"), at=NOW, by=house.cast.lin
    )

    sent = lin.post(f"/circulars/{made.pk}/send/", follow=True)

    made.refresh_from_db()
    assert made.state == Circular.State.DRAFT
    assert "未溯源" in text(sent)
    assert "88" in text(sent)


def test_another_officer_reviews_and_the_writer_may_not(house, lin):
    made = makers.written(house)
    words = makers.text(answer_by=date(2099, 1, 1))
    services.keep_text(circular=made, text=words, at=NOW, by=house.cast.lin)
    services.send_for_review(circular=made, at=NOW, by=house.cast.lin)
    meng = makers.client_of(house.meng)

    own = lin.get(f"/circulars/{made.pk}/review/")
    page = meng.get(f"/circulars/{made.pk}/review/")
    meng.post(f"/circulars/{made.pk}/review/", {"words": "同意"})

    made.refresh_from_db()
    assert own.status_code == 409
    assert page.status_code == 200
    assert made.state == Circular.State.REVIEWED


def test_the_document_is_set_as_a_circular_with_its_tables(house, lin):
    made = makers.issued(house, word="龙团通报")

    first = lin.get(f"/circulars/{made.pk}/circular.docx").content
    again = lin.get(f"/circulars/{made.pk}/circular.docx").content

    document = Document(io.BytesIO(first))
    texts = [each.text for each in document.paragraphs]
    assert first == again
    assert [text for text in texts if text][:2] == [
        "共青团龙岗区委员会文件",  # the red head (G-11, G-12)
        "龙团通报〔2022〕1号",
    ]
    assert "龙城街道团工委、坂田街道团工委、横岗街道团工委：" in texts
    assert "一、指标完成情况和排名" in texts
    assert [cell.text for cell in document.tables[0].rows[1].cells][:3] == [
        "1（并列）",
        "坂田街道",
        "3",
    ]
    xml = zipfile.ZipFile(io.BytesIO(first)).read("word/document.xml").decode()
    assert "w:tblHeader" in xml
    assert 'w:color w:val="FF0000"' in xml
    assert "\ue000" not in xml


def test_the_workbook_holds_numbers(house, lin):
    made = makers.issued(house)

    book = openpyxl.load_workbook(io.BytesIO(lin.get(f"/circulars/{made.pk}/ranking.xlsx").content))

    page = book["1.新增两新团组织数"]
    assert [cell.value for cell in page[5]][:3] == [1, "坂田街道", 3]
    assert page[8][1].value == "全区"


def test_a_street_answers_with_a_paper_and_the_office_accepts(house, lin, chen):
    made = makers.issued(house)
    street = makers.addressee(house, made)
    paper = SimpleUploadedFile("措施.pdf", b"%PDF-1.7 x")

    assert "待反馈" in text(chen.get("/inbox/"))
    chen.post(
        f"/circulars/answers/{street.pk}/answer/",
        {"text": "情况", "measures": "整改", "paper": paper},
    )
    shown = text(lin.get(f"/circulars/answers/{street.pk}/"))
    lin.post(f"/circulars/answers/{street.pk}/accept/", {"words": "可以"})

    street.refresh_from_db()
    assert "措施.pdf" in shown
    assert street.state == Addressee.State.ACCEPTED
    assert "可以" in text(chen.get(f"/circulars/answers/{street.pk}/"))


def test_a_street_sees_its_own_answer_and_no_other(house, chen):
    made = makers.issued(house)
    other = makers.addressee(house, made, "坂田街道")
    services.answer(addressee=other, text="坂田的话", measures="措施", at=NOW, by=house.shi)

    page = text(chen.get(f"/circulars/{made.pk}/"))

    assert chen.get(f"/circulars/answers/{other.pk}/").status_code == 404
    assert "下发和反馈" not in page
    assert "办理记录" not in page
    assert "待反馈" in page


def test_a_street_does_not_open_what_is_for_the_office(house, chen):
    made = makers.issued(house)

    for path in ("figures", "text", "streets", "goals/DIR-01", "review", "issue"):
        assert chen.get(f"/circulars/{made.pk}/{path}/").status_code == 403, path
    assert chen.post(f"/circulars/{made.pk}/remind/").status_code == 403


ADDRESSES = [
    "/circulars/{circular}/",
    "/circulars/{circular}/circular.docx",
    "/circulars/{circular}/ranking.xlsx",
    "/circulars/{circular}/figures/",
    "/circulars/{circular}/text/",
    "/circulars/{circular}/streets/",
    "/circulars/{circular}/goals/DIR-01/",
    "/circulars/{circular}/review/",
    "/circulars/{circular}/issue/",
    "/circulars/answers/{street}/",
    "/circulars/answers/{street}/answer/",
    "/circulars/answers/{street}/again/",
]


def test_another_district_and_a_community_find_nothing(house):
    made = makers.issued(house)
    street = makers.addressee(house, made)
    strangers = [makers.client_of(who) for who in (house.yao, house.cast.zhou)]

    for client in strangers:
        for address in ADDRESSES:
            path = address.format(circular=made.pk, street=street.pk)
            assert client.get(path).status_code == 404, path
    assert strangers[1].get("/circulars/").status_code == 404
    assert made.title not in text(strangers[0].get("/circulars/"))


def test_a_draft_is_not_there_for_a_street(house, chen):
    made = makers.reviewed(house)

    assert chen.get(f"/circulars/{made.pk}/").status_code == 404
    assert chen.get(f"/circulars/{made.pk}/circular.docx").status_code == 404


def test_what_is_issued_is_read_in_few_questions(house, chen, django_assert_max_num_queries):
    made = makers.issued(house)
    chen.get(f"/circulars/{made.pk}/")

    with django_assert_max_num_queries(BUDGET):
        answer = chen.get(f"/circulars/{made.pk}/")

    assert answer.status_code == 200
    assert queries.sheet_of(house.cast.chen, made).sha256 == made.sha256


def test_where_there_is_libreoffice_an_issued_circular_has_a_pdf(house, lin, tmp_path, monkeypatch):
    office = tmp_path / "office"
    office.write_text('#!/bin/sh\nprintf "%%PDF-1.7 made" > "$6/report.pdf"\n')
    office.chmod(0o755)
    monkeypatch.setattr(printing, "PROGRAMS", (str(office),))
    made = makers.issued(house)

    worker.work_off()

    page = lin.get(f"/circulars/{made.pk}/").content.decode()
    (printed,) = attachments_of(made)
    answer = lin.get(f"/attachments/{printed.pk}/")
    street = makers.client_of(house.cast.chen)
    assert f"/attachments/{printed.pk}/" in page
    assert answer.getvalue() == b"%PDF-1.7 made"
    assert street.get(f"/attachments/{printed.pk}/").getvalue() == b"%PDF-1.7 made"
    assert lin.post(f"/circulars/{made.pk}/pdf/").status_code == 409
