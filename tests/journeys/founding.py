"""Founding a team: who is let in for it; applying on the phone and at the desk; the inbox."""

import re
from datetime import date

from playwright.sync_api import Page, expect

from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Role
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering.models import Attendance, Volunteer
from tests import cast as casting

from .june import June, fits

TEAM = "岗头青苗志愿服务队"
OTHER_TEAM = "岗头夕阳志愿服务队"  # which the community hands in
GROWN_UP, LONG_REGISTERED = date(2000, 1, 1), date(2021, 6, 1)


def open_account(number: str, username: str) -> None:
    person = Person.objects.get(number=number)
    access.open_account(person=person, username=username, at=casting.NOW, by=casting.CLERK)


def neighbours() -> list[Volunteer]:
    """Let three of the demo's volunteers in who have served and are long enough on the roll."""
    served = Volunteer.objects.filter(
        person__birth_date__lt=GROWN_UP,
        registered_on__lt=LONG_REGISTERED,
        attendances__state=Attendance.State.EFFECTIVE,
    )
    found = list(served.distinct().order_by("number").select_related("person", "org")[:3])
    for one in found:
        let_in(one)
    return found


def founders(*, beside: list[Volunteer]) -> list[Volunteer]:
    """Let four more in, of age and on the roll."""
    grown_up = Volunteer.objects.filter(person__birth_date__lt=GROWN_UP, state="registered")
    others = grown_up.exclude(pk__in=[one.pk for one in beside]).order_by("-number")
    found = list(others.select_related("person", "org")[:4])
    for one in found:
        let_in(one)
    return found


def let_in(one: Volunteer) -> None:
    access.give_role(
        person=one.person, role=Role.VOLUNTEER, org=one.org,
        starts_on=LONG_REGISTERED, at=casting.NOW, by=casting.CLERK,
    )  # fmt: skip
    open_account(one.person.number, one.number)


def settle(desk: Page, step: str) -> None:
    """Do what waits in the inbox by its button."""
    desk.goto("/inbox/")
    button = desk.get_by_role("button", name=re.compile(step))
    button.click()
    expect(button).to_have_count(0)


def propose(page: Page, numbers: list[str]) -> None:
    """Apply on the phone: too few are told of, and what was typed is still there."""
    page.goto("/volunteering/mine/teams/")
    assert fits(page)
    page.get_by_role("link", name="申请成立队伍").click()
    page.get_by_label("队伍名称").fill(TEAM)
    page.get_by_label("其他发起成员志愿者编号").fill("，".join(numbers[:3]))
    page.get_by_role("button", name="提交申请").click()
    page.get_by_text("至少5名").last.wait_for()
    expect(page.get_by_label("队伍名称")).to_have_value(TEAM)
    page.get_by_label("其他发起成员志愿者编号").fill("，".join(numbers))
    page.get_by_role("button", name="提交申请").click()
    page.get_by_text("已同意 1 名，须满 5 名").wait_for()
    assert fits(page)


def agree(june: June, others: list[Volunteer]) -> None:
    """Let each who was named say yes on a phone."""
    friend = june.phone()
    for one in others:
        june.enter(friend, one.number)
        friend.goto("/volunteering/mine/teams/")
        friend.get_by_role("button", name=f"接受 {TEAM} 的邀请").click()


def hand_in(clerk: Page, numbers: list[str]) -> None:
    """Apply for a team at the desk."""
    head, *rest = numbers
    grown_up = Volunteer.objects.filter(person__birth_date__lt=GROWN_UP, state="registered")
    more = grown_up.exclude(number__in=numbers).order_by("-number").values_list("number", flat=True)
    clerk.goto("/volunteering/teams/new/")
    clerk.get_by_label("队伍编号").fill("DW-GT-01")
    clerk.get_by_label("队伍名称").fill(OTHER_TEAM)
    clerk.get_by_label("负责人志愿者编号").fill(head)
    clerk.get_by_label("发起成员志愿者编号").fill("\n".join([*rest, more[0]]))
    clerk.get_by_role("button", name="提交申请").click()
    clerk.get_by_role("button", name="撤回申请").wait_for()
