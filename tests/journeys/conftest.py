"""A real browser on a live server: `browser_page` walks, `sign_in` opens the door.

Where several people walk, `open_browser` gives each a browser that shares no session.
"""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from tests.browser import FLAGS


@pytest.fixture(scope="session", autouse=True)
def static_files_when_asked():
    """Let the live server look a static file up when it is asked for one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "WHITENOISE_AUTOREFRESH", True)
        yield


@pytest.fixture(scope="session")
def running_chromium(chromium):
    """Start the machine's Chromium once for all journeys."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(live_server, running_chromium):
    """Open one office screen on the live server after another, each with a session of its own.

    A fault in the console of any of them fails the test.
    """
    contexts, faults = [], []

    def enter() -> Page:
        context = running_chromium.new_context(
            base_url=live_server.url,
            viewport={"width": 1366, "height": 768},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if _is_fault(line) else None)
        return page

    yield enter
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def browser_page(open_browser):
    """Open an office screen on the live server."""
    return open_browser()


@pytest.fixture
def sign_in(browser_page, live_server):
    """Give the browser the session of a user, without typing a password."""

    def enter(user: User) -> None:
        client = Client()
        client.force_login(user)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}
        browser_page.context.add_cookies([cookie])

    return enter


def _is_fault(line) -> bool:
    # An answer of 4xx and a line that is gone, which tests ask for on purpose, as the browser and as
    # htmx tell it.
    expected = (
        "Failed to load resource",
        "Response Status Error Code 4",
        "htmx:afterRequest",
        "htmx:sendError",
    )
    return line.type == "error" and not line.text.startswith(expected)
