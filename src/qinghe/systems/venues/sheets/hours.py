from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import queries, rules, services
from qinghe.systems.venues.access import Act
from qinghe.systems.venues.rules import Stretch, Week

YES, NO = "是", "否"


def stretches(value: object) -> tuple[Stretch, ...]:
    """Return a day's hours. Raises Refused: not_text, time_unclear, hours_overlap."""
    return rules.stretches_of(cells.text(value))


def yes_or_no(value: object) -> bool:
    """Return what was answered. Raises Refused: not_text, not_yes_or_no."""
    text = cells.text(value)
    if text not in (YES, NO):
        raise Refused("not_yes_or_no", f"应填“{YES}”或“{NO}”。")
    return text == YES


def _weekday(number: int, label: str) -> Column:
    parse: Callable[[object], object] = stretches
    example = "09:00-12:00、14:00-18:00" if number < 6 else ""
    return Column(
        f"day_{number}",
        label,
        parse,
        required=False,
        hint="留空为不开放",
        example=example,
        read=f"texts__{number - 1}",
    )


COLUMNS = (
    Column("venue", "阵地编号", cells.code, example="HG-01", read="venue__code"),
    Column("valid_from", "起用日期", cells.day, example="2026-12-01", read="valid_from"),
    *(_weekday(number, label) for number, label in enumerate(rules.WEEKDAYS, start=1)),
    Column(
        "closed_on_holidays", "法定节假日不开放", yes_or_no, example=YES, read="closed_in_words"
    ),
)


class Row(NamedTuple):
    """The week of one place."""

    line: int
    venue: str
    valid_from: date
    day_1: tuple[Stretch, ...] | None
    day_2: tuple[Stretch, ...] | None
    day_3: tuple[Stretch, ...] | None
    day_4: tuple[Stretch, ...] | None
    day_5: tuple[Stretch, ...] | None
    day_6: tuple[Stretch, ...] | None
    day_7: tuple[Stretch, ...] | None
    closed_on_holidays: bool


def _days(row: Row) -> dict[int, tuple[Stretch, ...]]:
    told = (row.day_1, row.day_2, row.day_3, row.day_4, row.day_5, row.day_6, row.day_7)
    return {number: day or () for number, day in enumerate(told, start=1)}


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyWeek]:
    """Check the whole file in one question; every line becomes the hours of a place."""
    kept = queries.kept_ids_by_code(actor, {row.venue for row in rows})
    times = Counter(row.venue for row in rows)
    resolved: Resolved[services.ReadyWeek] = Resolved()
    for row in rows:
        days = _days(row)
        found = []
        if row.venue not in kept:
            found.append(("阵地编号", f"没有您管理的阵地{row.venue}，或者它已经关闭。"))
        if times[row.venue] > 1:
            found.append(("阵地编号", f"{row.venue}在本文件中写了两次，请只保留一行。"))
        try:
            week = Week(row.valid_from, row.closed_on_holidays, days)
            rules.check_week(week, today=local_day(at))
        except Refused as refusal:
            found.append(("", refusal.reason))
        resolved.problems.extend(Problem(row.line, column, why) for column, why in found)
        if not found:
            resolved.ready.append(
                services.ReadyWeek(kept[row.venue], row.valid_from, row.closed_on_holidays, days)
            )
    return resolved


HOURS = Sheet(
    slug="venues.hours",
    label="阵地开放时间",
    act=Act.KEEP,
    page="venues:schedules",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.set_many,
    notes=("起用日期从今天起；起用日及以后已经登记的开放时间由这一行代替。",),
    out=Outward(
        lines=lambda rows: rows.filter(valid_until__isnull=True),
        left_out="已经停用的开放时间不列出；特殊日期另行登记。",
        at="venue__org",
    ),
)
