"""A charge on paper: what was done against what was due, as points of a drawing (burn-up)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from qinghe.kernel.access.actors import Actor
from qinghe.systems.targets.models import Charge
from qinghe.systems.targets.rules import pace
from qinghe.systems.targets.rules.pace import Course, Forecast

from . import standing

WIDE, HIGH = 600, 160
_STEPS = 24


@dataclass(frozen=True)
class Moment:
    """One day of the drawing, with what was due and what was done."""

    day: date
    expected: Decimal
    done: Decimal | None


@dataclass(frozen=True)
class BurnUp:
    """How a charge went: its moments, the two lines, and what it comes to if it goes on so."""

    charge: Charge
    course: Course
    unit: str
    today: date
    done: Decimal | None
    moments: Sequence[Moment]
    ahead: Forecast | None
    is_told: bool
    is_figure: bool

    @property
    def expected(self) -> Decimal:
        """Return what should be done by today."""
        return self.course.expected(self.today)

    @property
    def percent(self) -> Decimal | None:
        """Return how much of the whole is done."""
        return pace.percent_of(self.done, target=self.course.target)

    @property
    def line_due(self) -> str:
        """Return the line of what is due, for the drawing."""
        return self._line([(one.day, one.expected) for one in self.moments])

    @property
    def line_done(self) -> str:
        """Return the line of what was done, up to today."""
        return self._line([(one.day, one.done) for one in self.moments if one.done is not None])

    @property
    def told(self) -> list[Moment]:
        """Return the moments with something done, for the table beside the drawing."""
        return [one for one in self.moments if one.done is not None]

    def _line(self, points: Sequence[tuple[date, Decimal]]) -> str:
        whole = max((self.course.due - self.course.start).days, 1)
        top = max(self.course.target, self.done or Decimal(0), Decimal(1))
        return " ".join(
            f"{min(max((day - self.course.start).days, 0), whole) * WIDE // whole},"
            f"{HIGH - int(number * HIGH / top)}"
            for day, number in points
        )


def burn_up(actor: Actor, charge: Charge, *, today: date) -> BurnUp:
    """Return how a charge went so far, and where it goes."""
    told = standing.standing_of(actor, standing.beside(actor, charge))
    course = told.course(charge)
    is_figure = bool(charge.item.code)
    done = charge.done if is_figure else told.done(charge, today)
    days = _days(course, today)
    return BurnUp(
        charge=charge,
        course=course,
        unit=charge.unit,
        today=today,
        done=done,
        moments=[
            Moment(
                day,
                course.expected(day),
                _done_on(told, charge, day, today=today, is_figure=is_figure, done=done),
            )
            for day in days
        ],
        ahead=pace.forecast(done, course=course, day=today, end=course.due),
        is_told=told.is_told(charge),
        is_figure=is_figure,
    )


def _done_on(
    told: standing.Standing,
    charge: Charge,
    day: date,
    *,
    today: date,
    is_figure: bool,
    done: Decimal | None,
) -> Decimal | None:
    """Return what was done by a day; of a figure only what it is now is known."""
    if day > today:
        return None
    if is_figure:
        return done if day == today else None
    return told.done(charge, day)


def _days(course: Course, today: date) -> list[date]:
    """Return some days along the course, its milestones and today among them."""
    whole = (course.due - course.start).days
    days = {course.start + timedelta(days=whole * step // _STEPS) for step in range(_STEPS + 1)}
    days |= {point.day for point in course.points}
    if course.start <= today <= course.due:
        days.add(today)
    return sorted(days)
