"""The door of a session: a leader scans while the network is gone, a volunteer taps (demands 5, 14)."""

from datetime import timedelta
from pathlib import Path

import pytest
import segno
from django.contrib.auth.models import User
from django.utils import timezone

from qinghe.kernel.access import services as access
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import queries, rules
from qinghe.systems.volunteering.models import Attendance, Scan, Session, Stay, Volunteer
from tests import cast as casting

from .test_accessible import AXE, RUN, TAGS

PHONE = {"width": 360, "height": 780}
DRAWN = Path(__file__).parents[2] / "src/qinghe/systems/volunteering/static/volunteering/qr.js"


@pytest.fixture
def cast(transactional_db):
    return casting.make_cast()


@pytest.fixture
def session(cast):
    now = timezone.now()
    return Session.objects.create(
        code="CC1", title="公园净滩", org=cast.hongmian, place="人民公园北门",
        starts_at=now - timedelta(minutes=10), ends_at=now + timedelta(hours=2), day=timezone.localdate(),
    )  # fmt: skip


@pytest.fixture
def volunteers(cast):
    people = Person.objects.bulk_create(
        [Person(number=f"Q{n}", name=f"苗小{n}") for n in range(1, 4)]
    )
    today = timezone.localdate()
    return [
        Volunteer.objects.create(
            number=f"ZY{person.number}", person=person, org=cast.hongmian, applied_on=today,
            registered_on=today, state="registered",
        )
        for person in people
    ]  # fmt: skip


def account(person_id) -> User:
    person = Person.objects.get(pk=person_id)
    return access.open_account(person=person, username=f"u{person.pk}", at=timezone.now(), by="t")


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def serious(page):
    """Return what axe finds grave."""
    page.evaluate(AXE.read_text())
    return page.evaluate(RUN, TAGS)["grave"]


def test_three_scans_without_a_network_are_recorded_once_each(
    browser_page, sign_in, cast, session, volunteers
):
    page = browser_page
    page.set_viewport_size(PHONE)
    sign_in(account(cast.he.person_id))
    page.goto(f"/volunteering/sessions/{session.pk}/")
    page.get_by_role("link", name="现场签到").click()
    page.get_by_text("已联网").wait_for()
    page.locator("[data-ready=yes]").wait_for()
    page.locator("[data-part=code] svg").wait_for()
    assert fits(page)
    assert serious(page) == []

    page.context.set_offline(True)
    page.reload()
    page.get_by_text("没有网络").wait_for()
    page.locator("[data-part=code] svg").wait_for()
    for volunteer in volunteers:
        page.get_by_label("志愿者编号").fill(volunteer.number)
        page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("待上传 3 条").wait_for()
    assert not Scan.objects.exists()

    page.context.set_offline(False)
    page.get_by_text("没有待上传的扫码").wait_for()
    page.locator("[data-part=results] .q-tag-good").nth(2).wait_for()
    page.reload()
    page.get_by_role("button", name="ZYQ3 签到").wait_for()
    assert Scan.objects.filter(verdict="recorded").count() == 3
    assert Attendance.objects.count() == Stay.objects.count() == 3

    page.get_by_text("签退", exact=True).click()
    page.get_by_role("button", name="ZYQ1 签退").click()
    page.locator("[data-part=results] .q-tag-good").wait_for()
    assert Stay.objects.filter(left_at__isnull=False).count() == 1


def show_to_camera(page, text):
    """Let the page's camera see a code; this browser, as Safari and Firefox, has no detector."""
    rows = [list(row) for row in segno.make(text, error="m").matrix_iter(scale=6, border=4)]
    page.add_init_script(
        f"""delete window.BarcodeDetector;
        navigator.mediaDevices.getUserMedia = async () => {{
          const rows = {rows}, canvas = document.createElement("canvas");
          canvas.width = canvas.height = rows.length;
          const ink = canvas.getContext("2d");
          setInterval(() => rows.forEach((row, y) => row.forEach((dark, x) => {{
            ink.fillStyle = dark ? "#000" : "#fff";
            ink.fillRect(x, y, 1, 1);
          }})), 100);
          return canvas.captureStream();
        }};"""
    )


