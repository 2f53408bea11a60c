"""Where a task should be by a day, how it shines there, and where it will end if it goes on so.

Everything is reckoned without rounding; what is printed is rounded once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from qinghe.lib import periods
from qinghe.lib.periods import Period
from qinghe.lib.verdicts import Refused

WHOLE = 100  # percent
_TENTH = Decimal("0.1")


class Light(StrEnum):
    """What a task shines in."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"

    @property
    def label(self) -> str:
        """Return what it says in words."""
        return LIGHTS[self]


LIGHTS = {
    Light.GREEN: "绿灯",
    Light.YELLOW: "黄灯",
    Light.RED: "红灯",
    Light.NONE: "不亮灯",
}


@dataclass(frozen=True)
class Point:
    """A dated milestone: how much of the whole is due by the end of a day."""

    day: date
    percent: int


@dataclass(frozen=True)
class Course:
    """From when to when a task runs, how much it is, and its milestones where there are any."""

    start: date
    due: date
    target: Decimal
    points: Sequence[Point] = ()

    def passed(self, day: date) -> tuple[int, int]:
        """Return how many days of it have passed at the end of a day, and how many it has."""
        whole = (self.due - self.start).days + 1
        return min(max((day - self.start).days + 1, 0), whole), whole

    def share_due(self, day: date) -> Fraction:
        """Return which part of the whole should be done: along a line, or by milestones."""
        passed, whole = self.passed(day)
        if not self.points or day >= self.due:
            return Fraction(passed, whole)
        reached = [point.percent for point in self.points if point.day <= day]
        return Fraction(max(reached, default=0), WHOLE)

    def expected(self, day: date) -> Decimal:
        """Return how much should be done by the end of a day, with one decimal."""
        return _printed(Fraction(self.target) * self.share_due(day))


@dataclass(frozen=True)
class Measures:
    """From how many percent of what should be done on a task is green, and from how many yellow.

    In the first `quiet` percent of its days it is too early to call it late.
    """

    green: int = 95
    yellow: int = 80
    quiet: int = 10


def light(done: Decimal | None, *, course: Course, measures: Measures, day: date) -> Light:
    """Return what a task shines in; what is due and not done is red whatever it lacks.

    Before its first day, and where nothing is known of a figure, it does not shine; while it has
    hardly begun it shines green or not at all.
    """
    if done is None or day < course.start:
        return Light.NONE
    if done >= course.target:
        return Light.GREEN
    if day > course.due:
        return Light.RED
    reached, due = Fraction(done) * WHOLE, Fraction(course.target) * course.share_due(day)
    if reached >= due * measures.green:
        return Light.GREEN
    passed, whole = course.passed(day)
    if passed * WHOLE <= whole * measures.quiet and day < course.due:
        return Light.NONE
    return Light.YELLOW if reached >= due * measures.yellow else Light.RED


@dataclass(frozen=True)
class Forecast:
    """What a task comes to by a day if it goes on as it went: the division, and its result."""

    done: Decimal
    passed: int
    whole: int
    end: date

    @property
    def value(self) -> Decimal:
        """Return the number that it comes to, with one decimal."""
        return _printed(Fraction(self.done) * self.whole / self.passed)


def forecast(done: Decimal | None, *, course: Course, day: date, end: date) -> Forecast | None:
    """Reckon on to a day as fast as it went so far; there is nothing to reckon with before its start."""
    if done is None or day < course.start or end < day:
        return None
    return Forecast(
        done=done,
        passed=(day - course.start).days + 1,
        whole=(end - course.start).days + 1,
        end=end,
    )


def check_points(points: Sequence[Point], *, start: date, due: date) -> None:
    """Refuse milestones out of order or outside the task's days. Raises Refused: wrong_milestones."""
    for before, after in pairwise(points):
        if after.day <= before.day or after.percent <= before.percent:
            raise Refused(
                "wrong_milestones", "节点的日期和进度都应逐个往后、往高排，没有保存，请改正。"
            )
    if any(not start <= point.day <= due or not 0 < point.percent <= WHOLE for point in points):
        raise Refused(
            "wrong_milestones",
            f"节点应在{start.isoformat()}至{due.isoformat()}之间，进度在1%至100%之间，"
            "没有保存，请改正。",
        )


def period_of(course: Course) -> Period:
    """Return the period whose figure measures a task: the half-year it lies in, else its last year."""
    halves = {(day.year, 1 + (day.month > 6)) for day in (course.start, course.due)}
    if len(halves) == 1:
        return periods.half_year(*halves.pop())
    return periods.year(course.due.year)


def percent_of(done: Decimal | None, *, target: Decimal) -> Decimal | None:
    """Return a share in percent with one decimal; of nothing there is none."""
    if done is None or not target:
        return None
    return _printed(Fraction(done) * WHOLE / Fraction(target))


def _printed(exact: Fraction) -> Decimal:
    return (Decimal(exact.numerator) / exact.denominator).quantize(_TENTH, ROUND_HALF_UP)
