"""A Gantt chart that the server draws: a row for each thing to do, its days as a bar.

Where a bar lies is told in per cent by SVG attributes, since the policy refuses inline styles. On a
phone the bars go, and what stays is a list with its days and state in words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .parts import Tag, Tone

WHOLE = 10_000  # hundredths of a per cent
NARROWEST = 40
MOST_MONTHS = 12  # more of them are named once a quarter, a year, ten or a hundred
STEPS = (1, 3, 12, 120, 1200)


@dataclass(frozen=True)
class Mark:
    """A day on a bar by which something is due."""

    day: date
    title: str
    is_done: bool = False


@dataclass(frozen=True)
class Task:
    """One thing to do, from a day to a day; a heading has none. `depth` is how far it is indented."""

    title: str
    starts_on: date | None = None
    ends_on: date | None = None
    url: str = ""
    who: str = ""
    state: Tag | None = None
    depth: int = 0
    marks: Sequence[Mark] = ()


@dataclass(frozen=True)
class Dot:
    """A mark where it is drawn."""

    x: str
    mark: Mark


@dataclass(frozen=True)
class Row:
    """A task with its bar: from where and how wide, in per cent."""

    task: Task
    left: str
    width: str
    dots: Sequence[Dot]

    @property
    def tone(self) -> str:
        """Return the colour of its bar."""
        return (self.task.state.tone if self.task.state else Tone.PLAIN).value

    @property
    def days(self) -> str:
        """Say from when until when."""
        if self.task.starts_on is None or self.task.ends_on is None:
            return ""
        return f"{self.task.starts_on.isoformat()} 至 {self.task.ends_on.isoformat()}"


@dataclass(frozen=True)
class Tick:
    """The first day of a month on the line of time; the name is left out where they are many."""

    x: str
    label: str


@dataclass(frozen=True)
class Chart:
    """Rows under one line of time."""

    rows: Sequence[Row]
    ticks: Sequence[Tick]
    today: str


def chart(tasks: Iterable[Task], *, today: date) -> Chart:
    """Lay tasks out on one line of time, from the first day of any to the last."""
    every = list(tasks)
    days = [day for task in every for day in (task.starts_on, task.ends_on) if day is not None]
    if not days:
        return Chart([_row(task, None) for task in every], [], "")
    line = _Line(min(days), max(days))
    shown = line.at(today) if line.first <= today <= line.last else ""
    return Chart([_row(task, line) for task in every], line.ticks(), shown)


@dataclass(frozen=True)
class _Line:
    first: date
    last: date

    @property
    def whole(self) -> int:
        return (self.last - self.first).days + 1

    def at(self, day: date) -> str:
        return _percent(self.part((day - self.first).days))

    def part(self, days: int) -> int:
        return min(max(days, 0), self.whole) * WHOLE // self.whole

    def ticks(self) -> list[Tick]:
        """Return the first of each month, or on a long line of each year, ten or hundred of them."""
        begins = self.first.year * 12 + self.first.month - (self.first.day == 1)
        ends = self.last.year * 12 + self.last.month
        apart = next((one for one in STEPS if ends - begins <= one * MOST_MONTHS), STEPS[-1])
        drawn = (
            range(begins, ends) if apart < 12 else range(-(-begins // apart) * apart, ends, apart)
        )
        days = [date(month // 12, month % 12 + 1, 1) for month in drawn]
        return [
            Tick(self.at(day), _label(day) if (day.month - 1) % apart == 0 else "") for day in days
        ]


def _row(task: Task, line: _Line | None) -> Row:
    if line is None or task.starts_on is None or task.ends_on is None:
        return Row(task, "", "", [])
    days = (task.ends_on - task.starts_on).days + 1
    return Row(
        task,
        left=line.at(task.starts_on),
        width=_percent(max(line.part(days), NARROWEST)),
        dots=[Dot(line.at(mark.day), mark) for mark in task.marks],
    )


def _label(day: date) -> str:
    return f"{day.year}年" if day.month == 1 else f"{day.month}月"


def _percent(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
