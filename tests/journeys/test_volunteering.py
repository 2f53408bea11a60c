"""Volunteering from the first tap to the printed number, in one chain, on phones and desks.

Register → found a team → publish → sign up over capacity → promoted → check in by the rotating code
with the network cut → reconnect → check out → hours in force → star on notice → certificate checked
by anybody → the figure rises by that session and leads back to it.
"""

import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from qinghe.analytics import rebuild
from qinghe.kernel.access import services as access
from qinghe.kernel.consent import services as consents
from qinghe.kernel.notices.models import Outgoing
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import services, tasks
from qinghe.systems.volunteering.models import Attendance, Scan, Session, Team, Volunteer
from tests import cast as casting

from .june import June, fits

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
STREET, DISTRICT, FOUNDERS = "street", "district", ("gu1", "gu2", "gu3", "gu4")
PASSWORD = "seven quiet herons"
TITLE = "公园净滩"
PATIENCE = 120_000  # milliseconds
FIGURE = "/figures/VOL-02/2024H1/440307/"


@pytest.fixture
def year(transactional_db, settings, open_browser, live_server, monkeypatch) -> June:
    """Stand up a street with its secretary, the district's officer and four volunteers."""
    settings.QINGHE_SMS = "outbox"
    consents.enter_missing(at=casting.NOW, by=casting.CLERK)
    cast = casting.make_cast()
    for username, actor in ((STREET, cast.chen), (DISTRICT, cast.lin)):
        open_account(Person.objects.get(pk=actor.person_id), username)
    for place, username in enumerate(FOUNDERS, start=1):
        person = casting.make_person(f"G{place}", f"谷小{'一二三四'[place - 1]}")
        open_account(person, username)
        Volunteer.objects.create(
            number=f"ZG{place}", person=person, org=cast.hongmian, state="registered",
            applied_on=date(2021, 3, 1), registered_on=date(2021, 3, 5),
        )  # fmt: skip
    year = June(open_browser, live_server.url, month="2024")
    year.turn_to("03-01 09:00")
    monkeypatch.setattr(timezone, "now", year.now)
    return year


def open_account(person: Person, username: str) -> None:
    access.open_account(person=person, username=username, at=casting.NOW, by=casting.CLERK)


def test_from_registering_to_the_number_in_the_report(year):
    phone, desk = year.phone(), year.desk(STREET)
    leader = register(phone)
    settle(desk, "通过")
    year.enter(phone, leader)
    found_team(year, phone, desk, leader)
    session = publish(year, phone, leader)
    other = year.phone(FOUNDERS[0])
    promoted(year, other, session)
    assert not Attendance.objects.exists()

    serve(year, phone, other, session, leader)
    in_force(other)
    star(year, other, desk)
    certificate(year, other)

    page = year.desk(DISTRICT)
    rebuild.in_this_process(at=year.now())
    page.goto(
        FIGURE, timeout=PATIENCE
    )  # every figure of the half-year is counted for the first time
    assert number_of(page) == 1  # where there was no session before
    page.get_by_role("link", name="查看背后的记录").click()
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


# ── Registering, founding, publishing ────────────────────────────────────────────────────────────


def register(page: Page) -> str:
    """Register on the phone, of age; return the account."""
    page.goto("/register/")
    page.get_by_label("注册所必需").check()
    page.get_by_role("button", name="同意并继续").click()
    page.get_by_label("手机号码").fill("13800138000")
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_text("138****8000").wait_for()
    sent = Outgoing.objects.order_by("-pk").first().text
    page.get_by_label("验证码").fill(re.search(r"\d{6}", sent).group())
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("姓名").fill("禾大田")
    page.get_by_label("出生日期").fill("1995-05-04")
    page.get_by_label("女").check()
    page.get_by_role("searchbox", name="社区或学校").press_sequentially("红棉")
    page.get_by_label("红棉社区").check()
    page.get_by_label("设置密码").fill(PASSWORD)
    page.get_by_label("再输一次密码").fill(PASSWORD)
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("heading", name="注册完成").wait_for()
    return page.locator(".p-big").inner_text()


