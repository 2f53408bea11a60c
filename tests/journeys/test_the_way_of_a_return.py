"""A return's whole way: asked for, filled offline, sent back, mended, accepted, and read in the report."""

from io import BytesIO

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from qinghe.analytics import rebuild
from qinghe.kernel.access.actors import Role
from qinghe.kernel.access.models import Account
from qinghe.lib import periods
from qinghe.systems.returns import services
from qinghe.systems.returns.models import Filing, ReportForm
from tests import cast

from . import demo

CONTENT = 5  # the workbook's column 填报内容
LINES = {"LOC-01": 40, "LOC-02": 41, "EMG-02": 5}


@pytest.fixture
def people(settings):
    settings.QINGHE_SECOND_FACTOR = False
    return cast.make_cast()


@pytest.fixture
def desk(open_browser, live_server):
    """Give somebody a browser of their own."""

    def sit(who):
        user = User.objects.create_user(f"user{who.person_id}")
        Account.objects.create(user=user, person_id=who.person_id)
        client = demo.Client()
        client.force_login(user)
        page = open_browser()
        demo.carry(client, page, base_url=live_server.url)
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    return sit


def over():
    """Return the half-year that is over by the real clock."""
    today = timezone.localdate()
    return periods.half_year(today.year, 1 if today.month <= 6 else 2).previous()


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def design(page):
    """Design a form of three numbers in the browser, publish it, and ask it of every community."""
    page.goto("/returns/forms/new/")
    page.locator("[name=title]").fill("社区团的工作")
    page.locator("[name=slug]").fill("basics")
    page.locator("[name=period_kind]").select_option("half_year")
    page.locator("[name=levels][value=community]").check()
    for place, code in enumerate(LINES):
        page.locator("#code-words").fill(code)
        page.locator("#codes button", has_text=code).click()
        expect(page.locator("[data-line]")).to_have_count(place + 1)
    page.locator("[name=rules-0-left_code]").fill("LOC-02")
    page.locator("[name=rules-0-right_code]").fill("LOC-01")
    press(page, "再加一条")  # which is left as it comes, and asks nothing
    press(page, "保存")
    press(page, "发布")
    page.get_by_role("link", name="开放报送", exact=True).click()
    today = timezone.localdate().isoformat()
    page.locator("[name=opens_on]").fill(today)
    page.locator("[name=closes_on]").fill(today)
    press(page, "开放报送")
    expect(page.get_by_text(f"已开放{over().label}报送")).to_be_visible()


def filled_offline(page, tmp_path):
    """Fetch the workbook of the open page, fill it as an office program does, and return it."""
    with page.expect_download() as started:
        page.get_by_role("link", name="下载 .xlsx").click()
    book = openpyxl.load_workbook(BytesIO(started.value.path().read_bytes()))
    for row in book.active.iter_rows(min_row=2):
        if row[1].value in LINES:
            row[CONTENT - 1].value = LINES[row[1].value]
    book.save(tmp_path / "filled.xlsx")
    return tmp_path / "filled.xlsx"


def send(page):
    press(page, "报送")
    page.wait_for_url("**/submit/")
    question = page.locator(".r-question input:visible")
    if question.count():
        question.fill("一名团员月底转入，下期评议")
    press(page, "确认报送")
    expect(page.locator("h1 + .q-tag")).to_contain_text("待审核")


def printed(page, code):
    """Count again and return how the report's sentence prints a number."""
    rebuild.in_this_process(at=timezone.now())
    page.goto(f"/report/?org=440307&period={over().name}")
    return page.locator(f'.r-sheet [href*="/{code}/"]').first.inner_text()


@pytest.mark.django_db(transaction=True)
def test_a_number_goes_from_a_workbook_to_the_sentence(desk, people, tmp_path):
    for label in ("已评议团员", "已注册团员"):
        new = services.NewDefinition(label=label, unit="人", meaning=f"期内{label}数。")
        services.define(new=new, at=timezone.now(), by=people.lin)
    secretary = cast.with_role("P050", "洪棉", role=Role.COMMUNITY_SECRETARY, org=people.hongmian)
    lin, hong, chen = desk(people.lin), desk(secretary), desk(people.chen)
    design(lin)
    assert ReportForm.objects.get().rules.count() == 1
    before = printed(lin, "EMG-02")

    # Filled offline, looked over, taken in; what does not fit is answered where it is asked.
    hong.goto("/returns/")
    hong.get_by_role("link", name="填报社区团的工作").click()
    workbook = filled_offline(hong, tmp_path)
    hong.get_by_role("link", name="上传 .xlsx").click()
    hong.locator("main input[type=file]").set_input_files(workbook)
    press(hong, "上传并核对")
    expect(hong.get_by_text("将改动3处")).to_be_visible()
    press(hong, "采用这3处")
    send(hong)
    assert printed(lin, "EMG-02") == before

    # The street sends it back; it is mended and accepted.
    chen.goto("/inbox/")
    chen.locator("[data-row] [data-open]", has_text="社区团的工作").first.click()
    chen.get_by_role("link", name="退回", exact=True).click()
    chen.locator("main textarea").fill("突击队与台账不一致")
    press(chen, "确定退回")
    hong.goto("/returns/")
    hong.get_by_role("link", name="填报社区团的工作").click()
    expect(hong.get_by_text("突击队与台账不一致")).to_be_visible()
    hong.locator("#v-EMG-02").fill("7")
    hong.keyboard.press("Tab")
    expect(hong.locator("#kept")).to_contain_text("已保存")
    send(hong)
    chen.reload()
    press(chen, "通过")
    expect(chen.locator("h1 + .q-tag")).to_contain_text("已通过")

    assert Filing.objects.get(state="accepted").decided_by.startswith("陈穗")
    assert printed(lin, "EMG-02") == "7" != before
