"""Writing a report in a real browser: figures as chips, nothing lost, nobody overwritten."""

import pytest
from playwright.sync_api import expect

from qinghe.reports.drafting.models import Passage
from qinghe.reports.drafting.tests import desk
from qinghe.reports.drafting.tests.makers import Book, begun, passage_with
from tests import cast as people
from tests.journeys import demo

TYPED = "另有47.2万人次参加。"


@pytest.fixture
def cast(transactional_db, monkeypatch):
    everyone = people.make_cast()
    desk.lay(Book(org=everyone.longgang), monkeypatch)
    return everyone


@pytest.fixture
def report(cast):
    return begun(cast.longgang, by=cast.lin)


@pytest.fixture
def passage(report):
    return passage_with(report, "{VOL-04}")


@pytest.fixture
def lin(cast):
    return desk.account(cast.lin)


def field_of(page, passage):
    return page.locator(f'[data-passage="{passage.pk}"][data-field="text"]')


def type_at_end(page, passage, words):
    field = field_of(page, passage)
    field.click()
    field.evaluate(
        "field => { getSelection().selectAllChildren(field); getSelection().collapseToEnd(); }"
    )
    page.keyboard.type(words)


def is_saved(page):
    expect(page.locator("#saving")).to_have_text("已保存", timeout=20_000)


def text_of(passage):
    return Passage.objects.get(pk=passage.pk).text


def test_a_chip_is_inserted_and_a_typed_number_is_found_and_bound(
    browser_page, sign_in, lin, report, passage
):
    page = browser_page
    sign_in(lin)
    page.goto(f"/drafting/{report.pk}/")

    type_at_end(page, passage, "认定{")
    page.get_by_role("combobox", name="按编号或名称查找指标").fill("星级")
    page.get_by_role("option", name="认定星级志愿者").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type("名。" + TYPED)
    is_saved(page)
    assert text_of(passage).endswith("认定{VOL-12}名。" + TYPED)

    finding = page.locator(".d-finding", has_text="未溯源")
    expect(finding).to_contain_text("47.2万")
    finding.locator("[data-jump]").click()
    assert page.evaluate("String(getSelection())") == "47.2万"
    finding.locator('[data-bind="{VOL-03}"]').click()

    expect(page.locator(".d-finding", has_text="未溯源")).to_have_count(0, timeout=20_000)
    is_saved(page)
    assert text_of(passage).endswith("另有{VOL-03}人次参加。")

    chip = field_of(page, passage).locator('[data-token="{VOL-04}"]')
    chip.click()
    page.locator("#token-way").select_option("exact")
    expect(field_of(page, passage).locator('[data-token="{VOL-04|exact}"]')).to_have_text(
        "1763015.5"
    )
    is_saved(page)
    assert "{VOL-04|exact}" in text_of(passage)


def test_what_is_typed_without_a_connection_survives_a_reload_and_is_saved_later(
    browser_page, sign_in, lin, report, passage
):
    page = browser_page
    sign_in(lin)
    page.goto(f"/drafting/{report.pk}/")
    cut = lambda route: route.abort()  # noqa: E731  the server is out of reach, the page is not

    page.context.set_offline(True)
    type_at_end(page, passage, "断网时写的一句。")
    expect(page.locator("#saving")).to_contain_text("未保存—网络断开", timeout=20_000)
    page.route("**/drafting/passages/**", cut)
    page.context.set_offline(False)
    page.reload()

    expect(field_of(page, passage)).to_contain_text("断网时写的一句。")
    assert "断网" not in text_of(passage)

    page.unroute("**/drafting/passages/**", cut)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    is_saved(page)
    assert text_of(passage).endswith("断网时写的一句。")


def test_two_who_write_the_same_passage_both_keep_their_words(
    open_browser, live_server, lin, report, passage
):
    first, second = open_browser(), open_browser()
    for page in (first, second):
        demo.enter(page, lin.username, base_url=live_server.url)
        page.goto(f"/drafting/{report.pk}/")

    type_at_end(first, passage, "甲写的。")
    is_saved(first)
    type_at_end(second, passage, "乙写的。")
    second.locator("#conflict").wait_for()
    assert second.locator("#conflict del").last.inner_text() == "甲"
    assert second.locator("#conflict ins").last.inner_text() == "乙"
    merged = second.locator("#conflict textarea")
    merged.fill(text_of(passage) + "乙写的。")
    second.get_by_role("button", name="用合并后的").click()

    is_saved(second)
    assert text_of(passage).endswith("甲写的。乙写的。")


def test_what_two_wrote_in_different_places_is_merged(
    open_browser, live_server, lin, report, passage
):
    first, second = open_browser(), open_browser()
    before = passage.text
    for page in (first, second):
        demo.enter(page, lin.username, base_url=live_server.url)
        page.goto(f"/drafting/{report.pk}/")
    type_at_end(first, passage, "甲写在末尾。")
    is_saved(first)

    field_of(second, passage).press("Control+Home")
    second.keyboard.type("乙写在开头，")
    second.locator("#conflict").wait_for()
    second.keyboard.press("Escape")
    second.locator("#saving").click()
    second.get_by_role("button", name="用合并后的").click()

    is_saved(second)
    assert text_of(passage) == f"乙写在开头，{before}甲写在末尾。"


def test_chinese_is_typed_through_an_input_method(browser_page, sign_in, lin, report, passage):
    page = browser_page
    sign_in(lin)
    page.goto(f"/drafting/{report.pk}/")
    type_at_end(page, passage, "")
    keys = page.context.new_cdp_session(page)

    for half in ("zhi", "zhi yuan"):
        keys.send(
            "Input.imeSetComposition",
            {"text": half, "selectionStart": len(half), "selectionEnd": len(half)},
        )
    page.wait_for_timeout(1_500)  # longer than the pause before a passage is sent
    assert "zhi" not in text_of(passage)
    keys.send("Input.insertText", {"text": "志愿"})

    is_saved(page)
    expect(page.locator("#saving")).to_have_text("已保存")
    assert text_of(passage).endswith("志愿")


def test_a_copied_stretch_keeps_its_chips_and_other_text_comes_plain(
    browser_page, sign_in, lin, report, passage
):
    page = browser_page
    sign_in(lin)
    page.goto(f"/drafting/{report.pk}/")
    type_at_end(page, passage, "")

    field_of(page, passage).evaluate(PASTE, ["text/html", "<b>粗体</b>", "第一行\n第二行"])
    field_of(page, passage).evaluate(PASTE, ["text/x-qinghe", "共{VOL-04}小时", "共176.3万小时"])

    is_saved(page)
    assert text_of(passage).endswith("第一行第二行共{VOL-04}小时")
    assert page.locator(f'[data-passage="{passage.pk}"] b').count() == 0


PASTE = """(field, [kind, rich, plain]) => {
  const clipboard = new DataTransfer();
  clipboard.setData(kind, rich);
  clipboard.setData("text/plain", plain);
  const event = new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true });
  field.dispatchEvent(event);
}"""


@pytest.mark.parametrize("width", [360, 1366])
def test_the_sheet_and_its_panel_fit_the_screen(browser_page, sign_in, lin, report, passage, width):
    page = browser_page
    sign_in(lin)
    page.set_viewport_size({"width": width, "height": 740})

    page.goto(f"/drafting/{report.pk}/")
    page.locator(".d-tabs").get_by_text("意见").click()

    page.locator("#side").get_by_text("还没有意见").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
