"""A class of three hundred leaves school for one enterprise; five are returned and go on elsewhere.

The school and the enterprise each do their part in the browser; nobody is ever on two rolls or none.
"""

import pytest
from django.db.models import Count
from django.utils import timezone
from playwright.sync_api import Page, expect

from qinghe.kernel.access import services as access
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership, Person
from qinghe.systems.transfers.models import Transfer
from qinghe.systems.transfers.tests import makers
from tests import cast as casting

from .june import June

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CLASS, RETURNED = 300, 5
SCHOOL, WORKS = "school", "works"
LONG = 30_000


@pytest.fixture
def july(transactional_db, open_browser, live_server, monkeypatch) -> tuple[June, makers.Ground]:
    """Put a class beside the member of the school's branch; both secretaries have accounts."""
    ground = makers.make_ground()
    wanted = [people.NewPerson(f"G{n:03}", f"毕小{n}") for n in range(1, CLASS)]
    added = people.add_many(new=wanted, at=casting.NOW, by=casting.CLERK, source={})
    joining = [people.Admission(key, ground.cast.branch.pk, makers.SINCE) for key in added.values()]
    people.admit_many(new=joining, at=casting.NOW, by=casting.CLERK, source={})
    for username, actor in ((SCHOOL, ground.cast.tang), (WORKS, ground.cast.liang)):
        person = Person.objects.get(pk=actor.person_id)
        access.open_account(person=person, username=username, at=casting.NOW, by=casting.CLERK)
    july = June(open_browser, live_server.url, month="2022-07")
    july.turn_to("04 09:00")
    monkeypatch.setattr(timezone, "now", july.now)
    return july, ground


def said(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words, timeout=LONG)


def standing(ground: makers.Ground) -> dict[str, int]:
    """Return how many of the class stand where; each stands in one place."""
    now = Membership.objects.filter(ends_on=None)
    assert now.values("person").distinct().count() == now.count() == CLASS
    return dict(now.values_list("org__name").annotate(Count("pk")))


def test_a_class_of_three_hundred_is_transferred_and_five_are_returned(july):
    july, ground = july
    school, works = july.desk(SCHOOL), july.desk(WORKS)
    branch = ground.cast.branch

    send_the_class(school, ground)
    assert standing(ground) == {branch.name: CLASS}

    return_some(works)
    works.goto("/transfers/incoming/")
    works.get_by_label("勾选全部").first.check()
    works.get_by_role("button", name="接收所选").click()
    said(works, f"已接收{CLASS - RETURNED}人")
    works.get_by_label("勾选全部").check()
    works.locator("[name=into]").fill(ground.workshop.code)
    works.get_by_role("button", name="编入所选").click()
    said(works, f"已编入{CLASS - RETURNED}人")
    assert standing(ground) == {ground.workshop.name: CLASS - RETURNED, branch.name: RETURNED}

    school.goto(f"/transfers/graduates/{branch.pk}/")
    expect(school.get_by_text("没有到我单位报到")).to_have_count(RETURNED)
    for one in Transfer.objects.filter(state="rejected").order_by("pk"):
        send_on(school, one)
    assert Transfer.objects.filter(state="in_pending").count() == RETURNED
    assert standing(ground) == {ground.workshop.name: CLASS - RETURNED, branch.name: RETURNED}


def send_the_class(page: Page, ground: makers.Ground) -> None:
    page.goto(f"/transfers/graduates/{ground.cast.branch.pk}/")
    page.get_by_label("勾选全部").check()
    page.get_by_label("毕小299 · G299").uncheck()
    page.get_by_label("毕小299 · G299").check()
    page.get_by_label("类别").select_option("work")
    page.get_by_label("转入组织", exact=False).first.fill(ground.cast.enterprise.code)
    page.get_by_role("button", name="存为草稿").click()
    said(page, "存好去向")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="提交全部草稿").click()
    said(page, "已提交")


def return_some(page: Page) -> None:
    for one in Transfer.objects.filter(state="in_pending").order_by("pk")[:RETURNED]:
        page.goto(f"/transfers/{one.pk}/reject/")
        page.get_by_label("原因", exact=False).first.fill("没有到我单位报到")
        page.get_by_role("button", name="退回").click()
        said(page, "没有到我单位报到")


def send_on(page: Page, one: Transfer) -> None:
    page.goto(f"/transfers/{one.pk}/")
    page.get_by_role("link", name="修改").first.click()
    page.get_by_role("button", name="保存").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="提交").first.click()
    said(page, "待")
