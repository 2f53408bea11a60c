"""A plenary's whole way: items called for, invited, signed in at the door, held, in minutes, handed on."""

from datetime import datetime
from io import BytesIO

import pytest
from django.utils import timezone
from docx import Document
from playwright.sync_api import Page, expect

from qinghe.kernel.access import services as access
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import TZ
from qinghe.systems.meetings.models import Decision, Sitting
from qinghe.systems.meetings.tests import makers
from tests import cast as casting

from .june import June, fits

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OFFICE, STREET = "office", "street"
OPENS = "07-20T15:00"
TEXT = "一、关于暑期安全\n各单位要加强值守，压实责任。"
DECISIONS = ("办好暑期托管班", "开展防溺水巡查")


@pytest.fixture
def cast(transactional_db):
    cast = casting.make_cast()
    for username, who in ((OFFICE, cast.lin), (STREET, cast.chen)):
        person = Person.objects.get(pk=who.person_id)
        access.open_account(person=person, username=username, at=casting.NOW, by=casting.CLERK)
    return cast


@pytest.fixture
def year(cast, open_browser, live_server, monkeypatch) -> June:
    """Stand a conference up with two streets and a department, in July 2022."""
    makers.make_conference(cast)
    year = June(open_browser, live_server.url, month="2022")
    year.turn_to("07-03 09:00")
    monkeypatch.setattr(timezone, "now", year.now)
    return year


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def test_from_the_call_for_items_to_the_minutes_and_two_decisions_as_tasks(cast, year):
    office, phone = year.desk(OFFICE), year.phone(STREET)
    office.on("dialog", lambda dialog: dialog.accept())
    plan(office)
    sitting = Sitting.objects.get()

    bring_an_item(phone, sitting)
    put_on_the_agenda(office, sitting)
    answer(phone)
    year.turn_to("07-20 14:30")
    year.enter(office, OFFICE)
    year.enter(phone, STREET)
    sign_in(office, phone, sitting)
    hold(office, sitting, year)
    paper = write_minutes(office, sitting)

    lines = [one.text for one in Document(BytesIO(paper)).paragraphs]
    assert lines[0] == "龙岗区青少年工作党政联席会议纪要"
    assert any(one.startswith("出席：") and "横岗街道" in one for one in lines)
    assert any(one.startswith("请假：") and "坂田街道" in one for one in lines)
    assert any(one.startswith("2.开展防溺水巡查") for one in lines)
    hand_on(office)
    year.enter(phone, STREET)
    phone.goto("/inbox/")
    expect(phone.locator("main")).to_contain_text("办好暑期托管班")
    phone.goto("/targets/charges/")
    for decided in DECISIONS:
        expect(phone.locator("main")).to_contain_text(decided)
    assert fits(phone)
    office.goto(f"/meetings/decisions/{Decision.objects.earliest('pk').pk}/")
    expect(office.locator("main")).to_contain_text("列入清单：全体会议议定事项")


def plan(office: Page) -> None:
    office.goto("/meetings/sittings/new/")
    office.get_by_label("会议机构").select_option(label="龙岗区青少年工作党政联席会议")
    office.locator("[name=starts_at]").fill(f"2022-{OPENS}")
    office.locator("[name=place]").fill("区机关会议室")
    office.locator("[name=items_by]").fill("2022-07-12")
    press(office, "保存")
    expect(office.get_by_role("heading", level=1)).to_contain_text("第一次全体会议")


def bring_an_item(phone: Page, sitting: Sitting) -> None:
    phone.goto("/inbox/")
    phone.get_by_role("link", name="征集议题").first.click()
    phone.locator("[name=member]").select_option(label="横岗街道")
    phone.locator("[name=title]").fill("暑期安全")
    assert fits(phone)
    press(phone, "提交议题")
    expect(phone.locator(".q-message-success")).to_contain_text("议题已提交")
    assert sitting.items.get().member.name == "横岗街道"


def put_on_the_agenda(office: Page, sitting: Sitting) -> None:
    office.goto(f"/meetings/sittings/{sitting.pk}/")
    follow(office, "暑期安全")
    press(office, "列入议程")
    expect(office.locator("main")).to_contain_text("15:00–15:15")
    press(office, "发会议通知")
    expect(office.locator(".q-message-success")).to_contain_text("已发会议通知")


def answer(phone: Page) -> None:
    phone.goto("/inbox/")
    phone.get_by_role("link", name="请回执").first.click()
    press(phone, "提交回执")
    expect(phone.locator(".q-message-success")).to_contain_text("回执已登记")


def sign_in(office: Page, phone: Page, sitting: Sitting) -> None:
    """The code on the screen is opened on the phone; the department signs at the desk."""
    office.goto(f"/meetings/sittings/{sitting.pk}/screen/")
    phone.goto(office.locator("[data-address]").get_attribute("data-address"))
    assert fits(phone)
    press(phone, "签到")
    expect(phone.locator("main")).to_contain_text("已签到")
    office.goto(f"/meetings/sittings/{sitting.pk}/roll/")
    office.get_by_label("区教育部门").check()
    press(office, "保存签到")


def hold(office: Page, sitting: Sitting, year: June) -> None:
    year.turn_to("07-20 15:05")
    year.enter(office, OFFICE)
    office.goto(f"/meetings/sittings/{sitting.pk}/hold/")
    office.locator("[name=host]").fill("区委副书记")
    press(office, "登记召开")
    expect(office.locator("main")).to_contain_text("应到3个单位，实到2个")
    sitting.refresh_from_db()
    assert sitting.starts_at == datetime(2022, 7, 20, 15, 0, tzinfo=TZ)


def write_minutes(office: Page, sitting: Sitting) -> bytes:
    """Write, decide, settle; return the document as it is downloaded."""
    follow(office, "写纪要")
    office.locator("[name=text]").fill(TEXT)
    press(office, "保存")
    for text in DECISIONS:
        follow(office, "登记议定事项")
        office.locator("[name=text]").fill(text)
        office.locator("[name=owner]").fill("横岗街道")
        office.locator("[name=due_on]").fill("2022-08-31")
        press(office, "保存")
    press(office, "纪要定稿")
    with office.expect_download() as waiting:
        follow(office, "下载纪要")
    assert waiting.value.suggested_filename == f"{sitting.title}纪要.docx"
    return waiting.value.path().read_bytes()


def hand_on(office: Page) -> None:
    """Put both decisions on a list of work, each with its owner and limit, and give it out."""
    office.goto("/targets/lists/new/")
    for name, value in {
        "title": "全体会议议定事项", "org": "440307", "year": "2022",
        "starts_on": "2022-07-20", "ends_on": "2022-12-31",
    }.items():  # fmt: skip
        office.locator(f"[name={name}]").fill(value)
    office.locator("[name=kind]").select_option("decisions")
    press(office, "保存")
    follow(office, "从报告和会议列入")
    for text in DECISIONS:
        office.get_by_label(text).check()
    press(office, "列入")
    expect(office.locator("main")).to_contain_text("2022-08-31")
    follow(office, "发布")
    press(office, "发布")
    expect(office.locator("main")).to_contain_text("已发布")
