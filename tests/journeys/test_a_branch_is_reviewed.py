"""A year's review: opened by the district, lived through by a branch, graded, approved, registered.

The member answers on the phone; the branch, its committee and the district each sit at a desk.
"""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from qinghe.edges.jobs import worker
from qinghe.kernel.access import services as access
from qinghe.kernel.people.models import Person
from qinghe.systems.appraisals.models import Campaign, Line, Roll
from qinghe.systems.appraisals.tests import makers
from tests import cast as casting

from .june import June, fits

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DISTRICT, COMMITTEE, BRANCH, MEMBER = "district", "committee", "branch", "member"
MEMBERS, TOP = 10, 3  # three of ten are the most that may be 优秀 (T-43)


@pytest.fixture
def year(transactional_db, open_browser, live_server, monkeypatch) -> June:
    """Stand a school's branch up with ten members, one of whom has an account."""
    cast = casting.make_wider_cast()
    members = makers.make_members(cast.branch, MEMBERS)
    for username, person_id in (
        (DISTRICT, cast.lin.person_id), (COMMITTEE, cast.tang.person_id),
        (BRANCH, cast.luo.person_id), (MEMBER, members[0].pk),
    ):  # fmt: skip
        person = Person.objects.get(pk=person_id)
        access.open_account(person=person, username=username, at=casting.NOW, by=casting.CLERK)
    year = June(open_browser, live_server.url, month="2022")
    year.turn_to("01-05 09:00")
    monkeypatch.setattr(timezone, "now", year.now)
    return year


def test_a_branch_is_reviewed_graded_and_registered(year):
    open_the_year(year.desk(DISTRICT))
    branch, committee = year.desk(BRANCH), year.desk(COMMITTEE)
    road = f"/appraisals/rolls/{Roll.objects.get().pk}/"

    tell(branch, road, {"[name=on]": "2022-01-05", "[name=studied]": "学习团章第一章"})
    answer_on_the_phone(year.phone(MEMBER))
    year.turn_to("02-10 16:00")
    year.enter(branch, BRANCH)
    meet(branch, road)
    grade(branch, road, tops=TOP + 1)
    expect(branch.locator("main")).to_contain_text(f"最多{TOP}人")
    grade(branch, road, tops=TOP)
    assert Roll.objects.get().state == Roll.State.PROPOSED

    year.turn_to("02-20 10:00")
    year.enter(committee, COMMITTEE)
    committee.goto(road)
    committee.get_by_role("button", name="批准等次").click()
    expect(committee.locator("main")).to_contain_text("已批准")

    year.turn_to("02-25 10:00")
    year.enter(branch, BRANCH)
    branch.goto(road)
    late = Line.objects.order_by("pk").last()
    branch.locator(f"[name=defer-{late.pk}]").fill("外出实习未参加组织生活")
    submit(branch)

    roll = Roll.objects.get()
    assert (roll.state, roll.registered, roll.deferred) == (Roll.State.REGISTERED, MEMBERS - 1, 1)
    phone = year.phone(MEMBER)
    phone.goto("/appraisals/mine/")
    expect(phone.locator("main")).to_contain_text("优秀")
    assert fits(phone)


def open_the_year(page: Page) -> None:
    page.goto("/appraisals/campaigns/new/")
    for name, value in (
        ("year", "2021"), ("reference_on", "2021-12-31"), ("opens_on", "2021-12-01"),
        ("closes_on", "2022-03-31"),
    ):  # fmt: skip
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="发起").click()
    page.get_by_role("button", name="生成评议名单").click()
    page.wait_for_url("**/jobs/**")
    worker.work_off()
    expect(page.locator("main")).to_contain_text(f"新列入{MEMBERS}人", timeout=30_000)
    assert Campaign.objects.get().lines.count() == MEMBERS


def tell(page: Page, road: str, told: dict[str, str]) -> None:
    page.goto(road)
    for selector, value in told.items():
        page.locator(selector).fill(value)
    submit(page)


def submit(page: Page) -> None:
    page.locator('form button.btn-primary[type="submit"]').last.click()
    page.wait_for_load_state()


def answer_on_the_phone(page: Page) -> None:
    page.goto("/appraisals/mine/")
    page.get_by_role("link", name="去填写").click()
    page.locator("textarea").first.fill("按时参加组织生活，完成志愿服务20小时。")
    page.get_by_label("优秀").check()
    assert fits(page)
    page.get_by_role("button", name="提交自我评价").click()
    expect(page.get_by_role("link", name="修改")).to_be_visible()


def meet(page: Page, road: str) -> None:
    page.goto(road)
    if not page.locator("[name=entitled]").count():
        page.goto(f"{road}?step=meeting")
    page.locator("[name=on]").fill("2022-02-10")
    page.locator("[name=entitled]").fill(str(MEMBERS))
    page.locator("[name=present]").fill("9")
    for line in Line.objects.order_by("pk"):
        page.locator(f"[name=votes-{line.pk}]").fill("5 4 0 0")
    submit(page)


def grade(page: Page, road: str, *, tops: int) -> None:
    page.goto(road)
    page.locator("[name=on]").fill("2022-02-10")
    for place, line in enumerate(Line.objects.order_by("pk")):
        page.locator(f"[name=grade-{line.pk}]").select_option("top" if place < tops else "good")
    page.locator("button[name=go][value=on]").click()
    page.wait_for_load_state()