def test_a_card_is_read_off_the_camera_where_the_browser_knows_no_codes(
    browser_page, sign_in, cast, session, volunteers
):
    page = browser_page
    page.set_viewport_size(PHONE)
    show_to_camera(page, queries.card_text(None, volunteers[0].number))
    sign_in(account(cast.he.person_id))
    page.goto(f"/volunteering/spot/{session.pk}/")
    page.locator("[data-ready=yes]").wait_for()

    page.context.set_offline(True)
    page.reload()
    page.get_by_text("没有网络").wait_for()
    page.get_by_role("button", name="打开摄像头扫卡").click()
    page.get_by_text("待上传 1 条").wait_for()
    assert fits(page)
    page.get_by_role("button", name="关闭摄像头").click()
    page.context.set_offline(False)
    page.locator("[data-part=results] .q-tag-good").wait_for()

    assert Attendance.objects.get().volunteer == volunteers[0]


def test_a_volunteer_reads_the_code_of_the_door_off_the_camera(
    browser_page, sign_in, session, volunteers, live_server
):
    page = browser_page
    page.set_viewport_size(PHONE)
    code = rules.Code(session.pk, "in", rules.step_at(timezone.now()))
    address = f"{live_server.url}/volunteering/mine/scan/{queries.code_text(None, code)}/"
    show_to_camera(page, address)
    sign_in(account(volunteers[0].person_id))
    page.goto("/volunteering/mine/scan/")
    assert fits(page)
    assert serious(page) == []

    page.get_by_role("button", name="打开摄像头").click()
    page.get_by_role("button", name="签到", exact=True).click()
    page.get_by_text("已签到").wait_for()

    assert Attendance.objects.get().volunteer == volunteers[0]


def test_a_device_forgets_codes_and_numbers_at_sign_out(browser_page, sign_in, cast, session):
    page = browser_page
    sign_in(account(cast.he.person_id))
    page.goto(f"/volunteering/spot/{session.pk}/")
    page.locator("[data-ready=yes]").wait_for()
    page.get_by_role("link", name="返回场次").click()
    page.locator(".q-who summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("button", name="登录").first.wait_for()

    left = page.evaluate(
        "async () => [await caches.keys(), (await indexedDB.databases()).map((one) => one.name)]"
    )
    assert left == [[], ["qinghe-unsent"]]


def test_a_volunteer_scans_the_code_and_taps_once(browser_page, sign_in, session, volunteers):
    page = browser_page
    page.set_viewport_size(PHONE)
    first = volunteers[0]
    sign_in(account(first.person_id))
    code = rules.Code(session.pk, "in", rules.step_at(timezone.now()))
    page.goto(f"/volunteering/mine/scan/{queries.code_text(None, code)}/")
    assert fits(page)
    assert serious(page) == []
    page.get_by_role("button", name="签到", exact=True).click()
    page.get_by_text("已签到").wait_for()
    assert Stay.objects.get().attendance.volunteer == first

    page.goto("/volunteering/mine/scan/")
    leaving = rules.Code(session.pk, "out", rules.step_at(timezone.now()))
    page.get_by_label("场次号").fill(str(session.pk))
    page.get_by_label("6位数字").fill(queries.digits_of(None, leaving))
    page.get_by_role("button", name="签到或签退").click()
    page.get_by_text("已签退").wait_for()

    old = rules.Code(session.pk, "in", rules.step_at(timezone.now()) - 2)
    page.goto(f"/volunteering/mine/scan/{queries.code_text(None, old)}/")
    page.get_by_text("已经过期").wait_for()

    page.goto("/volunteering/mine/card/")
    page.get_by_text(first.number).wait_for()
    assert fits(page)
    assert serious(page) == []


def test_the_code_drawn_on_the_device_is_the_one_that_segno_draws(browser_page):
    page = browser_page
    page.set_content("<!doctype html><title>二维码</title>")
    page.add_script_tag(path=DRAWN)
    for length in (14, 26, 42, 62, 84, 106, 122, 152, 180):  # full: segno pads in a way of its own
        text = ("https://qinghe.example/volunteering/mine/scan/" * 4)[:length]
        drawn = page.evaluate("text => qingheQr.matrix(text)", text)
        version = (len(drawn) - 17) // 4
        wanted = segno.make(
            text, error="m", version=version, mode="byte", mask=0, boost_error=False, eci=False
        )
        assert drawn == [list(row) for row in wanted.matrix], length
