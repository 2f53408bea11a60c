"""What somebody typed is never markup: each text ends in one of fifty that would run (bar 38)."""

import re
from urllib.parse import quote
from zlib import crc32

import pytest

from qinghe.edges import inbox
from qinghe.kernel.access.actors import Role
from tests.kept import kept

from . import browsed, payloads, sweep
from . import world as worlds
from .objects import MAKERS

pytestmark = [pytest.mark.once, pytest.mark.slow]

# An address that runs, also where no tag was needed for it.
LEADS_ASTRAY = re.compile(
    rb"""(?:href|src|action)=["']\s*(?:javascript|vbscript|data:text)""", re.IGNORECASE
)
IN_BROWSER = (
    30  # every how-manieth page is read in a browser by the usual run; all of them by `--all`
)
ALWAYS = (
    "preview",
    "print",
    "issued",
    "report",
    "wall",
)  # and those with such a word in their name
READERS = [
    Role.DISTRICT_OFFICER,
    *(
        pytest.param(role, marks=pytest.mark.whole)
        for role in (Role.BRANCH_SECRETARY, Role.VOLUNTEER, Role.SYSADMIN, Role.AUDITOR)
    ),
]


@kept
def planted():
    built = worlds.make()
    assert payloads.plant() > 100
    return built


@pytest.fixture(autouse=True)
def nothing_waits(monkeypatch):
    monkeypatch.setattr(inbox, "QUEUES", [])


def pages(planted, role, routes):
    """Visit every page as somebody at their own place, about what lies as far below it as they see."""
    somebody = planted.everyone[role]
    own = somebody.places["inside"]
    made = planted.made[somebody.places.get("below", own).code]
    client = somebody.client()
    client.raise_request_exception = False
    for route in routes:
        if route.is_operation or "GET" not in route.methods or route.unknown(MAKERS):
            continue
        url = f"{route.url(made)}?org={own.code}&x={quote(payloads.PAYLOADS[0])}"
        with sweep.undone():
            answer = client.get(url)
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                yield route, url, answer
            else:
                sweep.body_of(answer)  # or its file stays open


def test_there_are_fifty_kinds():
    assert len(set(payloads.PAYLOADS)) >= 50


def test_no_page_takes_a_text_for_markup(planted, routes):
    taken, shown = [], set()

    for route, _, answer in pages(planted, Role.DISTRICT_OFFICER, routes):
        said = sweep.body_of(answer)
        for text, (raw, escaped) in payloads.MARKUP.items():
            if raw in said:
                taken.append((route.pattern, text))
            if escaped in said:
                shown.add(text)
        if LEADS_ASTRAY.search(said):
            taken.append((route.pattern, "an address"))

    assert taken == []
    assert shown == set(payloads.MARKUP)  # each kind was there to be taken


@pytest.mark.parametrize("role", READERS)
def test_nothing_that_was_typed_runs_in_a_browser(planted, routes, chromium, request, role):
    whole = request.config.getoption("--all")
    drawn = [route for route in routes if whole or _is_drawn(route)]
    read = 0

    with browsed.reading(chromium, planted.everyone[role].client()) as reader:
        for _, url, answer in pages(planted, role, drawn):
            if answer.status_code == 200:
                reader.read(url, answer)
                read += 1

    assert reader.faults == []
    assert read > 10


def test_the_browser_tells_of_what_runs(db, client, chromium, request):
    """Otherwise nothing was tested: under the policy, and without it."""
    page, silent = client.get("/accounts/login/"), []
    tried = payloads.ELEMENTS if request.config.getoption("--all") else payloads.ELEMENTS[::9]

    with browsed.reading(chromium, client) as reader:
        for text in tried:
            page.content = f"<!doctype html><title>x</title><p>{text}".encode()
            if not reader.read("/", page):
                silent.append(text)
        del page["Content-Security-Policy"]
        page.content = b"<!doctype html><title>x</title><script>x9()</script>"
        ran = reader.read("/", page)

    assert silent == []
    assert f"ran at {browsed.HOUSE}/" in ran


def _is_drawn(route):
    drawn = crc32(route.pattern.encode()) % IN_BROWSER == 0
    return drawn or any(word in route.name for word in ALWAYS)
