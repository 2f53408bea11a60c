"""Who may go on duty when."""

from collections.abc import Iterable
from datetime import date

from qinghe.lib.verdicts import Refused

from .hours import DAY, Stretch, clock

EARLY = 30  # minutes before a shift begins from which somebody may sign on
MOST_DAYS = 62  # that shifts are laid for at once
MOST_PLACES = 5


def check_laying(*, first: date, last: date, today: date, places: int) -> None:
    """Refuse shifts for days that are over, for too many days or people at once.

    Raises Refused: day_is_over, too_many.
    """
    if first < today or last < first:
        raise Refused("day_is_over", "排班从今天起，截止日期不能早于开始日期，请改正。")
    if (last - first).days >= MOST_DAYS or not 1 <= places <= MOST_PLACES:
        raise Refused("too_many", f"一次最多排{MOST_DAYS}天、每班{MOST_PLACES}人，请分几次排。")


def check_shift(*, starts: int, ends: int, is_over: bool) -> None:
    """Refuse a shift that is none, or that is over. Raises Refused: time_unclear, day_is_over."""
    if not 0 <= starts < ends <= DAY:
        raise Refused("time_unclear", "结束时间要晚于开始时间，请改正。")
    if is_over:
        raise Refused("day_is_over", "这个班次已经结束，没有改动。")


def check_free_then(others: Iterable[Stretch], *, starts: int, ends: int) -> None:
    """Refuse somebody who is on duty elsewhere at that time. Raises Refused: busy_then."""
    for one in others:
        if one.opens < ends and starts < one.closes:
            raise Refused("busy_then", f"这个人当天 {one} 已有值班，时间重叠，没有排上。")


def check_sign_on(*, day: date, starts: int, ends: int, today: date, minute: int) -> None:
    """Refuse signing on before or after the shift. Raises Refused: too_early, shift_over."""
    if day > today or (day == today and minute < starts - EARLY):
        raise Refused("too_early", f"还没到签到时间：{clock(starts)} 前{EARLY}分钟起可以签到。")
    if day < today or minute >= ends:
        raise Refused("shift_over", "这个班次已经结束，不能再签到；确已到岗的，请联系阵地负责人。")


def stay_of(*, starts: int, ends: int, came: int, left: int | None) -> Stretch | None:
    """Return the minutes somebody was on duty; who forgot to sign off stayed until the end."""
    begins, stops = max(came, 0), ends if left is None else min(left, DAY)
    return Stretch(begins, stops) if begins < stops else None