def settle(desk: Page, step: str) -> None:
    """Do what waits in the inbox by its button."""
    desk.goto("/inbox/")
    button = desk.get_by_role("button", name=f"{step}：").first
    what = button.get_attribute("aria-label")
    button.click()
    expect(desk.get_by_role("button", name=what, exact=True)).to_have_count(0)


def found_team(year: June, phone: Page, desk: Page, leader: str) -> None:
    phone.goto("/volunteering/mine/teams/")
    phone.get_by_role("link", name="申请成立队伍").click()
    phone.get_by_label("队伍名称").fill("红棉净滩队")
    phone.get_by_label("其他发起成员志愿者编号").fill("ZG1，ZG2，ZG3")
    phone.get_by_role("button", name="提交申请").click()
    phone.get_by_text("至少5名").last.wait_for()  # and what was typed is still there
    phone.get_by_label("其他发起成员志愿者编号").fill("ZG1，ZG2，ZG3，ZG4")
    phone.get_by_role("button", name="提交申请").click()
    phone.get_by_text("已同意 1 名，须满 5 名").wait_for()
    assert fits(phone)
    for one in FOUNDERS:
        year.enter(phone, one)
        phone.goto("/volunteering/mine/teams/")
        phone.get_by_role("button", name="接受 红棉净滩队 的邀请").click()
    settle(desk, "通过")

    year.turn_to("03-12 09:00")
    year.enter(desk, STREET)
    settle(desk, "准予成立")
    assert Team.objects.get().state == "approved"
    year.enter(phone, leader)


def publish(year: June, phone: Page, leader: str) -> Session:
    """Publish for the 23rd, one place, by whoever leads the team."""
    phone.goto("/volunteering/activities/new/")
    told = {
        "活动名称": TITLE,
        "活动内容": "清理河岸垃圾",
        "风险提示": "临水，注意防滑",
        "咨询联系方式": "禾大田",
        "详细地址": "人民公园北门",
        "开始时间": "2024-03-23T09:00",
        "结束时间": "2024-03-23T11:00",
        "岗位名称": "净滩",
        "招募人数": "1",
    }
    for label, words in told.items():
        phone.get_by_label(label).fill(words)
    assert fits(phone)
    phone.locator("main form button[type=submit]").last.click()
    expect(phone.get_by_role("heading", name=TITLE)).to_be_visible()
    return Session.objects.get()


# ── Signing up over capacity ─────────────────────────────────────────────────────────────────────


def promoted(year: June, page: Page, session: Session) -> None:
    """Let the one place go to the second, wait for it as the first, and be offered it."""
    year.enter(page, FOUNDERS[1])
    sign_up(page, session, "报名")
    year.enter(page, FOUNDERS[0])
    sign_up(page, session, "候补")
    year.enter(page, FOUNDERS[1])
    page.goto("/volunteering/mine/sign-ups/")
    page.get_by_role("button", name="取消").click()
    tasks.keep_sign_ups(at=year.now())
    year.enter(page, FOUNDERS[0])
    page.goto("/volunteering/mine/sign-ups/")
    assert fits(page)
    page.get_by_role("button", name="确认参加").click()
    page.get_by_text("已报名").first.wait_for()


