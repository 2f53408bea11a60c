"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from qinghe.kernel.files.models import Attachment
from qinghe.systems.assessments import services
from qinghe.systems.assessments.models import Item, Mark, Objection, Scheme
from tests.cast import NOW
from tests.desk import sign_in

from . import makers
from .makers import mark_of, sheet_of

pytestmark = pytest.mark.django_db
SELF = "党建带团建"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """Let it be the cast's today for the pages, too."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def url(name, *arguments):
    return reverse(f"assessments:{name}", args=arguments)


def text(response):
    return response.content.decode()


def scheme_form(**told):
    return {
        "name": "2022年度考核", "year": "2022", "half": "", "audience": "streets",
        "source": "龙团〔2022〕21号", "self_by": "2022-07-20", "full": "100", "bonus_cap": "5",
        "deduction_cap": "10", "reviewers": "1", "combine": "mean", "object_days": "5",
        "answer_days": "5", **told,
    }  # fmt: skip


def item_form(**told):
    return {
        "name": "建团数", "standard": "", "sort": "normal", "full": "100", "way": "figure",
        "code": "DIR-01", "target": "", "steps": "1 60\n4 100", **told,
    }  # fmt: skip


def test_the_district_makes_and_publishes_a_scheme_in_the_browser(client, cast):
    sign_in(client, cast.lin)

    made = client.post(url("scheme_new"), scheme_form())
    found = Scheme.objects.get()
    client.post(url("heading_new", found.pk), {"name": "组织建设"})
    heading = Item.objects.get()
    client.post(url("item_new", heading.pk), item_form())
    page = text(client.get(url("scheme", found.pk)))
    client.post(url("scheme_publish", found.pk))

    assert made.url == url("scheme", found.pk)
    assert "达到 4.00 得 100.00 分" in page
    found.refresh_from_db()
    assert (found.state, found.assessments.count()) == ("published", 2)


def test_what_is_wrong_is_said_beside_what_was_typed(client, cast):
    sign_in(client, cast.lin)
    made = makers.make_scheme(cast)
    heading = Item.objects.filter(parent__isnull=True).first()

    both = client.post(url("item_new", heading.pk), item_form(target="4"))
    odd = client.post(url("item_new", heading.pk), item_form(steps="很多 10"))
    late = client.post(url("scheme_change", made.pk), scheme_form(self_by="2022-07-02"))

    assert [one.status_code for one in (both, odd, late)] == [422] * 3
    assert "目标值和分档填且只填一种" in text(both)
    assert "每行写两个数" in text(odd)
    assert "很多 10" in text(odd)
    assert "不能早于今天" in text(late)


def test_what_does_not_add_up_is_said_on_the_page_of_the_scheme(client, cast):
    made = makers.make_scheme(cast, full=9_000)
    sign_in(client, cast.lin)

    answer = client.post(url("scheme_publish", made.pk), follow=True)

    assert "与方案总分90.00分不符" in text(answer)


def test_a_row_is_kept_as_it_is_typed_and_what_cannot_be_read_is_said(client, cast, scheme):
    mark = mark_of(scheme, cast.henggang, SELF)
    sign_in(client, cast.chen)
    page = text(client.get(url("fill", mark.assessment_id)))

    kept = client.post(url("keep", mark.pk), {"marks": "55.5", "reason": "台账"}, **HTMX)
    wrong = client.post(url("keep", mark.pk), {"marks": "很好", "reason": "新理由"}, **HTMX)
    above = client.post(url("keep", mark.pk), {"marks": "60.01", "reason": "新理由"}, **HTMX)
    plain = client.post(url("keep", mark.pk), {"marks": "50", "reason": "改写"})

    assert url("keep", mark.pk) in page
    assert "/figures/DIR-01/2022H1/440307017/" in page
    assert "已保存" in text(kept)
    assert "55.50" in text(kept)
    assert "没有保存" in text(wrong)
    assert "0至60.00之间" in text(above)
    assert plain.url.startswith(url("fill", mark.assessment_id))
    mark.refresh_from_db()
    assert (mark.self_marks, mark.self_reason) == (5_000, "改写")


def test_words_are_kept_beside_marks_that_cannot_be_read(client, cast, scheme):
    mark = mark_of(scheme, cast.henggang, SELF)
    makers.keep(scheme, cast.chen, cast.henggang)
    sign_in(client, cast.chen)

    client.post(url("keep", mark.pk), {"marks": "五十", "reason": "写了很久的理由"}, **HTMX)

    mark.refresh_from_db()
    assert (mark.self_marks, mark.self_reason) == (5_000, "写了很久的理由")


def test_a_street_attaches_its_evidence_and_hands_in(client, cast, scheme):
    mark = mark_of(scheme, cast.henggang, SELF)
    makers.keep(scheme, cast.chen, cast.henggang)
    sign_in(client, cast.chen)
    file = SimpleUploadedFile("台账.pdf", b"%PDF-1.7 ledger")
    address = reverse("web:attach", args=["assessments.Mark", mark.pk])
    back = url("fill", mark.assessment_id)

    sent = client.post(address, {"attachment-file": file, "attachment-label": "", "back": back})
    page = text(client.get(back))
    client.post(url("submit", mark.assessment_id))
    after = client.get(back)
    refused = client.post(address, {"attachment-file": file, "back": back})

    assert sent.url == back
    assert Attachment.objects.get().subject_id == mark.pk
    assert "台账.pdf" in page
    assert after.url == url("result", mark.assessment_id)
    assert refused.status_code == 404


def test_a_street_does_not_see_another_nor_what_is_not_shown_yet(client, cast, scheme):
    makers.hand_in(cast, scheme)
    mine, other = sheet_of(scheme, cast.henggang), sheet_of(scheme, cast.bantian)
    makers.accept_all(cast, scheme)
    sign_in(client, cast.chen)

    page = text(client.get(url("result", mine.pk)))
    statuses = [
        client.get(url(name, key)).status_code
        for name, key in (
            ("result", other.pk),
            ("fill", other.pk),
            ("mark", mark_of(scheme, cast.bantian, SELF).pk),
            ("desk", scheme.pk),
            ("ranking", scheme.pk),
            ("review", mine.pk),
            ("scheme_change", scheme.pk),
        )
    ]

    assert "公示后可见" in page
    assert statuses == [404, 404, 404, 403, 404, 403, 403]


def test_a_draft_is_nobodys_but_its_makers(client, cast):
    made = makers.make_scheme(cast)
    sign_in(client, cast.chen)

    assert client.get(url("scheme", made.pk)).status_code == 404
    assert client.get(url("scheme_new")).status_code == 403
    assert made.name not in text(client.get(url("schemes")))


def test_the_district_reviews_row_by_row_and_the_rest_at_once(client, cast, scheme):
    makers.hand_in(cast, scheme)
    sheet, mark = sheet_of(scheme, cast.henggang), mark_of(scheme, cast.henggang, SELF)
    sign_in(client, cast.lin)

    page = text(client.get(url("review", sheet.pk)))
    silent = client.post(url("judge", mark.pk), {"marks": "40", "reason": ""}, **HTMX)
    given = client.post(url("judge", mark.pk), {"marks": "40", "reason": "缺佐证"}, **HTMX)
    client.post(url("judge_rest", sheet.pk))

    assert "自评 <b>50.00</b>" in page
    assert "请写明理由" in text(silent)
    assert "核定 40.00" in text(given)
    self_scored = Mark.objects.filter(assessment=sheet, item__way="self")
    assert sorted(self_scored.values_list("final", flat=True)) == [0, 0, 4_000]


def test_the_desk_asks_no_question_for_a_cell(client, cast, scheme, django_assert_max_num_queries):
    makers.hand_in(cast, scheme)
    sign_in(client, cast.lin)
    client.get(url("desk", scheme.pk))

    with django_assert_max_num_queries(22):
        page = text(client.get(url("desk", scheme.pk)))

    assert "待复核" in page
    assert "横岗街道" in page


def test_who_has_not_handed_in_is_reminded_from_the_list(client, cast, scheme):
    sheet = sheet_of(scheme, cast.henggang)
    sign_in(client, cast.lin)

    page = text(client.get(url("missing", scheme.pk)))
    client.post(url("remind", sheet.pk))

    sheet.refresh_from_db()
    assert "横岗街道" in page
    assert sheet.reminded_at == NOW


def test_an_objection_goes_from_the_result_to_the_inbox_and_back(client, cast):
    scheme = makers.shown(cast)
    mark = mark_of(scheme, cast.henggang, SELF)
    sign_in(client, cast.chen)
    page = text(client.get(url("result", mark.assessment_id)))
    asked = client.post(url("object_to", mark.pk), {"reason": "漏计一项"})
    found = Objection.objects.get()
    sign_in(client, cast.heng)
    inbox = text(client.get("/inbox/"))
    empty = client.post(url("answer", found.pk), {"decision": "uphold", "answer": "属实"})
    told = {"decision": "uphold", "marks": "55", "answer": "属实"}
    client.post(url("answer", found.pk), told)

    assert url("object_to", mark.pk) in page
    assert asked.url == url("objection", found.pk)
    assert url("objection", found.pk) in inbox
    assert empty.status_code == 422
    found.refresh_from_db()
    assert (found.state, found.after) == ("upheld", 5_500)


def test_a_street_reads_opinions_once_shown_and_lays_evidence_beside_its_objection(client, cast):
    scheme = makers.publish(cast)
    makers.hand_in(cast, scheme)
    makers.take(cast, scheme)
    mark = mark_of(scheme, cast.henggang, SELF)
    services.judge(mark=mark, marks=4_000, reason="缺会议记录", at=NOW, by=cast.lin)
    makers.accept_all(cast, scheme)
    sign_in(client, cast.chen)
    before = text(client.get(url("mark", mark.pk)))
    services.show_results(scheme=scheme, at=NOW, by=cast.lin)

    after = text(client.get(url("mark", mark.pk)))
    client.post(url("object_to", mark.pk), {"reason": "记录漏传"})
    found = Objection.objects.get()
    file = SimpleUploadedFile("记录.pdf", b"%PDF-1.7 minutes")
    address = reverse("web:attach", args=["assessments.Objection", found.pk])
    client.post(address, {"attachment-file": file, "back": url("objection", found.pk)})

    assert "缺会议记录" not in before
    assert "缺会议记录" in after
    assert "林青" not in after
    assert url("object_to", mark.pk) not in before
    assert url("object_to", mark.pk) in after
    assert Attachment.objects.get().subject_id == found.pk


def test_who_gave_the_mark_is_offered_no_answer_to_its_objection(client, cast):
    scheme = makers.shown(cast)
    mark = mark_of(scheme, cast.henggang, SELF)
    found = services.object_to(mark=mark, reason="漏计一项", at=NOW, by=cast.chen)
    sign_in(client, cast.lin)

    theirs = text(client.get(url("objection", found.pk)))
    sign_in(client, cast.heng)
    anothers = text(client.get(url("objection", found.pk)))

    assert url("answer", found.pk) not in theirs
    assert url("answer", found.pk) in anothers


def test_a_ranking_that_is_fixed_too_early_is_refused_on_the_page_of_its_scheme(client, cast):
    scheme = makers.shown(cast)
    sign_in(client, cast.lin)

    answer = client.post(url("fix_ranking", scheme.pk), follow=True)

    assert answer.redirect_chain == [(url("scheme", scheme.pk), 302)]
    assert "异议期到" in text(answer)


def test_the_ranking_is_read_by_all_once_announced_and_leaves_as_a_workbook(client, cast):
    scheme = makers.fixed(cast, marks=(5_000, 5_100))
    sign_in(client, cast.chen)
    before = client.get(url("ranking", scheme.pk)).status_code

    services.announce(scheme=scheme, at=makers.on(21), by=cast.lin)
    page = text(client.get(url("ranking", scheme.pk)))
    book = openpyxl.load_workbook(BytesIO(client.get(url("ranking_book", scheme.pk)).content))

    assert before == 404
    assert "坂田街道" in page
    assert [row[1].value for row in book["通报表"].iter_rows(min_row=2)] == ["坂田街道", "横岗街道"]
    assert book["通报表"]["C2"].value == 71
    assert [row[4].value for row in book["积分"].iter_rows(min_row=2)] == [71, 70]


def test_a_correction_is_made_from_the_result_page(client, cast):
    scheme = makers.announced(cast)
    mark = mark_of(scheme, cast.henggang, SELF)
    sign_in(client, cast.lin)

    page = text(client.get(url("result", mark.assessment_id)))
    client.post(url("correct", mark.pk), {"marks": "51", "reason": "复查有误"})
    versions = text(client.get(url("ranking", scheme.pk)))

    assert url("correct", mark.pk) in page
    assert "50.00 → 51.00；复查有误" in versions
    assert "第1版" in versions


def test_the_api_gives_schemes_items_and_the_announced_ranking(client, cast):
    scheme = makers.fixed(cast)
    sign_in(client, cast.chen)
    base = "/api/v1/assessments/assessment-schemes"

    before = client.get(f"{base}/{scheme.pk}/ranking").status_code
    services.announce(scheme=scheme, at=makers.on(21), by=cast.lin)
    listed = client.get(base).json()
    items = client.get(f"{base}/{scheme.pk}/items").json()
    ranking = client.get(f"{base}/{scheme.pk}/ranking").json()

    assert before == 404
    assert listed["items"][0]["full"] == "100.00"
    assert [one["number"] for one in items] == ["1.1", "1.2", "2.1", "2.2"]
    assert [one["total"] for one in ranking["places"]] == ["70.00", "70.00"]


def test_who_reads_may_not_do_all_and_an_auditor_finds_nothing(client, cast, scheme):
    makers.hand_in(cast, scheme)
    mark = mark_of(scheme, cast.henggang, SELF)

    sign_in(client, cast.xie)
    assert client.get(url("desk", scheme.pk)).status_code == 200
    assert client.get(url("mark", mark.pk)).status_code == 200
    assert client.post(url("scheme_publish", scheme.pk)).status_code == 403
    sign_in(client, cast.chen)
    assert client.get(url("mark", mark.pk)).status_code == 200
    assert client.post(url("judge", mark.pk), {"marks": "1"}).status_code == 403
    sign_in(client, cast.auditor)
    assert client.get(url("desk", scheme.pk)).status_code == 404
    assert client.get(url("mark", mark.pk)).status_code == 404
    assert client.post(url("judge", mark.pk), {"marks": "1"}).status_code == 404
    assert client.post(url("scheme_publish", scheme.pk)).status_code == 404
