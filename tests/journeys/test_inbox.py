"""The inbox by keyboard alone: choose, act, be refused, open."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from qinghe.kernel.access.actors import Role
from qinghe.kernel.access.models import Account
from qinghe.kernel.people.services import NewPerson
from qinghe.systems.volunteering import services
from qinghe.systems.volunteering.models import Volunteer
from tests import cast

NOW = datetime.now(tz=UTC)
State = Volunteer.State


def apply(number, name, *, people, days_ago):
    person = NewPerson(f"X{number}", name, birth_date=date(1996, 5, 1))
    return services.register_volunteer(
        new=services.NewVolunteer(f"44030700{number}", person, people.hongmian),
        at=NOW - timedelta(days=days_ago),
        by=people.lin,
    )


@pytest.fixture
def page(browser_page, sign_in, settings):
    """Open a browser in which 周, secretary of 红棉, finds three applications."""
    settings.QINGHE_SECOND_FACTOR = False
    people = cast.make_cast()
    for place, (name, days) in enumerate([("王大同", 12), ("李小满", 7), ("欧阳立夏", 1)]):
        apply(1001 + place, name, people=people, days_ago=days)
    keeper = cast.with_role("P050", "许芒种", role=Role.COMMUNITY_SECRETARY, org=people.hongmian)
    user = User.objects.create_user("xu")
    Account.objects.create(user=user, person_id=keeper.person_id)
    sign_in(user)
    browser_page.goto("/inbox/")
    return browser_page


def rows(page):
    return page.locator("[data-row] [data-open]").all_inner_texts()


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_worked_off_without_a_mouse(page):
    assert [row.split(" ")[0] for row in rows(page)] == ["王**", "李**", "欧阳**"]
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(page).startswith("李**")
    page.keyboard.press("ArrowUp")
    assert focused(page).startswith("王**")

    page.keyboard.press("a")
    expect(page.locator("[data-row]")).to_have_count(2)

    assert Volunteer.objects.get(number="440307001001").state == State.REGISTERED
    assert focused(page).startswith("李**")
    expect(page.locator("#inbox-count-menu")).to_have_text("2")
    expect(page.locator("#inbox-sum")).to_contain_text("2 项待我办理")
    page.keyboard.press("Enter")
    page.wait_for_url("**/volunteering/volunteers/*/")


@pytest.mark.django_db(transaction=True)
def test_what_somebody_else_decided_meanwhile_is_said_and_the_row_stays(page):
    theirs = Volunteer.objects.get(number="440307001001")
    services.approve_volunteer(volunteer=theirs, at=NOW, by=_officer())

    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector("#notice .q-message-error")

    assert "志愿者" in page.locator("#notice").inner_text()
    assert len(rows(page)) == 3


@pytest.mark.django_db(transaction=True)
def test_when_the_last_is_done_the_page_says_that_nothing_waits(page):
    for left in (2, 1):
        page.keyboard.press("a")
        expect(page.locator("[data-row]")).to_have_count(left)
    page.keyboard.press("a")

    page.get_by_text("没有等您办理的事项。").wait_for()
    assert not Volunteer.objects.filter(state=State.APPLIED).exists()


def _officer():
    account = cast.Person.objects.get(number="P001")
    return cast.actor(account)
