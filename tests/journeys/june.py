"""A month that goes by in a test: one clock for the server and all phones, people who come and go."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from playwright.sync_api import Page

from . import demo

ZONE = ZoneInfo("Asia/Shanghai")
PHONE = {"width": 360, "height": 780}
REAL = timezone.now


@dataclass
class June:
    """The town's clock, and the browsers of those who live by it."""

    open_browser: Callable[[], Page]
    url: str
    month: str = "2022-06"  # what every moment begins with
    ahead: timedelta = timedelta()
    phones: list[Page] = field(default_factory=list)

    def now(self) -> datetime:
        return REAL() + self.ahead

    def turn_to(self, moment: str) -> None:
        """Move the server's clock and those of all phones."""
        self.ahead = datetime.fromisoformat(f"{self.month}-{moment}").replace(tzinfo=ZONE) - REAL()
        for page in self.phones:
            page.clock.set_system_time(self.now())

    def desk(self, account: str) -> Page:
        """Seat an officer at a desk."""
        page = self.open_browser()
        self.enter(page, account)
        return page

    def phone(self, account: str = "") -> Page:
        """Hand somebody a phone."""
        page = self.open_browser()
        page.set_viewport_size(PHONE)
        page.context.clock.install(time=self.now())
        self.phones.append(page)
        self.enter(page, account)
        return page

    def enter(self, page: Page, account: str) -> None:
        """Come in anew; nobody stays signed in for days."""
        demo.enter(page, account, base_url=self.url)


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
