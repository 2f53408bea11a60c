"""Coming and going."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property

from qinghe.lib.periods import TZ, local_day
from qinghe.lib.verdicts import Refused

from .moves import ATTENDANCE_MOVES

EARLY = timedelta(minutes=30)  # doors open so long before the start
GRACE = timedelta(minutes=30)  # and a check-out counts so long after the end
MOST_PAIRS = 3  # V-32


@dataclass(frozen=True)
class Span:
    """One check-in with its check-out; `left` is empty while the volunteer is there."""

    came: datetime
    left: datetime | None


@dataclass(frozen=True)
class Frame:
    """From when until when a session lasts."""

    starts_at: datetime
    ends_at: datetime

    @cached_property
    def opens_at(self) -> datetime:
        """Return when check-in opens."""
        return self.starts_at - EARLY

    @cached_property
    def closes_at(self) -> datetime:
        """Return the last moment that can count."""
        return self.ends_at + GRACE

    @property
    def whole_days(self) -> tuple[datetime, datetime]:
        """Return the start of its first local day and the end of its last."""
        first, last = local_day(self.opens_at), local_day(self.closes_at) + timedelta(days=1)
        return datetime.combine(first, time.min, TZ), datetime.combine(last, time.min, TZ)


@dataclass(frozen=True)
class Served:
    """One check-in on the books that still stands: whose, where and when."""

    stay_id: int
    volunteer_id: int
    session_id: int
    frame: Frame
    span: Span

    @property
    def held_until(self) -> datetime:
        """Return until when it keeps the volunteer from being elsewhere.

        One who never checked out is kept until the last moment that their session could count,
        so a forgotten check-out does not bar them for ever.
        """
        return self.span.left or self.frame.closes_at


def check_undecided(state: str) -> None:
    """Refuse to change an attendance that was turned down or voided. Raises Refused: wrong_state."""
    if state not in ATTENDANCE_MOVES:
        raise Refused("wrong_state", "这条服务记录已经作废或未通过审核，不能再登记。")


def check_doors(*, frame: Frame, at: datetime) -> None:
    """Refuse a check-in outside the session. Raises Refused: too_early, session_over."""
    if at < frame.opens_at:
        raise Refused("too_early", "还没到签到时间，开始前30分钟起可以签到。")
    if at >= frame.ends_at:
        raise Refused("session_over", "活动已经结束，不能再签到；漏签请由主办组织更正。")


def check_span(*, frame: Frame, span: Span) -> None:
    """Refuse times that do not lie in the session.

    Raises Refused: ends_before_start, outside_session.
    """
    if span.left is not None and span.left <= span.came:
        raise Refused("ends_before_start", "签退时间须晚于签到时间，请改正时间。")
    if span.came < frame.opens_at or span.came >= frame.ends_at:
        raise Refused("outside_session", "签到时间不在活动时间内（可提前30分钟），请核对。")
    if span.left is not None and span.left > frame.closes_at:
        raise Refused("outside_session", "签退时间晚于活动结束后30分钟，请核对。")


def check_pairs(*, span: Span, others: Iterable[Served]) -> None:
    """Refuse a fourth check-in of one day to one session (V-32). Raises Refused: too_many_pairs."""
    day = local_day(span.came)
    check_another(before=sum(local_day(other.span.came) == day for other in others))


def check_another(*, before: int) -> None:
    """Refuse one more check-in after so many of the day (V-32). Raises Refused: too_many_pairs."""
    if before >= MOST_PAIRS:
        raise Refused("too_many_pairs", f"一人一场一天最多签到{MOST_PAIRS}次，没有再记。")


def check_apart(*, span: Span, others: Iterable[Served]) -> None:
    """Refuse to be at two places at once (V-36). Raises Refused: overlapping."""
    for other in others:
        if overlap(span, Span(other.span.came, other.held_until)):
            raise Refused("overlapping", "与本人另一段服务时间重叠，没有登记，请核对时间。")


def overlap(one: Span, other: Span) -> bool:
    """Test if two spans share a moment; one that ends when another begins does not."""
    begins_before_end = other.left is None or one.came < other.left
    ends_after_begin = one.left is None or other.came < one.left
    return begins_before_end and ends_after_begin


def not_present() -> Refused:
    """Return the refusal of a check-out of one who is not in."""
    return Refused("not_present", "没有未签退的签到，没有改动；已签退的请勿重复操作。")


def check_stands(*, superseded: bool) -> None:
    """Refuse to correct what was corrected before. Raises Refused: already_corrected."""
    if superseded:
        raise Refused("already_corrected", "这次签到已经更正过，请更正最新的一条。")


def check_happened(*, moment: datetime, at: datetime) -> None:
    """Refuse a time that has not come. Raises Refused: in_future."""
    if moment > at:
        raise Refused("in_future", "签退时间不能晚于现在，请改正时间。")


def closed(*, frame: Frame, came: datetime, at: datetime) -> Span:
    """Close a check-in: leaving long after the end counts until the last moment that can."""
    return Span(came, max(came, min(at, frame.closes_at)))
