"""The road that the product exists for: a printed number, followed back to one check-in."""

import re
import zipfile
from dataclasses import replace

import pytest
from django.utils import timezone

from qinghe.analytics import rebuild
from qinghe.demo import cast, lived, queries, story
from qinghe.demo.sizes import SMALL, TOLD_AT

TINY = replace(
    SMALL,
    name="tiny",
    orgs=150,
    new_orgs=10,
    opened_new_orgs=4,
    members=12,
    cadres=8,
    full_time=1,
    volunteers=150,
    registered=20,
    teams=8,
    approved_teams=3,
    sessions=16,
    unattended=1,
    person_times=50,
    hours=187,
)


@pytest.fixture
def door(transactional_db) -> str:
    """Live a tiny half-year and return the address that the demo prints."""
    mark = story.begin(size=TINY, token="a-door-of-this-test", at=timezone.now())
    lived.tell_by_services(size=TINY, by=cast.officer(), say=lambda words: None)
    rebuild.in_this_process(at=TOLD_AT)
    assert queries.is_demo()
    return f"/demo/{mark.token}/"


def test_from_the_printed_hours_to_one_check_in_and_the_signed_document(
    browser_page, door, tmp_path
):
    page = browser_page
    page.goto(door)
    number = page.locator('a.r-number[href*="/VOL-04/"]')
    assert number.inner_text() == str(TINY.hours)

    number.click()  # 1: the figure beside its sentence
    page.locator("#panel").get_by_text("口径", exact=True).wait_for()
    page.get_by_role("link", name="查看背后的记录").click()  # 2: its records
    page.get_by_text(f"共 {TINY.person_times} 条").wait_for()
    page.locator("table tbody tr a").first.click()  # 3: one record, its trail below
    text = page.locator("main").inner_text()
    assert "签到" in text
    assert "签退" in text
    assert "林青" in text  # who entered it, from the trail

    page.goto("/figures/VOL-03/2022H1/440307/")
    page.locator(".r-shares a").first.click()  # the way down: a street,
    page.wait_for_url(re.compile(r"/2022H1/\d{9}/"))
    page.locator(".r-shares a").first.click()  # a community
    page.wait_for_url(re.compile(r"/2022H1/\d{12}/"))

    page.goto("/report/")
    with page.expect_download() as started:
        page.get_by_role("link", name="导出 .docx").click()
    target = tmp_path / "report.docx"
    started.value.save_as(target)
    words = zipfile.ZipFile(target).read("word/document.xml").decode()
    assert started.value.suggested_filename == "龙岗区2022年上半年工作总结.docx"
    assert str(TINY.person_times) in words

    page.get_by_role("link", name="换个身份看").click()
    page.locator("li", has_text="周远").get_by_role("button", name="进入").click()
    page.goto("/figures/VOL-03/2022H1/440307/")
    assert "没有找到" in page.locator("body").inner_text()


def test_a_wrong_door_stays_shut(browser_page):
    answer = browser_page.goto("/demo/not-the-door/")

    assert answer.status == 404
