"""The ladder of supervision: what has to be done about a task by which day, each step once.

A step is named by its rung and by the day it belongs to: that on which the task is due, or that
from which it shines so. A task that turns red again later is told of again.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from qinghe.lib import workdays
from qinghe.lib.verdicts import Refused

from .pace import Light

LONGEST_PAUSE = 366


class Rung(StrEnum):
    """The steps of the ladder, from the lowest on."""

    SOON = "soon"
    YELLOW = "yellow"
    RED = "red"
    NAMED = "named"


@dataclass(frozen=True)
class Reminding:
    """How many days before its end a task is called due soon, and how long red is borne."""

    soon_days: int = 7
    named_days: int = 5  # working days


@dataclass(frozen=True)
class Shining:
    """How a task that is watched stands on a day, and since when it shines so."""

    due: date
    light: Light
    since: date
    is_reached: bool = False


@dataclass(frozen=True)
class Due:
    """A step that is due: its rung, the day it belongs to, and the day on which it is to happen."""

    rung: Rung
    of: date
    on: date


def steps_due(shining: Shining, *, reminding: Reminding, day: date) -> list[Due]:
    """Return every step whose day has come by the end of a day, the lowest first.

    It may be asked on any later day as well: what is done already is known by rung and day.
    """
    if shining.light is Light.NONE or shining.is_reached:
        return []
    steps = [
        Due(Rung.SOON, shining.due, shining.due - timedelta(days=reminding.soon_days)),
    ]
    if shining.light is Light.YELLOW:
        steps.append(Due(Rung.YELLOW, shining.since, shining.since))
    if shining.light is Light.RED:
        borne = workdays.workday_after(shining.since, count=reminding.named_days)
        steps += [
            Due(Rung.RED, shining.since, shining.since),
            Due(Rung.NAMED, shining.since, borne),
        ]
    return [step for step in steps if step.on <= day and not _is_stale(step, day)]


def _is_stale(step: Due, day: date) -> bool:
    """Test if a task that is past its end would be called due soon."""
    return step.rung is Rung.SOON and day > step.of


def days_to_look_at(seen: date | None, *, today: date) -> list[date]:
    """Return every day since the last that was looked at: none is left out after a stop."""
    if seen is None:
        return [today]
    return [seen + timedelta(days=count + 1) for count in range((today - seen).days)]


def check_pause(*, until: date, today: date) -> None:
    """Refuse a pause that ends before it begins, or that has hardly an end.

    Raises Refused: wrong_order, too_long.
    """
    if until < today:
        raise Refused("wrong_order", "暂停的截止日期不能早于今天，没有保存，请改正。")
    if (until - today).days > LONGEST_PAUSE:
        raise Refused("too_long", "一次最多暂停一年，没有保存；到期后仍需暂停的请再办一次。")


def check_terms(
    *, measures: tuple[int, int], reminding: Reminding, starts_on: date, today: date
) -> None:
    """Refuse measures that contradict each other or change the past.

    Raises Refused: wrong_order, wrong_number.
    """
    green, yellow = measures
    if starts_on <= today:
        raise Refused("wrong_order", "施行日期须在今天之后，没有保存，请改正。")
    if not 1 <= yellow <= green <= 100:
        raise Refused("wrong_number", "黄灯的百分比不能高于绿灯，都在1至100之间，没有保存。")
    if not 1 <= reminding.soon_days <= 90 or not 1 <= reminding.named_days <= 60:
        raise Refused("wrong_number", "提醒天数应为1至90，通报天数应为1至60，没有保存，请改正。")
