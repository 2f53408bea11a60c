"""Late entries: until when, by whose hands, and how much of a month (V-33, bars 16 and 17)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Moves, Refused

MANUAL = ("sheet", "late")  # written down by an office, and not at the door
LATE_MOVES: Moves = {
    "asked": frozenset({"approved", "returned", "refused", "withdrawn"}),
    "returned": frozenset({"asked", "withdrawn"}),
}


def month_of(day: date) -> date:
    """Return the first day of a month: a quota is that of the month in which was served."""
    return day.replace(day=1)


def check_over(*, ends_at: datetime, at: datetime) -> None:
    """Refuse a late entry of what is not over yet. Raises Refused: not_over."""
    if ends_at > at:
        raise Refused("not_over", "活动还没有结束，请在现场签到；结束后漏登的再申请补录。")


def check_in_time(*, ends_at: datetime, at: datetime, days: int) -> None:
    """Refuse what is asked for too long after the service. Raises Refused: too_late."""
    last = local_day(ends_at) + timedelta(days=days)
    if local_day(at) > last:
        raise Refused(
            "too_late",
            f"补录须在服务结束后{days}天内提出，这场活动的期限是{last.isoformat()}，没有提交。",
        )


def check_other_hand(
    *, decider_id: int, asker_id: int, served: Collection[int], recorders: Collection[int] = ()
) -> None:
    """Refuse who would approve what they asked for, or hours of their own.

    Raises Refused: own_request, own_hours.
    """
    if decider_id == asker_id:
        raise Refused(
            "own_request", "不能审核自己提交的补录，没有改动，请由本单位或上级的他人审核。"
        )
    if decider_id in served:
        raise Refused("own_hours", "这份补录有您本人的时长，不能由您审核，没有改动。")
    if decider_id in recorders:
        raise Refused("own_record", "所涉记录由您登记，不能由您处理，没有改动，请由他人处理。")


def check_quota(*, allowed: int, used: int, wanted: int) -> None:
    """Refuse what would pass the month's quota. Raises Refused: quota_spent."""
    left = allowed - used
    if wanted > left:
        raise Refused(
            "quota_spent",
            f"本单位当月补录额度{allowed / 60:.1f}小时，还剩{left / 60:.1f}小时，"
            f"这份补录计{wanted / 60:.1f}小时，没有通过；确需补录的请上级调高当月额度。",
        )


def check_raise(*, allowed: int, now: int) -> None:
    """Refuse a quota that is not raised, or beyond reason. Raises Refused: not_raised."""
    if not now < allowed <= 60 * 100_000:
        raise Refused("not_raised", f"新的额度须高于现在的{now / 60:.1f}小时，没有改动。")


def check_not_recorded(*, known: Collection[str]) -> None:
    """Refuse a late entry beside a record that is there. Raises Refused: recorded_already."""
    if known:
        named = "、".join(sorted(known)[:5])
        raise Refused(
            "recorded_already",
            f"{named}在这场活动已有记录，没有提交；时间有误的请在服务记录页更正。",
        )


def check_not_longer(*, how: str, before: int, after: int) -> None:
    """Refuse to lengthen late hours by a correction, past their second hand and their quota.

    Raises Refused: late_longer.
    """
    if how == "late" and after > before:
        raise Refused(
            "late_longer", "补录的时长只能改短，没有改动；确需增加的，请作废后重新申请补录。"
        )


def check_registered_by(*, registered_on: date | None, day: date) -> None:
    """Refuse hours of a day before registration. Raises Refused: before_registration."""
    if registered_on is None or day < registered_on:
        raise Refused("before_registration", "服务日期早于注册日期，注册前的服务不能补录。")
