"""Signing up, waiting, being offered a place, letting go of it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from qinghe.lib.periods import TZ, local_day
from qinghe.lib.verdicts import Moves, Refused

SIGN_UP_MOVES: Moves = {
    "signed": frozenset({"cancelled", "absent"}),
    "waiting": frozenset({"offered", "cancelled", "expired"}),
    "offered": frozenset({"signed", "declined", "expired", "cancelled"}),
    "absent": frozenset({"signed"}),
}
LIVE = ("signed", "waiting", "offered")
HOLDING = ("signed", "offered", "absent")  # these have a place
SOON = timedelta(hours=2)  # the second reminder
EVENING = time(18)  # the first: on the day before
NIGHT = time(22)  # what came too late for the evening waits for the second
SHORT_BEFORE = timedelta(days=2)  # a post that lacks people is told to its leader
ABSENT_AFTER = timedelta(hours=1)  # after the end: check-outs count for half an hour


@dataclass(frozen=True)
class Meeting:
    """A session that somebody has signed up for."""

    title: str
    starts_at: datetime
    ends_at: datetime


def check_open_for_sign_up(*, cancelled: bool, starts_at: datetime, at: datetime) -> None:
    """Refuse a sign-up for what is off or has begun. Raises Refused: session_cancelled, begun."""
    if cancelled:
        raise Refused("session_cancelled", "活动已经取消，不能报名。")
    if at >= starts_at:
        raise Refused("begun", "活动已经开始，报名已截止；到现场可以直接签到。")


def check_on_the_roll(*, registered: bool) -> None:
    """Refuse who is no registered volunteer (V-35). Raises Refused: not_registered."""
    if not registered:
        raise Refused("not_registered", "志愿者尚未注册或已退出，不能报名，请先办理注册。")


def check_free(*, starts_at: datetime, ends_at: datetime, others: list[Meeting]) -> None:
    """Refuse to be in two places at once (V-36). Raises Refused: clashing."""
    for other in others:
        if other.starts_at < ends_at and starts_at < other.ends_at:
            starts = other.starts_at.astimezone(TZ)
            raise Refused(
                "clashing",
                f"与已报名的“{other.title}”（{starts.month}月{starts.day}日{starts:%H:%M}）"
                "时间重叠，没有报名；可先取消那一场。",
            )


def cancel_until(*, starts_at: datetime, hours: int) -> datetime:
    """Return until when a volunteer may let go of a place by themself."""
    return starts_at - timedelta(hours=hours)


def check_may_cancel(*, starts_at: datetime, hours: int, at: datetime) -> None:
    """Refuse to let go of a place late. Raises Refused: too_late_to_cancel."""
    if at > cancel_until(starts_at=starts_at, hours=hours):
        raise Refused(
            "too_late_to_cancel",
            f"已过取消期限（开始前{hours}小时），报名保留；确实不能来请联系负责人。",
        )


def check_may_release(*, ends_at: datetime, at: datetime) -> None:
    """Refuse to give a place back after the end. Raises Refused: session_over."""
    if at >= ends_at:
        raise Refused("session_over", "活动已经结束，报名记录不再改动。")


def offer_until(*, starts_at: datetime, minutes: int, at: datetime) -> datetime | None:
    """Return until when a freed place is offered: near the start half the time left, then not."""
    ahead = starts_at - at
    if ahead <= timedelta(0):
        return None
    return at + min(timedelta(minutes=minutes), ahead / 2)


def check_offer_stands(*, until: datetime | None, at: datetime) -> None:
    """Refuse an answer that comes too late. Raises Refused: offer_over."""
    if until is None or at >= until:
        raise Refused("offer_over", "确认时间已过，名额已顺延给下一位候补。")


def evening_before(starts_at: datetime) -> datetime:
    """Return when the first reminder is due."""
    return datetime.combine(local_day(starts_at) - timedelta(days=1), EVENING, TZ)


def reminder_due(*, starts_at: datetime, told_evening: bool, told_soon: bool, at: datetime) -> str:
    """Return which reminder is due now: "soon", "evening" or none; never both at once."""
    if at >= starts_at or told_soon:
        return ""
    if at >= starts_at - SOON:
        return "soon"
    evening = evening_before(starts_at)
    in_time = evening <= at <= datetime.combine(local_day(evening), NIGHT, TZ)
    return "evening" if in_time and not told_evening else ""


def check_capacity(*, capacity: int, taken: int) -> None:
    """Refuse fewer places than are taken. Raises Refused: no_places, places_taken."""
    if capacity < 1:
        raise Refused("no_places", "招募人数至少为1。")
    if capacity < taken:
        raise Refused("places_taken", f"已有{taken}人占用名额，招募人数不能少于{taken}，没有改动。")


def check_roll_call(*, starts_at: datetime, at: datetime) -> None:
    """Refuse to call absent who could still come. Raises Refused: too_early."""
    if at < starts_at:
        raise Refused("too_early", "活动还没有开始，开始后才能点名。")
