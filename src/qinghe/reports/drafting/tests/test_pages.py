"""The pages of drafting: what they show and keep, to whom, in how many questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qinghe.reports.drafting import models, services
from qinghe.reports.drafting.models import Report

from . import desk
from .makers import AT

pytestmark = pytest.mark.once

JSON = {"Accept": "application/json"}
HTMX = {"HX-Request": "true"}
HALF = "org=440307&period=2022H1"


@pytest.fixture
def lin(cast, book, monkeypatch):
    desk.lay(book, monkeypatch)
    return desk.sign_in(cast.lin)


@pytest.fixture
def chen(cast, book, monkeypatch):
    desk.lay(book, monkeypatch)
    return desk.sign_in(cast.chen)


@pytest.fixture
def zhou(cast, book, monkeypatch):
    desk.lay(book, monkeypatch)
    return desk.sign_in(cast.zhou)


@pytest.fixture
def passage(report):
    return report.passages.filter(text__contains="{VOL-04}").get()


def keep(client, passage, text, *, lock=1):
    fields = {"heading": passage.heading, "text": text, "lock": lock}
    return client.post(f"/drafting/passages/{passage.pk}/", fields, headers=JSON)


def test_the_report_page_leads_to_the_report_that_is_written(lin, cast, report):
    answer = lin.get(f"/report/?{HALF}")

    assert (answer.status_code, answer["Location"]) == (302, f"/drafting/{report.pk}/")


def test_where_none_is_written_the_computed_draft_offers_to_begin_one(lin, cast):
    offered = lin.get(f"/report/?{HALF}").content.decode()
    begun = lin.post("/drafting/begin/", {"org": "440307", "period": "2022H1"})

    assert "开始起草" in offered
    assert begun["Location"] == f"/drafting/{Report.objects.get().pk}/"


def test_a_street_does_not_begin_the_report_of_the_district(chen, cast):
    answer = chen.post("/drafting/begin/", {"org": "440307", "period": "2022H1"})

    assert answer.status_code == 403
    assert not Report.objects.exists()


def test_the_sheet_prints_the_figures_as_chips(lin, report):
    page = lin.get(f"/drafting/{report.pk}/").content.decode()

    assert 'data-token="{VOL-02}" title=' in page
    assert ">超2.7万</a>" in page
    assert "style=" not in page


def test_a_page_with_all_figures_asks_as_many_questions_as_one_with_five(lin, cast, report, book):
    many = questions(lin, report)
    report.passages.filter(text__contains="{").update(text="全区{VOL-02}场，{VOL-03}人次。")
    for pk in report.passages.filter(text__contains="{").values_list("pk", flat=True)[2:]:
        models.Passage.objects.filter(pk=pk).update(text="没有数字。")

    few = questions(lin, report)

    assert many == few
    assert many <= 30


def questions(client, report) -> int:
    client.get(f"/drafting/{report.pk}/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(f"/drafting/{report.pk}/").status_code == 200
    return len(asked)


def test_a_number_typed_by_hand_is_found_at_once_with_what_it_may_be(lin, passage):
    said = keep(lin, passage, "期内服务47.2万人次，新增{VOL-05}支。").json()

    assert [f for f in said["findings"] if f["passage"] == passage.pk and f["blocking"]]
    assert "未溯源" in said["checked"]
    assert 'data-bind="{VOL-03}"' in said["checked"]
    assert said["printed"] == {"{VOL-05}": "12"}
    assert said["lock"] == 2


def test_who_was_overtaken_gets_both_texts_and_overwrites_nothing(lin, cast, passage):
    keep(lin, passage, "甲写的一句。")

    answer = keep(lin, passage, "乙写的一句。", lock=1)

    said = answer.json()
    assert answer.status_code == 409
    assert said["theirs"] == {"heading": passage.heading, "text": "甲写的一句。", "lock": 2}
    assert "<ins>" in said["html"]
    assert "<del>" in said["html"]
    passage.refresh_from_db()
    assert passage.text == "甲写的一句。"


def test_what_two_changed_in_different_places_is_merged_for_the_second(lin, cast, passage):
    before = passage.text
    keep(lin, passage, f"今年以来，{before}")

    answer = keep(lin, passage, f"{before}成效明显。", lock=1)

    html = answer.json()["html"]
    assert "两人改的不是同一处" in html
    assert f"今年以来，{before}成效明显。</textarea>" in html
    assert "d-clash" not in html


def test_what_two_changed_in_the_same_place_is_shown_side_by_side(lin, cast, passage):
    keep(lin, passage, f"{passage.text}甲续写。")

    html = keep(lin, passage, f"{passage.text}乙续写。", lock=1).json()["html"]

    assert "有 1 处两人都改了" in html
    assert 'data-mine="乙续写。" data-theirs="甲续写。"' in html


def test_without_a_program_the_merged_text_is_offered_too(lin, cast, passage):
    before = passage.text
    keep(lin, passage, f"今年以来，{before}")
    fields = {"heading": passage.heading, "text": f"{before}成效明显。", "lock": 1}

    answer = lin.post(f"/drafting/passages/{passage.pk}/", fields, headers={"Accept": "text/html"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "用合并后的保存" in page
    assert f'value="今年以来，{before}成效明显。"' in page
    assert f"{before}成效明显。</textarea>" in page


def test_whole_versions_are_compared_on_a_page(lin, zhou, cast, passage, report):
    keep(lin, passage, passage.text.replace("{VOL-04}", "{VOL-04|exact}"))

    page = lin.get(f"/drafting/{report.pk}/compare/").content.decode()
    unknown = lin.get(f"/drafting/{report.pk}/compare/?old=x")

    assert "<del>176.3万</del>" in page
    assert "<ins>1763015.5</ins>" in page
    assert "改变的段落 <small>1 段" in page
    assert unknown.status_code == 409
    assert zhou.get(f"/drafting/{report.pk}/compare/").status_code == 404


def test_a_line_break_is_refused_with_a_reason(lin, passage):
    answer = keep(lin, passage, "第一行\n第二行")

    assert answer.status_code == 422
    assert "请另加一段" in answer.json()["reason"]


def test_a_street_writes_only_the_passages_given_to_it(lin, chen, cast, passage, report):
    other = report.passages.filter(text__contains="{VOL-10}").get()
    given = {"who": cast.henggang.code, "due_on": "2099-07-10"}
    lin.post(f"/drafting/passages/{passage.pk}/assign/", given)

    kept, refused = keep(chen, passage, "街道写的一句。"), keep(chen, other, "不该写的一句。")

    assert (kept.status_code, refused.status_code) == (200, 403)
    assert "没有分给您写" in refused.json()["reason"]
    assert chen.get("/inbox/").content.decode().count("分给我写的段落") >= 1


def test_a_passage_is_written_in_a_plain_form_without_a_program(lin, passage):
    address = f"/drafting/passages/{passage.pk}/"
    shown = lin.get(address).content.decode()

    kept = lin.post(address, {"heading": passage.heading, "text": "改过的一句。", "lock": 1})
    late = lin.post(address, {"heading": passage.heading, "text": "又一句。", "lock": 1})

    assert "{VOL-04}" in shown
    assert kept["Location"] == f"/drafting/{passage.report_id}/#passage-{passage.pk}"
    assert late.status_code == 422
    text = late.content.decode()
    assert "改过的一句。" in text
    assert "又一句。" in text
    assert 'name="lock" value="2"' in text


def test_versions_are_compared_with_printed_figures(lin, passage):
    keep(lin, passage, "服务{VOL-04}小时。")

    text = lin.get(f"/drafting/passages/{passage.pk}/changes/").content.decode()

    assert "<del>" in text
    assert "176.3万" in text
    assert "{VOL-04}" not in text


def test_the_panel_of_a_chip_previews_another_wording(lin, report, passage):
    address = f"/drafting/{report.pk}/token/"
    usual = lin.get(address, {"token": "{VOL-02}", "passage": passage.pk}, headers=HTMX)
    exact = lin.get(
        address, {"code": "VOL-02", "way": "exact", "passage": passage.pk}, headers=HTMX
    )
    near = lin.get(address, {"code": "VOL-02", "way": "near", "step": ""}, headers=HTMX)
    wrong = lin.get(address, {"code": "NOT-99"}, headers=HTMX)

    assert 'data-printed="超2.7万"' in usual.content.decode()
    assert 'data-says="{VOL-02|exact}" data-printed="27123"' in exact.content.decode()
    assert 'data-says="{VOL-02|near:1000}" data-printed="近2.8万"' in near.content.decode()
    assert wrong.status_code == 409


def test_figures_to_insert_are_told_with_what_they_print(lin, report):
    told = lin.get(f"/drafting/{report.pk}/figures/").json()["figures"]

    hours = next(one for one in told if one["code"] == "VOL-04")
    assert (hours["said"], hours["token"]) == ("176.3万", "{VOL-04}")


def test_a_remark_waits_for_the_writer_until_it_is_settled(lin, chen, cast, passage, report):
    services.assign(
        passage=passage, department="", street=cast.henggang, due_on=None, at=AT, by=cast.lin
    )
    chen.post(f"/drafting/passages/{passage.pk}/remark/", {"text": "请补充二季度的情况"})
    waiting = lin.get("/inbox/").content.decode()
    remark = models.Remark.objects.get()

    lin.post(f"/drafting/remarks/{remark.pk}/settle/")

    remark.refresh_from_db()
    assert "请补充二季度的情况" in waiting
    assert remark.settled_by_id == cast.lin.person_id


def test_words_are_declared_fixed_by_the_person_signed_in(lin, cast, passage, report):
    keep(lin, passage, "开展读懂2022宣讲。")

    lin.post(
        f"/drafting/{report.pk}/fixed/", {"words": "读懂2022", "reason": "活动名称"}, headers=HTMX
    )

    fixed = models.FixedWording.objects.get()
    assert fixed.person_id == cast.lin.person_id
    back = lin.post(f"/drafting/fixed/{fixed.pk}/withdraw/")
    assert back.status_code == 302
    assert not models.FixedWording.objects.exists()


def test_a_promise_is_written_changed_and_dropped(lin, cast, report):
    fields = {"text": "再建一批团组织", "org": "440307", "code": "DIR-01", "target": "120"}
    lin.post(f"/drafting/{report.pk}/plan/", fields | {"due_on": "2022-12-31"})
    item = models.PlanItem.objects.get()

    lin.post(f"/drafting/plan/{item.pk}/", fields | {"target": "150"})
    item.refresh_from_db()
    lin.post(f"/drafting/plan/{item.pk}/drop/")

    assert item.target == 150
    assert "再建一批团组织" not in lin.get(f"/drafting/{report.pk}/?tab=plan").content.decode()


def test_a_proposed_problem_goes_behind_the_last_one(lin, report):
    fields = {"key": "a", "heading": "建团进度偏慢", "text": "全年目标完成{DIR-01}家。"}

    lin.post(f"/drafting/{report.pk}/problems/", fields)

    headings = list(report.passages.order_by("place").values_list("heading", flat=True))
    after = headings[headings.index("建团进度偏慢") + 1]
    assert "工作思路" in after


def test_passages_are_added_moved_removed_and_put_back(lin, report, passage):
    address = f"/drafting/passages/{passage.pk}/"
    lin.post(f"{address}add/", {"kind": "run_in", "heading": "新的一条"})
    made = models.Passage.objects.get(heading="新的一条")

    lin.post(f"/drafting/passages/{made.pk}/move/", {"way": "up"})
    order = list(report.passages.order_by("place").values_list("pk", flat=True))
    removed = lin.post(f"/drafting/passages/{made.pk}/remove/")
    shown = lin.get(removed["Location"]).content.decode()
    lin.post(f"/drafting/passages/{made.pk}/restore/")

    made.refresh_from_db()
    assert order.index(made.pk) == order.index(passage.pk) - 1
    assert "恢复这一段" in shown
    assert made.removed_at is None


def test_the_ending_is_kept(lin, report):
    fields = {"signature": "共青团龙岗区委员会", "dated_on": "2022-07-05", "contact": ""}

    lin.post(f"/drafting/{report.pk}/ending/", fields)

    assert "2022年7月5日" in lin.get(f"/drafting/{report.pk}/").content.decode()


@pytest.mark.parametrize("tab", ["checked", "remarks", "problems", "plan"])
def test_every_tab_opens_by_itself_and_in_the_page(lin, report, tab):
    alone = lin.get(f"/drafting/{report.pk}/?tab={tab}", headers=HTMX)
    whole = lin.get(f"/drafting/{report.pk}/?tab={tab}")

    assert "<html" not in alone.content.decode()
    assert whole.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "",
        "?tab=plan",
        "figures/",
        "token/?token={VOL-02}",
        "ending/",
        "report.docx",
    ],
)
def test_a_street_elsewhere_finds_no_report_of_the_district(zhou, report, path):
    assert zhou.get(f"/drafting/{report.pk}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "side/", "changes/"])
def test_a_street_elsewhere_finds_no_passage_of_the_district(zhou, passage, path):
    assert zhou.get(f"/drafting/passages/{passage.pk}/{path}").status_code == 404


def test_the_list_shows_reports_in_reach(lin, zhou, report):
    assert report.title in lin.get("/drafting/").content.decode()
    assert report.title not in zhou.get("/drafting/").content.decode()


def test_the_document_is_given_as_it_reads_now(lin, report):
    answer = lin.get(f"/drafting/{report.pk}/report.docx")

    assert answer.content[:2] == b"PK"
