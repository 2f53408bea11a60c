"""From the first registration to the figure: a volunteer, a team, a session, a star, a certificate.

Everything a person does is done in the browser: on phones by who serves and leads, at the desk by the
officers. The clock of the server and of all phones is moved together from day to day of June 2022.

Register → found a team → publish → sign up over capacity → promoted → check in by the rotating code
with the network cut → reconnect → check out → hours in force → star on notice → certificate checked
by anybody → the figures rise by that session and lead back to it.
"""

import json
import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db.models import Sum
from django.utils import timezone
from playwright.sync_api import Page, expect

from qinghe.analytics import rebuild
from qinghe.demo import cast as demo_cast
from qinghe.demo import lived, story
from qinghe.demo.sizes import TOLD_AT
from qinghe.kernel.access.actors import Role
from qinghe.kernel.notices.models import Outgoing
from qinghe.kernel.orgs import queries as orgs
from qinghe.systems.volunteering import rules, services, tasks
from qinghe.systems.volunteering.models import (
    Attendance,
    Certificate,
    Scan,
    Team,
    TeamScheme,
    Volunteer,
)
from tests import cast as casting

from .founding import (
    OTHER_TEAM,
    TEAM,
    agree,
    founders,
    hand_in,
    neighbours,
    open_account,
    propose,
    settle,
)
from .june import June, fits
from .test_from_the_sentence_to_the_record import TINY

pytestmark = [pytest.mark.once, pytest.mark.slow]
PASSWORD = "seven quiet herons"
HOME = ("440307013002", "岗头社区")  # 周远 is its secretary
WORK = "岗头公园净园"
FIGURES = ("VOL-02", "VOL-03", "VOL-04")
SESSIONS = "/figures/VOL-02/2022H1/440307/"
FIRST_STAR = 100 * 60


@pytest.fixture
def june(transactional_db, open_browser, live_server, settings, monkeypatch) -> June:
    """Tell a tiny half-year, where the rules of 2023 for teams hold already, and stop at 1 June."""
    settings.QINGHE_SMS = "outbox"
    story.begin(size=TINY, token="a-door-of-this-test", at=timezone.now())
    lived.tell_by_services(size=TINY, by=demo_cast.officer(), say=lambda words: None)
    TeamScheme.objects.filter(version=2).update(starts_on=date(2022, 1, 1))
    street = orgs.by_code(HOME[0]).parent
    casting.with_role("P098", "夏新", role=Role.STREET_SECRETARY, org=street)
    open_account("P098", "xiaxin")
    rebuild.in_this_process(at=TOLD_AT)
    june = June(open_browser, live_server.url)
    june.turn_to("01 09:00")
    monkeypatch.setattr(timezone, "now", june.now)
    return june


def printed(page: Page) -> dict[str, str]:
    """Return the figures as the sentences of the report print them."""
    page.goto("/report/")
    return {
        code: page.locator(f'a.r-number[href*="/{code}/"]').first.inner_text() for code in FIGURES
    }


def register(page: Page) -> str:
    """Register oneself, and return under which account."""
    page.goto("/register/")
    page.get_by_label("注册所必需").check()
    page.get_by_role("button", name="同意并继续").click()
    page.get_by_label("手机号码").fill("13800138000")
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_text("138****8000").wait_for()
    code = re.search(r"\d{6}", Outgoing.objects.order_by("-pk").first().text).group()
    page.get_by_label("验证码").fill(code)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("姓名").fill("苗小青")
    page.get_by_label("出生日期").fill("1996-04-12")
    page.get_by_label("女").check()
    page.get_by_role("searchbox", name="社区或学校").press_sequentially("岗头")
    page.get_by_label(HOME[1]).check()
    page.get_by_label("设置密码").fill(PASSWORD)
    page.get_by_label("再输一次密码").fill(PASSWORD)
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("heading", name="注册完成").wait_for()
    return page.locator(".p-big").inner_text()


