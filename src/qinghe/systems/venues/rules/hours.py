"""When a place is open: weekly hours, special days, public holidays; all in minutes of a day."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from qinghe.lib.verdicts import Refused

DAY = 24 * 60
AHEAD = 14  # days that are looked ahead for the next opening, and for gaps on duty
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
CLOCK = re.compile(r"([01]?\d|2[0-4])[:：]([0-5]\d)")
RANGE = re.compile(r"\s*([\d:：]+)\s*[-–—至~]\s*([\d:：]+)\s*")


@dataclass(frozen=True, order=True)
class Stretch:
    """From one minute of a day up to another."""

    opens: int
    closes: int

    @property
    def minutes(self) -> int:
        """Return how long it is."""
        return self.closes - self.opens

    def __str__(self) -> str:
        return f"{clock(self.opens)}–{clock(self.closes)}"


@dataclass(frozen=True)
class Week:
    """The hours of a week, from a day on; weekdays count from 1, Monday."""

    valid_from: date
    closed_on_holidays: bool
    days: Mapping[int, Sequence[Stretch]]

    @property
    def minutes(self) -> int:
        """Return how long such a week is open."""
        return sum(one.minutes for day in self.days.values() for one in day)


@dataclass(frozen=True)
class Hours:
    """All that says when one place is open."""

    weeks: Sequence[Week] = ()
    specials: Mapping[date, Sequence[Stretch]] = field(default_factory=dict)
    is_holiday: Callable[[date], bool] = lambda day: False

    def on(self, day: date) -> tuple[Stretch, ...]:
        """Return the stretches of a day: a special day's own, else those of the week that holds."""
        if day in self.specials:
            return tuple(sorted(self.specials[day]))
        holding = max(
            (week for week in self.weeks if week.valid_from <= day),
            key=lambda week: week.valid_from,
            default=None,
        )
        if holding is None or (holding.closed_on_holidays and self.is_holiday(day)):
            return ()
        return tuple(sorted(holding.days.get(day.isoweekday(), ())))


def clock(minute: int) -> str:
    """Return a minute of the day as a clock shows it."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def minute_of(text: str) -> int:
    """Return the minute of the day that was typed. Raises Refused: time_unclear."""
    found = CLOCK.fullmatch(text.strip())
    minute = int(found[1]) * 60 + int(found[2]) if found else DAY + 1
    if minute > DAY:
        raise Refused("time_unclear", f"看不懂时间“{text.strip()}”，请写成 09:00 这样。")
    return minute


def stretches_of(text: str) -> tuple[Stretch, ...]:
    """Return what was typed as a day's hours, as 09:00-12:00、14:00-18:00; nothing is closed.

    Raises Refused: time_unclear, hours_overlap.
    """
    parts = [part for part in re.split(r"[、，,；;]", text) if part.strip()]
    return in_order([_stretch(part) for part in parts])


def in_order(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return the hours of one day in order. Raises Refused: time_unclear, hours_overlap."""
    ordered = tuple(sorted(stretches))
    if any(one.opens >= one.closes for one in ordered):
        raise Refused("time_unclear", "结束时间要晚于开始时间，请改正。")
    if any(one.closes > then.opens for one, then in pairwise(ordered)):
        raise Refused("hours_overlap", "同一天的时间段有重叠，请改正。")
    return ordered


def _stretch(part: str) -> Stretch:
    found = RANGE.fullmatch(part)
    if not found:
        raise Refused("time_unclear", f"看不懂“{part.strip()}”，请写成 09:00-12:00 这样。")
    return Stretch(minute_of(found[1]), minute_of(found[2]))


def check_week(week: Week, *, today: date) -> None:
    """Refuse hours of days that are over, and a week without any.

    Raises Refused: day_is_over, no_hours.
    """
    if week.valid_from < today:
        raise Refused("day_is_over", "起用日期不能早于今天：过去的开放时间已经计入统计。")
    if not week.minutes:
        raise Refused("no_hours", "一周里至少要有一个开放时段；暂不开放的请办理“暂停开放”。")


def standing_of(hours: Hours, *, day: date, minute: int) -> str:
    """Tell in words if a place is open now, or else when it opens next."""
    for one in hours.on(day):
        if one.opens <= minute < one.closes:
            return f"开放中，今天到 {clock(one.closes)}"
    for ahead in range(AHEAD):
        then = day + timedelta(days=ahead)
        later = [one for one in hours.on(then) if ahead or one.opens > minute]
        if later:
            return f"现在未开放，{_day_in_words(then, ahead)} {clock(later[0].opens)} 开门"
    return "近两周不开放"


def _day_in_words(day: date, ahead: int) -> str:
    names = ("今天", "明天")
    return names[ahead] if ahead < len(names) else f"{day:%-m}月{day:%-d}日（{weekday(day)}）"


def weekday(day: date) -> str:
    """Return the name of a day's weekday."""
    return WEEKDAYS[day.isoweekday() - 1]


def covered(stretches: Iterable[Stretch], stays: Iterable[Stretch]) -> int:
    """Return for how many of the minutes of some stretches anybody stayed."""
    return sum(one.minutes for one in stretches) - sum(
        one.minutes for one in gaps(stretches, stays)
    )


def gaps(stretches: Iterable[Stretch], stays: Iterable[Stretch]) -> list[Stretch]:
    """Return the parts of some stretches during which nobody stays."""
    ordered, found = sorted(stays), []
    for one in stretches:
        at = one.opens
        for stay in ordered:
            if stay.closes <= at or stay.opens >= one.closes:
                continue
            if stay.opens > at:
                found.append(Stretch(at, stay.opens))
            at = stay.closes
        if at < one.closes:
            found.append(Stretch(at, one.closes))
    return found


def in_words(days: Mapping[int, Sequence[Stretch]]) -> str:
    """Return a week's hours in one line; weekdays in a row with the same hours stand together."""
    told: list[tuple[int, int, str]] = []
    for number in range(1, 8):
        text = "、".join(str(one) for one in sorted(days.get(number, ())))
        if not text:
            continue
        if told and told[-1][1] == number - 1 and told[-1][2] == text:
            told[-1] = (told[-1][0], number, text)
        else:
            told.append((number, number, text))
    return "；".join(f"{_from_to(first, last)} {text}" for first, last, text in told)


def _from_to(first: int, last: int) -> str:
    if first == last:
        return WEEKDAYS[first - 1]
    return f"{WEEKDAYS[first - 1]}至{WEEKDAYS[last - 1]}"
