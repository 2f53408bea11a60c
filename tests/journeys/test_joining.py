"""Into the League: an applicant on the phone, the branch and the committee at desks, fifteen steps.

From the letter to the development number, the roll and the file; every step is taken in the browser,
each by whose turn it is, on days from January to June 2022.
"""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from qinghe.kernel.access import services as access
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, Membership, Person
from qinghe.systems.joining.models import Case, Number
from qinghe.systems.joining.tests import makers
from tests import cast as casting

from .june import June, fits

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
APPLICANT, BRANCH, COMMITTEE, DISTRICT = "applicant", "branch", "committee", "district"
LETTER = "我志愿加入中国共产主义青年团，坚决拥护中国共产党的领导。"
SERVED = {
    "志愿服务时长（小时）": "24",
    "注册志愿者编号": "44030700009001",
    "考察意见和佐证": "合格。",
}
SIGNED = {
    "申请人填写入团志愿日期": "2022-05-27",
    "介绍人签署意见日期": "2022-05-28",
    "介绍人意见": "同意介绍入团。",
}
VOTED = {
    "应到会有表决权人数": "10", "实到会有表决权人数": "9", "赞成": "8", "反对": "0", "弃权": "1",
}  # fmt: skip
# The day, whose turn it is, and what the form is told beside the day.
FIRST_PART = (
    ("01-20", BRANCH, {"谁去谈话、谈话要点": "书记谈话，动机端正。"}),
    ("02-01", BRANCH, {}),
    ("02-05", COMMITTEE, {}),
    ("02-10", BRANCH, {"团员": 1}),
)
LESSONS = ("02-15", "02-22", "03-01", "03-08")
SECOND_PART = (
    ("05-10", BRANCH, SERVED),
    ("05-12", BRANCH, {}),
    ("05-16", COMMITTEE, {"书面预审意见": "同意发展。"}),
    ("05-17", BRANCH, {}),
    ("05-25", BRANCH, {}),
    ("05-26", BRANCH, {"团员": 2}),
    ("05-28", BRANCH, SIGNED),
    ("05-30", BRANCH, VOTED),
)
LAST_PART = (
    ("06-06", COMMITTEE, {"审批意见": "批准。"}),
    ("06-07", BRANCH, {}),
    ("06-10", BRANCH, {}),
)


@pytest.fixture
def year(transactional_db, open_browser, live_server, monkeypatch) -> June:
    """Stand a school's branch up with members and numbers, and a pupil with an account."""
    cast = casting.make_wider_cast()
    makers.make_members(cast)
    makers.hand_numbers(cast)
    pupil = people.add_person(
        new=people.NewPerson("A001", "苗青青", "female", makers.BORN),
        at=casting.NOW, by=casting.CLERK,
    )  # fmt: skip
    for username, person_id in (
        (APPLICANT, pupil.pk), (BRANCH, cast.luo.person_id), (COMMITTEE, cast.tang.person_id),
        (DISTRICT, cast.lin.person_id),
    ):  # fmt: skip
        person = Person.objects.get(pk=person_id)
        access.open_account(person=person, username=username, at=casting.NOW, by=casting.CLERK)
    year = June(open_browser, live_server.url, month="2022")
    year.turn_to("01-10 09:00")
    monkeypatch.setattr(timezone, "now", year.now)
    return year


def fill(page: Page, told: dict[str, object]) -> None:
    for label, value in told.items():
        field = page.get_by_label(label, exact=False).first
        if isinstance(value, int):
            options = field.locator("option")
            field.select_option([options.nth(n).get_attribute("value") for n in range(value)])
        else:
            field.fill(str(value))


def take(year: June, desks: dict[str, Page], case: Case, step: tuple[str, str, dict]) -> None:
    """Take the next step by its form, from the page of the case."""
    day, who, told = step
    year.turn_to(f"{day} 15:00")
    year.enter(desks[who], who)
    page = desks[who]
    page.goto(f"/joining/cases/{case.pk}/")
    page.locator('a[href$="/next/"]').first.click()
    fill(page, told)
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".q-message-success")).to_contain_text("已保存")


def test_an_applicant_goes_through_all_fifteen_steps(year):
    phone = year.phone(APPLICANT)
    phone.goto("/joining/mine/")
    phone.get_by_role("link", name="申请").click()
    phone.get_by_label("团支部").fill(branch_code())
    phone.get_by_label("入团申请书").fill(LETTER)
    assert fits(phone)
    phone.get_by_role("button", name="提交申请").click()
    phone.get_by_text("已提交入团申请").wait_for()

    case = Case.objects.get()
    desks = {BRANCH: year.desk(BRANCH), COMMITTEE: year.desk(COMMITTEE)}
    for step in FIRST_PART:
        take(year, desks, case, step)
    attend(year, desks[BRANCH], case)
    for step in SECOND_PART:
        take(year, desks, case, step)
    assert not Membership.objects.filter(person=case.person).exists()
    for step in LAST_PART:
        take(year, desks, case, step)

    year.turn_to("06-20 10:00")
    put_on_record(year.desk(DISTRICT))
    year.enter(desks[BRANCH], BRANCH)
    archive(desks[BRANCH], case)

    file = LeagueFile.objects.get(person=case.person)
    assert file.joined_on == date(2022, 5, 30)  # the day of the branch's meeting (T-10)
    assert file.number == Number.objects.get(state="used").number
    assert Membership.objects.get(person=case.person, ends_on=None).org_id == case.org_id
    year.enter(phone, APPLICANT)
    phone.goto("/joining/mine/")
    expect(phone.get_by_text("入团时间：2022年5月30日")).to_be_visible()
    assert fits(phone)


def branch_code() -> str:
    return Membership.objects.select_related("org").first().org.code


def attend(year: June, page: Page, case: Case) -> None:
    for place, day in enumerate(LESSONS, start=1):
        year.turn_to(f"{day} 17:00")
        year.enter(page, BRANCH)
        page.goto(f"/joining/cases/{case.pk}/lessons/new/")
        page.get_by_label("上课日期").fill(f"2022-{day}")
        page.get_by_label("团课主题").fill(f"团课第{place}讲")
        page.get_by_label("学时").fill("2")
        page.get_by_role("button", name="保存").click()
        expect(page.locator("body")).to_contain_text(f"团课第{place}讲")


def put_on_record(page: Page) -> None:
    """Put the new member on the district's record (step 12)."""
    page.goto("/joining/cases/filing/")
    page.locator('tbody input[type="checkbox"]').check()
    page.get_by_role("button", name="备案所选").click()
    expect(page.locator(".q-message-success")).to_be_visible()


def archive(page: Page, case: Case) -> None:
    """Hand in eleven pages, are told, hand in twelve (step 15)."""
    page.goto(f"/joining/cases/{case.pk}/next/")
    for pages in (11, 12):
        page.get_by_label("入团志愿书扫描件").set_input_files(
            {"name": "志愿书.pdf", "mimeType": "application/pdf", "buffer": makers.scan_of(pages)}
        )
        page.get_by_role("button", name="保存").click()
        if pages == 11:
            expect(page.locator("main")).to_contain_text("须正好12页，扫描件不足")
    expect(page.locator("body")).to_contain_text("已办结")
