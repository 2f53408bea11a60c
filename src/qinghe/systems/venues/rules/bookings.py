"""When a room may be booked, and until when a booking may be taken back."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from qinghe.lib.periods import TZ
from qinghe.lib.verdicts import Refused

from .hours import DAY, Stretch, weekday

FAR = 90  # days ahead of today
MOST_WEEKS = 12
STANDING = ("asked", "confirmed", "used")


def moment(day: date, minute: int) -> datetime:
    """Return the moment of a minute of a local day; minute 1440 is midnight."""
    return datetime(day.year, day.month, day.day, tzinfo=TZ) + timedelta(minutes=minute)


def minute_within(at: datetime, *, day: date) -> int:
    """Return the minute of a day at which a moment lies, kept within that day."""
    return min(max(int((at - moment(day, 0)).total_seconds() // 60), 0), DAY)


def check_time(
    *, day: date, starts: int, ends: int, at: datetime, hours: Sequence[Stretch]
) -> None:
    """Refuse a time that is over, too far ahead, or outside the opening hours of its day.

    Raises Refused: time_unclear, day_is_over, too_far, not_open_then.
    """
    if not 0 <= starts < ends <= DAY:
        raise Refused("time_unclear", "结束时间要晚于开始时间，请改正。")
    if moment(day, starts) < at:
        raise Refused("day_is_over", "开始时间已经过去，请改选以后的时间。")
    if day > at.astimezone(TZ).date() + timedelta(days=FAR):
        raise Refused("too_far", f"最多提前{FAR}天预约，请改选近一些的日期。")
    if not any(one.opens <= starts and ends <= one.closes for one in hours):
        told = "、".join(map(str, hours)) or "不开放"
        raise Refused(
            "not_open_then",
            f"{day:%-m}月{day:%-d}日（{weekday(day)}）的开放时间是：{told}；请改选开放时间内的时段。",
        )


def check_people(*, people: int, capacity: int) -> None:
    """Refuse more people than the room holds. Raises Refused: nobody, too_many_people."""
    if people < 1:
        raise Refused("nobody", "人数至少为1，请改正。")
    if people > capacity:
        raise Refused("too_many_people", f"这个房间最多容纳{capacity}人，请改选房间或减少人数。")


def check_room_is_free(taken: Iterable[tuple[datetime, datetime]], *, day: date) -> None:
    """Refuse a time at which the room is taken. Raises Refused: room_taken."""
    for starts_at, ends_at in taken:
        begins, ends = starts_at.astimezone(TZ), ends_at.astimezone(TZ)
        raise Refused(
            "room_taken",
            f"{day:%-m}月{day:%-d}日 {begins:%H:%M}–{ends:%H:%M} 已有预约，没有登记；请改选时间。",
        )


def check_weeks(weeks: int) -> None:
    """Refuse to repeat a booking too often. Raises Refused: too_many_weeks."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise Refused("too_many_weeks", f"每周重复的预约一次最多{MOST_WEEKS}周，请改正。")


def check_cancel_in_time(*, starts_at: datetime, at: datetime, hours: int) -> None:
    """Refuse to take a booking back too late. Raises Refused: too_late."""
    if at > starts_at - timedelta(hours=hours):
        raise Refused(
            "too_late", f"开始前{hours}小时起不能自行取消，没有改动；确需取消的请联系阵地。"
        )


def check_begun(*, starts_at: datetime, at: datetime) -> None:
    """Refuse to say who came before it began. Raises Refused: too_early."""
    if at < starts_at:
        raise Refused("too_early", "还没到预约的开始时间，不能登记到场情况。")