def sign_in(page: Page, username: str) -> None:
    page.goto("/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("heading", name="我的", exact=True).wait_for()


def found_a_team(june: June, page: Page, username: str, others: list[Volunteer]) -> None:
    """Apply for one on the phone and for one at the desk; the street reviews both, one stands."""
    clerk, street = june.desk("zhouyuan"), june.desk("xiaxin")
    settle(clerk, "^通过：苗")
    page.goto("/notices/")
    page.get_by_text("志愿者注册已通过").first.wait_for()
    propose(page, [one.number for one in others])
    agree(june, others)
    hand_in(clerk, [one.number for one in others])
    settle(street, f"^通过.*{TEAM}")
    settle(street, f"^通过.*{OTHER_TEAM}")

    anybody = june.phone()
    anybody.goto("/volunteering/public/teams/")
    expect(anybody.get_by_text("公示至 2022-06-09")).to_have_count(2)
    assert fits(anybody)
    june.turn_to("10 09:30")  # the third was a holiday, the fifth and sixth a weekend and a holiday
    june.enter(street, "xiaxin")
    settle(street, f"^准予成立.*{TEAM}")
    assert Team.objects.get(name=TEAM).state == "approved"
    sign_in(page, username)
    page.goto("/notices/")
    page.get_by_text("志愿队伍已准予成立").first.wait_for()


def publish(page: Page) -> None:
    """The new head publishes an activity of the team, with one session and two places."""
    page.goto("/")
    page.get_by_role("link", name="发布活动").click()
    page.get_by_label("活动名称").fill(WORK)
    page.get_by_label("服务类别").select_option("环境保护")
    page.get_by_label("活动内容").fill("清理步道垃圾，手套和垃圾袋现场发。")
    page.get_by_label("风险提示").fill("户外高温，请带水、防晒。")
    page.get_by_label("咨询联系方式").fill("岗头社区 0755-00000000")
    page.get_by_label("详细地址").fill("岗头公园南门")
    page.get_by_label("开始时间").fill("2022-06-18T09:00")
    page.get_by_label("结束时间").fill("2022-06-18T11:00")
    page.get_by_label("招募人数").fill("2")
    assert page.get_by_label("服务队伍编号").input_value() == Team.objects.get(name=TEAM).code
    assert fits(page)
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_text("已发布1场").wait_for()
    page.get_by_role("link", name="2022-06-18 09:00").click()
    page.get_by_role("link", name=TEAM).wait_for()
    assert fits(page)


def sign_up(june: June, people: list[Volunteer]) -> list[Page]:
    """Three want two places: the third waits, moves up when one lets go, and says yes."""
    phones = [june.phone(one.number) for one in people]
    told = ("报名成功", "报名成功", "名额已满，已为您候补")
    for page, words in zip(phones, told, strict=True):
        page.goto("/")
        page.get_by_role("link", name="找活动").click()
        page.get_by_role("link", name=re.compile(WORK)).click()
        assert fits(page)
        page.get_by_role("button", name=re.compile("^(报名|候补)$")).click()
        page.get_by_text(words).wait_for()
    _, second, third = phones
    second.goto("/volunteering/mine/sign-ups/")
    second.get_by_role("button", name="取消").click()
    second.get_by_text("已取消报名").wait_for()
    tasks.keep_sign_ups(at=june.now())
    third.goto("/")
    third.get_by_role("link", name="通知").click()
    third.get_by_text("候补到名额，请确认").first.wait_for()
    third.goto("/")
    third.get_by_role("link", name=WORK).first.click()
    third.get_by_role("button", name="确认参加").click()
    third.get_by_text("已确认参加").wait_for()
    assert fits(third)
    third.goto("/volunteering/mine/sign-ups/")
    third.get_by_text("已报名").first.wait_for()
    assert fits(third)
    return phones


def open_the_door(page: Page, kind: str) -> str:
    """Show the code for coming or leaving, and return the session and the digits on the screen."""
    page.get_by_text("已联网").wait_for()
    page.locator("[data-ready=yes]").wait_for()
    page.get_by_text(kind, exact=True).first.click()
    page.locator("[data-part=code] svg").wait_for()
    return page.locator(".s-digits").inner_text()


def type_the_code(page: Page, shown: str, words: str) -> None:
    """Type what the leader's screen shows, as it stands there."""
    session, digits = re.search(r"场次号 (\d+) · (\d{3} \d{3})", shown).groups()
    page.goto("/")
    page.get_by_role("link", name="输入动态码签到").click()
    page.get_by_label("场次号").fill(session)
    page.get_by_label("6位数字").fill(digits)
    page.get_by_role("button", name="签到或签退").click()
    page.get_by_text(words).wait_for()
    assert fits(page)


def come_without_a_network(leader: Page, first: Page, card: str) -> None:
    """The leader's phone is cut off: its code still opens the door, its scans wait and go once."""
    leader.goto("/")
    leader.get_by_role("link", name=f"现场签到：{WORK}").click()
    open_the_door(leader, "签到")
    taken = []
    leader.on("response", lambda answer: taken.append(answer) if "/batch" in answer.url else None)
    leader.context.set_offline(True)
    leader.get_by_text("没有网络").wait_for()
    leader.reload()  # the page itself is in the device's own store
    leader.get_by_text("没有网络").wait_for()
    leader.locator("[data-part=code] svg").wait_for()
    type_the_code(first, leader.locator(".s-digits").inner_text(), "已签到")
    leader.get_by_label("志愿者编号").fill(card)
    leader.get_by_role("button", name="登记", exact=True).click()
    leader.get_by_text("待上传 1 条").wait_for()
    leader.reload()  # what waits is in the device's own store
    leader.get_by_text("待上传 1 条").wait_for()
    assert fits(leader)
    assert not Scan.objects.filter(volunteer__number=card).exists()

    leader.context.set_offline(False)
    leader.get_by_text("没有待上传的扫码").wait_for()
    expect(leader.locator("[data-part=results] .q-tag-good")).to_have_count(1)
    leader.get_by_role("button", name=f"{card} 签到").wait_for()
    leader.reload()
    open_the_door(leader, "签到")
    leader.get_by_text("没有待上传的扫码").wait_for()
    sent = [
        one["nonce"] for answer in taken for one in json.loads(answer.request.post_data)["scans"]
    ]
    assert sent == [Scan.objects.get(volunteer__number=card).nonce]


def leave(leader: Page, first: Page, card: str) -> None:
    """One leaves by the code of the moment, the other by the leader's list."""
    leader.reload()
    type_the_code(first, open_the_door(leader, "签退"), "已签退")
    leader.get_by_role("button", name=f"{card} 签退").click()
    leader.get_by_text(f"{card} 已签退").wait_for()


def in_force(page: Page) -> None:
    """See on one's phone that the hours count."""
    page.goto("/volunteering/mine/service/")
    expect(page.get_by_label("生效服务时长")).to_contain_text("小时")
    row = page.get_by_label("服务记录").get_by_role("listitem").filter(has_text=WORK)
    expect(row).to_contain_text("已生效")
    assert fits(page)


def reach_a_star(june: June, officer: Page, page: Page, who: Volunteer) -> None:
    """With these two hours the first star is reached: asked for, agreed to, hung out."""
    officer.goto("/volunteering/stars/new/")
    officer.get_by_label("批次名称").fill("2022年度星级志愿者评定")
    officer.get_by_label("时长计至").fill("2022-06-19")
    officer.get_by_label("申报开始").fill("2022-06-20")
    officer.get_by_label("申报截止").fill("2022-06-30")
    officer.get_by_role("button", name="建立").click()
    officer.get_by_text("待审核 0 人").wait_for()
    expect(officer.get_by_text("符合条件的志愿者")).to_be_visible()
    june.enter(page, who.number)
    page.goto("/")
    page.get_by_role("link", name="我的星级和申请").click()
    page.get_by_role("button", name="申请 1 星").click()
    page.get_by_text("已申请1星").wait_for()
    settle(officer, "^同意：.*申报1星")
    anybody = june.phone()
    anybody.goto("/volunteering/public/stars/")
    anybody.get_by_text("公示至 2022-06-27").wait_for()
    expect(anybody.get_by_label("公示名单")).to_contain_text(f"尾号{who.number[-4:]}")
    assert fits(anybody)


def certify(june: June, page: Page) -> None:
    """The record is made at once, and anybody who has number and code may check it."""
    page.goto("/")
    page.get_by_role("link", name="开具服务记录和证明").click()
    page.get_by_label("出具单位").select_option(HOME[1])
    page.get_by_role("button", name="开具", exact=True).click()
    page.get_by_text("已开具 ZM").wait_for()
    assert fits(page)
    kept = page.locator("section", has=page.get_by_role("heading", name="已开具")).inner_text()
    number, code = re.search(r"(ZM\d+).*查验码 (\w+)", kept, re.DOTALL).groups()
    paper = page.context.request.get(page.get_by_role("link", name="PDF").get_attribute("href"))
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")
    anybody = june.phone()
    anybody.goto("/volunteering/public/certificates/")
    anybody.get_by_label("编号").fill(number)
    anybody.get_by_label("查验码").fill(code)
    anybody.get_by_role("button", name="查验").click()
    expect(anybody.get_by_label("查验结果")).to_contain_text("与平台现在的服务记录一致")
    hours = rules.tenths_of_hours(Certificate.objects.get().minutes)
    assert f"{hours} 小时，1 次" in anybody.inner_text("main")
    assert fits(anybody)


def follow_the_figure(page: Page, who: Volunteer) -> None:
    """From the printed hours to the record, and what the trail says of it."""
    page.goto("/report/")
    page.locator('a.r-number[href*="/VOL-04/"]').first.click()
    page.locator("#panel").get_by_text("口径", exact=True).wait_for()
    page.get_by_role("link", name="查看背后的记录").click()
    page.locator("main").get_by_text(f"共 {TINY.person_times + 2} 条").wait_for()
    while not page.get_by_role("row", name=re.compile(WORK)).count():
        page.get_by_role("link", name="下一页").click()
    page.get_by_role("row", name=re.compile(f"{WORK}.*{HOME[1]}")).first.get_by_role(
        "link"
    ).first.click()
    page.get_by_role("link", name=WORK).first.wait_for()
    told = page.locator("main").inner_text()
    assert "签到" in told
    assert "签退" in told


def follow_the_sessions(page: Page, shown: str) -> None:
    """From the page of the figure to the session behind it."""
    page.goto(SESSIONS)
    expect(page.locator(".r-big").first).to_contain_text(re.compile(rf"\b{shown}\b"))
    page.get_by_role("link", name="查看背后的记录").click()
    line = page.locator("main").get_by_role("link", name=WORK)
    page.locator("main").get_by_text(f"共 {shown} 条").wait_for()
    while not line.count():
        page.get_by_role("link", name="下一页").click()
    line.first.click()
    expect(page.get_by_role("heading", name=WORK)).to_be_visible()


def test_a_volunteer_founds_a_team_and_serves_until_the_figure_rises(june):
    people = neighbours()
    first, _, third = people
    officer = june.desk("linqing")
    before = printed(officer)
    others = founders(beside=people)
    accounts = User.objects.count()
    leader = june.phone()
    account = register(leader)
    sign_in(leader, account)
    found_a_team(june, leader, account, others)
    publish(leader)
    phones = sign_up(june, people)
    assert not Attendance.objects.filter(session__title=WORK).exists()

    june.turn_to("18 08:50")
    june.enter(phones[0], first.number)
    sign_in(leader, account)
    come_without_a_network(leader, phones[0], third.number)
    june.turn_to("18 10:57")
    leave(leader, phones[0], third.number)
    new = Attendance.objects.filter(session__title=WORK, state=Attendance.State.EFFECTIVE)
    assert [one.volunteer for one in new.order_by("volunteer__number")] == [first, third]
    in_force(phones[0])
    rebuild.in_this_process(at=timezone.now())

    june.turn_to("20 09:10")
    june.enter(officer, "linqing")
    after = printed(officer)
    assert float(after["VOL-02"]) == float(before["VOL-02"]) + 1
    assert float(after["VOL-03"]) == float(before["VOL-03"]) + 2
    hours = new.aggregate(all=Sum("minutes"))["all"] / 60
    assert float(after["VOL-04"]) == pytest.approx(float(before["VOL-04"]) + hours, abs=0.06)
    follow_the_sessions(officer, after["VOL-02"])
    follow_the_figure(officer, first)

    served = first.attendances.filter(state=Attendance.State.EFFECTIVE)
    here = served.aggregate(all=Sum("minutes"))["all"]
    carried = services.Carried(first.pk, FIRST_STAR - here, date(2021, 12, 31))
    services.carry_hours(
        carried=[carried], source="旧系统清单", at=timezone.now(), by=demo_cast.officer()
    )
    reach_a_star(june, officer, phones[0], first)
    certify(june, phones[0])
    assert User.objects.count() == accounts + 1
