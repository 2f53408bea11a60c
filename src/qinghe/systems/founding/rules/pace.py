"""Where one should be by a day, and how far one is."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

HUNDREDTH, TENTH = Decimal("0.01"), Decimal("0.1")


class Light(StrEnum):
    """What a row of the board shines in."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"

    @property
    def label(self) -> str:
        """Return what it says in words."""
        return _LABELS[self]


_LABELS = {
    Light.GREEN: "达到进度",
    Light.YELLOW: "略慢",
    Light.RED: "滞后",
    Light.NONE: "无指标",
}


@dataclass(frozen=True)
class Pace:
    """A straight line over some months of a year, and how much of it is green or yellow."""

    first_month: int = 1
    last_month: int = 12
    green: int = 100
    yellow: int = 80

    def days(self, *, year: int, day: date) -> tuple[int, int]:
        """Return how many days of the line have passed, and how many it has."""
        first = date(year, self.first_month, 1)
        last = date(year + self.last_month // 12, self.last_month % 12 + 1, 1) - timedelta(days=1)
        whole = (last - first).days + 1
        return min(max((day - first).days + 1, 0), whole), whole


def expected(number: int, *, pace: Pace, year: int, day: date) -> Decimal:
    """Return how many should have been founded by the end of a day."""
    passed, whole = pace.days(year=year, day=day)
    return (Decimal(number * passed) / whole).quantize(TENTH, ROUND_HALF_UP)


def light(number: int, *, founded: int, pace: Pace, year: int, day: date) -> Light:
    """Return what a target's progress shines in, reckoned without rounding."""
    if not number:
        return Light.NONE
    passed, whole = pace.days(year=year, day=day)
    reached, due = founded * whole * 100, number * passed
    if reached >= due * pace.green:
        return Light.GREEN
    return Light.YELLOW if reached >= due * pace.yellow else Light.RED


def percent(part: int, *, of: int) -> Decimal | None:
    """Return a share in percent, with two decimals; of nothing there is none."""
    if not of:
        return None
    return (Decimal(part * 100) / of).quantize(HUNDREDTH, ROUND_HALF_UP)
