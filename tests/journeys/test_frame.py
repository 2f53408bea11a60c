"""The frame in a real browser: keyboard, phone, and the policy that forbids inline code."""

import pytest
from django.contrib.auth.models import User

from qinghe.analytics import catalogue
from qinghe.kernel.access.models import Account
from tests import cast
from tests.web import makers
from tests.web.conftest import house  # noqa: F401  stands the frame alone here too

PAGES = [
    "/board/?period=2022H1",
    "/orgs/",
    "/orgs/440307/",
    "/close/",
    "/wizard/",
    "/search/?q=街道",
]


@pytest.fixture
def page(browser_page, sign_in, monkeypatch, tmp_path):
    """Open a browser in which 林 is signed in, with facts to show."""
    people = cast.make_cast()
    for number in range(30):
        cast.make_org(
            f"B{number:03}",
            f"第{number}团支部委员会（一个很长的名称，窄屏上放不下）",
            kind="branch",
            level="unit",
            parent=people.henggang,
        )
    monkeypatch.setattr(catalogue, "FACTS", {"web_orgs": makers.ORGS})
    monkeypatch.setattr(catalogue, "INDICATORS", makers.INDICATORS)
    makers.build_facts(tmp_path / "facts")
    user = User.objects.create_user("lin")
    Account.objects.create(user=user, person_id=people.lin.person_id)
    sign_in(user)
    return browser_page


@pytest.mark.parametrize("width", [360, 1366, 1920])
def test_no_page_is_wider_than_its_screen(page, width):
    page.set_viewport_size({"width": width, "height": 800})

    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_twenty_rows_stand_on_an_office_screen_without_scrolling(page):
    page.goto("/orgs/")

    last = page.locator(".q-table tbody tr").nth(19).bounding_box()

    assert last["y"] + last["height"] <= 768


def test_a_slash_leads_to_the_search_box(page):
    page.goto("/orgs/")

    page.keyboard.press("/")
    page.keyboard.type("红棉")
    page.keyboard.press("Enter")

    page.get_by_role("link", name="红棉社区").wait_for()


def test_filtering_and_turning_pages_replace_the_list_only(page):
    page.goto("/orgs/")
    page.evaluate("window.stayed = true")

    page.get_by_label("名称", exact=True).fill("团支部")
    page.get_by_text("共 30 条").wait_for()
    page.get_by_role("link", name="下一页").click()
    page.get_by_text("第 2 / 2 页").wait_for()

    assert page.evaluate("window.stayed") is True
    assert "page=2" in page.url
    page.go_back()
    page.get_by_text("第 1 / 2 页").wait_for()


def test_a_row_follows_its_first_link(page):
    page.goto("/orgs/")

    page.locator(".q-table tbody tr", has_text="440307013901").locator("td").nth(4).click()

    page.wait_for_url("**/orgs/440307013901/")


def test_the_org_switcher_finds_by_name_and_stays_on_the_page(page):
    page.goto("/orgs/")

    page.locator("summary", has_text="龙岗区").click()
    page.get_by_label("按名称或代码查找组织").fill("红棉")
    page.get_by_role("link", name="红棉社区 社区").click()

    page.locator("summary", has_text="红棉社区").wait_for()
    assert page.url.endswith("/orgs/?org=440307017901")


def test_the_menu_opens_on_a_phone_and_closes_with_escape(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/orgs/")
    link = page.get_by_role("link", name="概况")
    assert not link.is_visible()

    page.get_by_role("button", name="菜单").click()
    assert link.is_visible()
    page.keyboard.press("Escape")

    link.wait_for(state="hidden")


def test_a_board_draws_its_chart(page):
    page.goto("/board/?period=2022H1")

    page.locator("[data-chart] canvas").wait_for()
    drill = page.get_by_role("rowheader", name="横岗街道").get_by_role("link")
    drill.click()
    page.get_by_role("rowheader", name="红棉社区").wait_for()


def test_a_refused_part_is_told_above_the_page(page):
    page.goto("/orgs/")

    page.evaluate("htmx.ajax('GET', '/refuse/session_over/', '#list')")

    page.locator("#notice").get_by_text("这个场次已结束").wait_for()
    assert page.locator("#list").is_visible()