def sign_up(page: Page, session: Session, name: str) -> None:
    page.goto("/volunteering/mine/find/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def number_of(page: Page) -> int:
    told = re.search(r"\d+", page.locator(".r-big").first.inner_text())
    return int(told.group()) if told else 0


# ── The day ──────────────────────────────────────────────────────────────────────────────────────


def serve(year: June, phone: Page, other: Page, session: Session, leader: str) -> None:
    """Check in by the code of a phone without a network; one more by card, sent when it is back."""
    year.turn_to("03-23 08:55")
    year.enter(phone, leader)
    phone.goto(f"/volunteering/spot/{session.pk}/")
    phone.locator("[data-ready=yes]").wait_for()
    phone.context.set_offline(True)
    phone.reload()
    phone.get_by_text("没有网络").wait_for()
    phone.locator("[data-part=code] svg").wait_for()

    year.enter(other, FOUNDERS[0])
    by_digits(other, phone, session)
    other.get_by_text("已签到").wait_for()
    phone.get_by_label("志愿者编号").fill("ZG3")  # who came without a sign-up, by card
    phone.get_by_role("button", name="登记", exact=True).click()
    phone.get_by_text("待上传 1 条").wait_for()
    assert Scan.objects.count() == 1
    phone.context.set_offline(False)
    phone.get_by_text("没有待上传的扫码").wait_for()
    expect(phone.locator("[data-part=results] .q-tag-good")).to_have_count(1)

    year.turn_to("03-23 11:00")
    year.enter(phone, leader)
    phone.goto(f"/volunteering/spot/{session.pk}/")
    phone.get_by_text("签退", exact=True).click()
    phone.locator("[data-part=code] svg").wait_for()
    year.enter(other, FOUNDERS[0])
    by_digits(other, phone, session)
    other.get_by_text("已签退").wait_for()
    phone.get_by_role("button", name="ZG3 签退").click()
    phone.locator("[data-part=results] .q-tag-good").wait_for()
    assert [*Attendance.objects.values_list("state", flat=True)] == ["effective"] * 2


def by_digits(page: Page, door: Page, session: Session) -> None:
    """Type the digits that the leader's phone shows at this moment."""
    page.goto("/volunteering/mine/scan/")
    page.get_by_label("场次号").fill(str(session.pk))
    page.get_by_label("6位数字").fill(
        door.locator("[data-part=digits]").inner_text().replace(" ", "")
    )
    page.get_by_role("button", name="签到或签退").click()


# ── What comes of it ─────────────────────────────────────────────────────────────────────────────


def in_force(page: Page) -> None:
    page.goto("/volunteering/mine/service/")
    expect(page.get_by_label("生效服务时长")).to_contain_text("小时")
    expect(page.get_by_label("服务记录")).to_contain_text(TITLE)
    expect(page.get_by_label("服务记录")).to_contain_text("已生效")
    assert fits(page)


def star(year: June, page: Page, desk: Page) -> None:
    """Ask for a star over hours brought along, have it agreed to, and see it on public notice."""
    volunteer = Volunteer.objects.get(number="ZG1")
    brought = services.Carried(volunteer.pk, 120 * 60, date(2023, 12, 31))
    officer = casting.actor(Person.objects.get(number="P001"))
    services.carry_hours(carried=[brought], source="旧系统", at=year.now(), by=officer)
    year.turn_to("04-01 09:00")
    district = year.desk(DISTRICT)
    district.goto("/volunteering/stars/new/")
    for label, day in (("开始", "2024-04-01"), ("截止", "2024-04-30")):
        district.get_by_label(f"申报{label}").fill(day)
    district.get_by_role("button", name="建立", exact=True).click()
    expect(district.get_by_text("符合条件的志愿者")).to_be_visible()

    year.enter(page, FOUNDERS[0])
    page.goto("/volunteering/mine/stars/")
    page.get_by_role("button", name="申请 1 星").click()
    year.enter(desk, STREET)
    settle(desk, "同意")
    year.enter(page, "")
    page.goto("/volunteering/public/stars/")
    expect(page.get_by_label("公示名单")).to_contain_text("ZG1")
    assert fits(page)


def certificate(year: June, page: Page) -> None:
    """Make a certificate on the phone; anybody checks it by number and code."""
    year.enter(page, FOUNDERS[0])
    page.goto("/volunteering/mine/certificates/")
    page.get_by_label("服务起始日期").fill("2024-03-01")
    page.get_by_label("服务截止日期").fill("2024-03-31")
    page.get_by_role("button", name="开具").click()
    made = page.get_by_label("已开具")
    code = re.search(r"查验码 (\S+)", made.inner_text()).group(1)
    paper = made.get_by_role("link", name="PDF").get_attribute("href")
    assert page.request.get(paper).headers["content-type"] == "application/pdf"

    year.enter(page, "")
    page.goto("/volunteering/public/certificates/")
    page.get_by_label("编号").fill(Path(paper).stem)
    page.get_by_label("查验码").fill(code)
    page.get_by_role("button", name="查验").click()
    expect(page.get_by_label("查验结果")).to_contain_text("与平台现在的服务记录一致")
    assert fits(page)
    assert User.objects.count() == 2 + len(FOUNDERS) + 1
