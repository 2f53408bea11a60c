"""The manual's pictures are taken here, and a page that has changed since says so.

Beside each picture stands an outline of the page: its headings, fields, buttons and columns. When
the page's outline is another, the picture is stale. `QINGHE_PICTURES=1 ./qinghe test
tests/journeys/test_manual.py` takes all of them again.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

import qinghe.systems.help
from qinghe.reports.half_year import printing

from . import demo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HELP = Path(qinghe.systems.help.__file__).parent
TEMPLATES, PICTURES = HELP / "templates", HELP / "static" / "help" / "pictures"
OUTLINES = Path(__file__).parent / "outlines"
RETAKE = os.environ.get("QINGHE_PICTURES") == "1"
OF_A_ROW = re.compile(r"(- button) \"[^\"]*\": (.+)")
SHOWN = re.compile(r"^\s*- (heading|textbox|searchbox|combobox|checkbox|radio|button|columnheader)")
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 780}


@dataclass(frozen=True)
class Picture:
    """One picture: of which page, seen by whom (nobody is signed out), on which screen."""

    name: str
    account: str
    path: str
    phone: bool = False


TAKEN = (
    Picture("desk", "linqing", f"/dashboard/?{demo.HALF}"),
    Picture("wall", "linqing", f"/dashboard/wall/?{demo.HALF}"),
    Picture("report", "linqing", "/report/?org=440307&period=2021H2"),
    Picture("forms", "linqing", "/returns/forms/"),
    Picture("drafting", "linqing", "/drafting/REPORT/"),
    Picture("issuing", "linqing", "/issuing/REPORT/"),
    Picture("circular", "linqing", "/circulars/CIRCULAR/"),
    Picture("appoint", "linqing", "/authority/new/"),
    Picture("members", "linqing", "/directory/members/"),
    Picture("inbox", "linqing", "/inbox/"),
    Picture("review", "chensui", "/returns/review/"),
    Picture("filing", "zhouyuan", "/returns/filings/FILING/"),
    Picture("session", "chensui", "/volunteering/sessions/SESSION/", phone=True),
    Picture("mine", "zhiyuanzhe", "/dashboard/mine/", phone=True),
    Picture("me", "zhiyuanzhe", "/me/", phone=True),
    Picture("accounts", "xuzheng", "/authority/accounts/"),
    Picture("entries", "shenzhao", "/oversight/"),
    Picture("chain", "shenzhao", "/oversight/chain/"),
    Picture("register", "", "/register/", phone=True),
    Picture("join", "", "/join/CODE/"),
)


@pytest.fixture
def filled(small_demo):
    """Fill the small demo."""
    demo.fill(small_demo)


def outline(page):
    """Return what a reader would look for on a page, without its records and numbers.

    Which records stand first depends on the day of the week: of a button's name, which tells whose
    row it is for, only what is seen of it is kept.
    """
    lines = [
        OF_A_ROW.sub(r"\1: \2", line)
        for line in page.locator("body").aria_snapshot().splitlines()
        if SHOWN.match(line)
    ]
    return re.sub(r"\d+", "#", "\n".join(dict.fromkeys(line.strip() for line in lines))) + "\n"


def look(page, *, name):
    """Compare a page with the outline its picture was taken of, or take both anew."""
    kept = OUTLINES / f"{name}.txt"
    now = outline(page)
    if RETAKE:
        PICTURES.mkdir(parents=True, exist_ok=True)
        OUTLINES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png")
        kept.write_text(now)
    return kept.read_text() == now


@pytest.mark.usefixtures("filled")
def test_the_pictures_of_the_manual_show_the_pages_as_they_are(
    browser_page, live_server, monkeypatch
):
    monkeypatch.setattr(printing, "PROGRAMS", ())  # whatever this machine has beside
    stale = []
    names = {"CODE": demo.invitation(), "SESSION": demo.a_session(), **demo.what_is_written()}
    for picture in TAKEN:
        demo.enter(browser_page, picture.account, base_url=live_server.url)
        browser_page.set_viewport_size(PHONE if picture.phone else DESK)
        path = picture.path
        for word, value in names.items():
            path = path.replace(word, value)
        browser_page.goto(path)
        browser_page.wait_for_load_state("networkidle")
        if not look(browser_page, name=picture.name):
            stale.append(picture.name)

    assert stale == [], "take the pictures again: see the top of this file"


def test_every_picture_of_the_manual_is_one_of_these():
    shown = {
        found
        for template in TEMPLATES.rglob("*.html")
        for found in re.findall(r'file="help/pictures/([\w-]+)\.png"', template.read_text())
    }

    assert shown == {picture.name for picture in TAKEN}
    assert shown == {path.stem for path in PICTURES.glob("*.png")}
