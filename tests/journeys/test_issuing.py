"""A report from its opening to its correction, in one walk: written, frozen, signed, issued, mended."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from qinghe.analytics import frozen, rebuild
from qinghe.analytics.models import Freezing
from qinghe.edges.jobs import worker
from qinghe.kernel.access import queries as access
from qinghe.kernel.people.models import Person
from qinghe.lib import periods
from qinghe.reports.drafting.models import Passage, Report
from qinghe.reports.half_year import printing
from qinghe.reports.issuing.models import Issue
from qinghe.systems.volunteering import services as volunteering
from qinghe.systems.volunteering.models import Attendance

from . import demo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DRAFTER, SIGNER = "linqing", "luoheng"
LONG = 30_000


@pytest.fixture
def desk(browser_page, live_server, monkeypatch, small_demo):
    """Fill the small demo and open it as the drafter."""
    monkeypatch.setattr(printing, "PROGRAMS", ())  # the PDF has a test of its own
    demo.fill(small_demo)

    def sit(account):
        demo.enter(browser_page, account, base_url=live_server.url)
        return browser_page

    return sit


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()


def freeze(page, *, reason=""):
    follow(page, "再次封存" if reason else "封存数字")
    page.get_by_label("先重新汇总数据").uncheck()
    if reason:
        page.get_by_label("再次封存的原因").fill(reason)
    press(page, "封存")
    page.wait_for_url("**/jobs/**")
    worker.work_off()
    expect(page.get_by_text("已封存2022年上半年的")).to_be_visible(timeout=LONG)


def send_round(page, report):
    page.goto(f"/issuing/{report.pk}/")
    follow(page, "送审签")
    page.get_by_label("核稿人").select_option(label="林青（龙岗区）")
    page.get_by_label("罗衡（龙岗区）").check()
    page.get_by_label("签发人").select_option(label="罗衡（龙岗区）")
    press(page, "送审签")
    page.get_by_text("已送审签").wait_for()


def sign(page, *, step, words=""):
    page.goto("/inbox/")
    page.locator("[data-row] [data-open]", has_text=step).first.click()
    page.get_by_role("heading", name=step).first.wait_for()
    if words:
        page.get_by_label("意见").fill(words)
    press(page, "同意")
    page.get_by_text(f"已{step}同意").wait_for()


def sign_all(desk):
    sign(desk(DRAFTER), step="核稿")
    sign(desk(SIGNER), step="会签", words="数字已核对")
    sign(desk(SIGNER), step="签发")


def issue(page, report, *, word=""):
    page.goto(f"/issuing/{report.pk}/")
    expect(page.get_by_text("已签发待印发").first).to_be_visible()
    follow(page, "编号印发")
    page.get_by_label("机关代字").fill(word)
    press(page, "印发")
    page.wait_for_url("**/issued/**", timeout=LONG)
    return Issue.objects.get(report=report)


def mend_a_record():
    """Strike out one service of the half-year, as its organiser does, and count again."""
    officer = Person.objects.get(number="P001")
    now = timezone.now()
    by = access.actor_of_person(officer.pk, officer.name, periods.local_day(now))
    found = Attendance.objects.filter(
        state=Attendance.State.EFFECTIVE,
        session__day__range=("2022-01-01", "2022-06-30"),
        minutes__gt=0,
    ).order_by("pk")[0]
    volunteering.void_attendance(attendance=found, reason="重复登记", at=now, by=by)
    rebuild.in_this_process(at=now + timedelta(seconds=1))
    return found


def test_a_report_is_opened_edited_checked_frozen_issued_and_corrected(desk):
    page = desk(DRAFTER)
    page.goto(f"/report/?{demo.HALF}")
    if page.get_by_role("button", name="开始起草").count():
        press(page, "开始起草")
    page.wait_for_url("**/drafting/**")
    report = Report.objects.get(org__code="440307", period="2022H1", version=1)

    # Edited and checked: what is typed by hand is found, and keeps the report from being signed.
    passage = next(
        each for each in report.passages.filter(kind=Passage.Kind.RUN_IN) if "{VOL-04}" in each.text
    )
    field = page.locator(f'[data-passage="{passage.pk}"][data-field="text"]')
    field.click()
    field.evaluate(
        "field => { getSelection().selectAllChildren(field); getSelection().collapseToEnd(); }"
    )
    page.keyboard.type("另有500人。")
    expect(page.locator("#saving")).to_have_text("已保存", timeout=LONG)
    expect(page.locator(".d-finding", has_text="未溯源")).to_be_visible(timeout=LONG)
    follow(page, "封存与送审")
    freeze(page)
    page.goto(f"/issuing/{report.pk}/submit/")
    page.get_by_label("核稿人").select_option(label="林青（龙岗区）")
    page.get_by_label("签发人").select_option(label="罗衡（龙岗区）")
    press(page, "送审签")
    expect(page.get_by_text("还有1处必须改正的问题")).to_be_visible()
    page.goto(f"/drafting/{report.pk}/")
    field.click()
    field.evaluate(
        "field => { getSelection().selectAllChildren(field); getSelection().collapseToEnd(); }"
    )
    for _ in "另有500人。":
        page.keyboard.press("Backspace")
    page.keyboard.type("青年踊跃参与。")
    expect(page.locator("#saving")).to_have_text("已保存", timeout=LONG)
    expect(page.locator(".d-finding", has_text="未溯源")).to_have_count(0, timeout=LONG)

    # Signed by several hands, numbered and issued.
    send_round(page, report)
    sign_all(desk)
    page = desk(DRAFTER)
    first = issue(page, report, word="龙团")
    before = page.locator(".r-sheet").inner_text()
    assert "青年踊跃参与。" in before
    assert "龙团〔2022〕1号" in page.locator(".q-head").inner_text()
    page.locator(".r-sheet .r-number", has_text="540").first.click()
    expect(page.locator("#panel")).to_contain_text("第 1 次")

    # A record is mended afterwards: what was issued says what it said, down to its records.
    struck = mend_a_record()
    page.reload()
    assert page.locator(".r-sheet").inner_text() == before
    page.goto(f"/frozen/{first.freezing_id}/VOL-03/440307/")
    expect(page.locator("#records")).to_contain_text("共 540 条")

    # Corrected: a version of its own, with what changed and by which record.
    page.goto(f"/issued/{first.pk}/")
    follow(page, "更正")
    page.get_by_label("更正原因").fill("核减一条重复登记的服务记录")
    press(page, "开始更正")
    page.get_by_text("已开始第2版").wait_for()
    second_report = Report.objects.get(version=2, corrects=report)
    freeze(page, reason="核减一条重复登记")
    send_round(page, second_report)
    sign_all(desk)
    page = desk(DRAFTER)
    second = issue(page, second_report, word="龙团")
    assert second.number == "龙团〔2022〕2号"
    expect(page.get_by_text("更正说明")).to_be_visible()
    page.goto(f"/issuing/{second_report.pk}/changes/")
    row = page.locator("tr", has_text="VOL-03").filter(has_text="龙岗区")
    assert row.locator("td").nth(1).inner_text() == "540"
    assert row.locator("td").nth(2).inner_text() == "539"
    row.get_by_role("link", name="看是哪些记录").click()
    expect(page.locator(".q-card", has_text="不再计入的记录")).to_contain_text("1 条")
    page.goto(f"/issued/{first.pk}/")
    expect(page.get_by_text("这一版已更正")).to_be_visible()
    assert page.locator(".r-sheet").inner_text() == before

    old, new = Freezing.objects.order_by("number")
    differing = frozen.differing(old, new, code="VOL-03", org_id=report.org_id)
    assert (differing.added, differing.removed) == ([], [struck.pk])
    assert frozen.recount(old).equal
    assert frozen.recount(new).equal
