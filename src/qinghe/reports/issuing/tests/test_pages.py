"""The pages of a report's way, and who may not see them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from qinghe.analytics import rebuild
from qinghe.analytics.models import Freezing, FrozenFigure
from qinghe.edges.jobs import worker
from qinghe.edges.jobs.models import Job
from qinghe.kernel.access.models import Account
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting.models import Report
from qinghe.reports.half_year import printing
from qinghe.reports.issuing import models, services

from .makers import NOW, written


@pytest.fixture(autouse=True)
def without_office(monkeypatch):
    monkeypatch.setattr(printing, "PROGRAMS", ())


@pytest.fixture
def enter(house):
    """Open a browser as somebody."""

    def client(actor):
        user = User.objects.create_user(f"user{actor.person_id}")
        Account.objects.create(user=user, person_id=actor.person_id)
        browser = Client()
        browser.force_login(user)
        return browser

    return client


def test_the_way_shows_its_stages_and_the_next_step(house, cast, enter):
    lin = enter(cast.lin)
    way = reverse("issuing:way", args=[house.report.pk])

    before = lin.get(way).content.decode()
    house.freeze()
    after = lin.get(way).content.decode()

    assert "数字还没有封存" in before
    assert "送审签</a>" not in before
    assert "送审签</a>" in after
    for stage in ("拟稿", "封存数字", "核稿", "会签", "签发", "印发"):
        assert f"<b>{stage}</b>" in after


def test_a_report_is_sent_round_from_its_form_and_what_was_typed_is_kept_on_a_refusal(
    house, cast, enter
):
    house.freeze()
    lin = enter(cast.lin)
    address = reverse("issuing:submit", args=[house.report.pk])
    own = {"checker": house.luo.person_id, "signer": cast.lin.person_id}

    refused = lin.post(address, own)
    sent = lin.post(address, {**own, "signer": house.luo.person_id})

    assert (refused.status_code, sent.status_code) == (422, 302)
    assert "签发人不能是拟稿人本人" in refused.content.decode()
    assert models.Circulation.objects.get().state == "going"


def test_a_signer_agrees_or_sends_back_from_the_page_with_the_text(house, cast, enter):
    house.freeze()
    circulation = house.submit()
    signing = circulation.signings.get(step="check")
    lin = enter(cast.lin)

    page = lin.get(reverse("issuing:signing", args=[signing.pk])).content.decode()
    wordless = lin.post(reverse("issuing:send_back", args=[signing.pk]), {"words": ""})
    back = lin.post(reverse("issuing:send_back", args=[signing.pk]), {"words": "再核一遍"})

    assert "服务" in page
    assert "退回修改" in page
    assert (wordless.status_code, back.status_code) == (422, 302)
    assert Report.objects.get().state == Report.State.WRITING
    assert "再核一遍" in lin.get(reverse("issuing:way", args=[house.report.pk])).content.decode()


def test_another_persons_signing_is_not_theirs_to_settle(house, enter):
    house.freeze()
    signing = house.submit().signings.get(step="check")
    luo = enter(house.luo)

    answer = luo.post(reverse("issuing:agree", args=[signing.pk]))

    assert answer.status_code == 409
    assert "由别人签署" in answer.content.decode()


def test_an_issued_report_its_files_and_its_frozen_figures_are_read(house, cast, enter):
    issue = house.issued()
    lin = enter(cast.lin)

    page = lin.get(reverse("issuing:issued", args=[issue.pk])).content.decode()
    figure = reverse("issuing:figure", args=[issue.freezing_id, "TST-02", "440307"])
    files = []
    for which in ("docx", "xlsx", "pdf", "exe"):
        answer = lin.get(reverse("issuing:file", args=[issue.pk, which]))
        files.append((answer.status_code, len(b"".join(answer)) > 0))

    assert f'href="{figure}"' in page
    assert "没有安装 LibreOffice" in page
    assert files == [(200, True), (200, True), (404, True), (404, True)]
    shown = lin.get(figure).content.decode()
    assert "2.8" in shown
    assert "共 3 条" in shown
    assert issue.report.title in lin.get(reverse("issuing:issued_list")).content.decode()


def test_a_correction_shows_both_ways_what_became_of_a_report(house, cast, enter):
    old = house.issued()
    new = house.corrected(old)
    lin = enter(cast.lin)

    before = lin.get(reverse("issuing:issued", args=[old.pk])).content.decode()
    after = lin.get(reverse("issuing:issued", args=[new.pk])).content.decode()
    changes = lin.get(reverse("issuing:changes", args=[new.report_id])).content.decode()
    differing = lin.get(
        reverse("issuing:differing", args=[new.report_id, "TST-02", "440307"])
    ).content.decode()

    assert "这一版已更正" in before
    assert reverse("issuing:issued", args=[new.pk]) in before
    assert "更正说明" in after
    assert "横岗补报" in after
    assert "6.5" in changes
    assert "新增的记录 <small>2 条</small>" in differing


def test_a_correction_that_was_not_frozen_again_says_so(house, cast, enter):
    old = house.issued()
    report = services.correct(issue=old, reason="横岗补报", at=NOW, by=cast.lin)

    changes = enter(cast.lin).get(reverse("issuing:changes", args=[report.pk])).content.decode()

    assert "这一版还没有再次封存" in changes
    assert "只更正了文字" not in changes


def test_a_large_frozen_figure_is_shown_with_its_thousands(house, cast, enter):
    house.ledger.services[0]["minutes"] = 600_000
    house.ledger.store().close()
    issue = house.issued()

    panel = enter(cast.lin).get(
        reverse("issuing:figure", args=[issue.freezing_id, "TST-02", "440307"])
    )

    assert "10,002.0 <small>小时</small>" in panel.content.decode()


def test_a_freezing_is_asked_for_made_by_a_job_and_counted_again_by_another(house, cast, enter):
    lin = enter(cast.lin)

    asked = lin.post(reverse("issuing:freeze") + "?period=2022H1", {})
    worker.work_off()
    assert [(job.state, job.reason[:3]) for job in Job.objects.all()] == [("done", "已封存")]
    freezing = Freezing.objects.get()
    unreasoned = lin.post(reverse("issuing:freeze") + "?period=2022H1", {})
    lin.post(reverse("issuing:recount", args=[freezing.pk]))
    worker.work_off()

    assert asked.status_code == 302
    assert unreasoned.status_code == 422
    assert [job.state for job in Job.objects.order_by("pk")] == ["done", "done"]
    assert Job.objects.latest("pk").reason.startswith("一致")
    page = lin.get(reverse("issuing:freezing", args=[freezing.pk])).content.decode()
    assert "fact-service.parquet" in page
    assert freezing.sha256 in page


def test_facts_are_counted_anew_before_a_freezing_where_that_is_asked_for(
    house, cast, enter, monkeypatch
):
    lin = enter(cast.lin)

    def count_anew():
        house.ledger.serve(102, at=cast.xiangjiaotang.pk)
        house.ledger.store().close()

    monkeypatch.setattr(rebuild, "in_child", count_anew)

    house.freeze()
    lin.post(reverse("issuing:freeze") + "?period=2022H1", {"reason": "补报", "rebuild": "on"})
    worker.work_off()

    assert [(job.state, job.reason[:3]) for job in Job.objects.all()] == [("done", "已封存")]
    first, second = Freezing.objects.order_by("number")
    times = {"code": "TST-01", "org": cast.longgang}
    assert FrozenFigure.objects.get(gathering__freezing=first, **times).value == "3"
    assert FrozenFigure.objects.get(gathering__freezing=second, **times).value == "4"


def test_when_facts_cannot_be_counted_anew_nothing_is_frozen_and_the_reason_is_told(
    house, cast, enter, monkeypatch
):
    def refuse():
        raise Refused("rebuild_failed", "另一次汇总正在进行。")

    monkeypatch.setattr(rebuild, "in_child", refuse)

    enter(cast.lin).post(reverse("issuing:freeze") + "?period=2022H1", {"rebuild": "on"})
    worker.work_off()

    assert (Job.objects.get().state, Job.objects.get().reason) == (
        "refused",
        "另一次汇总正在进行。",
    )
    assert not Freezing.objects.exists()


def test_other_peoples_reports_are_not_there(house, cast, enter):
    issue = house.issued()
    zhou = enter(cast.zhou)

    for address in (
        reverse("issuing:way", args=[house.report.pk]),
        reverse("issuing:submit", args=[house.report.pk]),
        reverse("issuing:issued", args=[issue.pk]),
        reverse("issuing:file", args=[issue.pk, "docx"]),
        reverse("issuing:changes", args=[house.report.pk]),
        reverse("issuing:signing", args=[issue.circulation.signings.first().pk]),
        reverse("issuing:freezing", args=[issue.freezing_id]),
        reverse("issuing:figure", args=[issue.freezing_id, "TST-02", "440307"]),
    ):
        assert zhou.get(address).status_code == 404, address


def test_a_street_may_not_issue_what_is_the_districts(house, cast, enter):
    house.freeze()
    house.sign(house.submit())
    written(cast.henggang, by=cast.chen, sentence="全街道开展志愿服务{TST-01}人次。")
    chen = enter(cast.chen)

    assert chen.get(reverse("issuing:issue", args=[house.report.pk])).status_code == 404
    assert not models.Issue.objects.exists()
