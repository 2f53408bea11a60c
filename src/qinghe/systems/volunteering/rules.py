"""What volunteering allows. Values in, verdicts out; no database, no clock."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

from qinghe.lib.identifiers import age_on
from qinghe.lib.periods import TZ, local_day
from qinghe.lib.verdicts import Refused

EARLY = timedelta(minutes=30)  # doors open so long before the start
GRACE = timedelta(minutes=30)  # and a check-out counts so long after the end
AT_ONCE = 8 * 60  # V-31: minutes of a day that take effect by themselves
MOST_BY_PARENT = 12 * 60  # V-31: minutes of a day that the host's parent may approve
MOST_PAIRS = 3  # V-32
LONGEST_SESSION = timedelta(days=366)  # V-32: no longer than a year
YOUNGEST = 14  # V-21: younger ones serve only in a guardian's account
OF_AGE = 18  # V-20
LATE_WORD = "补录"  # V-33

# V-34: what is no volunteer service. A title that ends so is refused; helping at one is not.
NOT_SERVICE = ("会议", "讲座", "值班", "聚餐", "团建", "彩排", "排练", "祈祷", "促销")

Moves = Mapping[str, frozenset[str]]

VOLUNTEER_MOVES: Moves = {
    "applied": frozenset({"registered", "refused"}),
    "registered": frozenset({"withdrawn"}),
}
TEAM_MOVES: Moves = {
    "applied": frozenset({"approved", "refused"}),
    "approved": frozenset({"closed"}),
}
SESSION_MOVES: Moves = {"published": frozenset({"cancelled"})}
ATTENDANCE_MOVES: Moves = {
    "present": frozenset({"present", "pending", "effective", "void"}),
    "pending": frozenset({"pending", "effective", "refused", "void"}),
    "effective": frozenset({"pending", "effective", "void"}),
}


class Approval(StrEnum):
    """Whose word a day's service needs before it counts (V-31)."""

    NONE = "none"
    PARENT = "parent"
    DISTRICT = "district"


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


@dataclass(frozen=True)
class Settlement:
    """What an attendance earns, and whose approval its longest day needs."""

    minutes: int
    approval: Approval
    closed: bool
    longest_day: int


# ── States ───────────────────────────────────────────────────────────────────────────────────────


def check_move(moves: Moves, *, now: str, to: str, what: str) -> None:
    """Refuse a step that the table of moves does not have. Raises Refused: wrong_state."""
    if to not in moves.get(now, frozenset()):
        raise Refused("wrong_state", f"{what}现在的状态不能这样办理，没有改动，请刷新后再看。")


def check_order(*, first: date, then: date, what: str) -> None:
    """Refuse a step dated before the one it follows. Raises Refused: wrong_order."""
    if then < first:
        raise Refused("wrong_order", f"{what}日期不能早于{first.isoformat()}，请改正日期。")


# ── Volunteers ───────────────────────────────────────────────────────────────────────────────────


def check_old_enough(*, birth_date: date | None, on: date) -> None:
    """Refuse who is too young for an account of their own (V-21). Raises Refused: too_young."""
    if birth_date is not None and _age(birth_date, on) < YOUNGEST:
        raise Refused("too_young", f"未满{YOUNGEST}周岁，不能单独注册，请由监护人带同参加。")


def check_guardian(*, birth_date: date | None, on: date, agreed_on: date | None) -> None:
    """Refuse a minor whose guardian has not agreed (V-20). Raises Refused: guardian_needed."""
    minor = birth_date is not None and _age(birth_date, on) < OF_AGE
    if minor and (agreed_on is None or agreed_on > on):
        raise Refused("guardian_needed", f"未满{OF_AGE}周岁须监护人同意，请填写监护人同意日期。")


def _age(birth_date: date, on: date) -> int:
    return age_on(birth_date, on) if birth_date <= on else 0


# ── Sessions ─────────────────────────────────────────────────────────────────────────────────────


def check_session(
    *, title: str, starts_at: datetime, ends_at: datetime, refused: Iterable[str] = NOT_SERVICE
) -> None:
    """Refuse a session that could not be one at any time.

    Raises Refused: named_late_entry, not_service, ends_before_start, too_long.
    """
    if LATE_WORD in title:
        raise Refused("named_late_entry", f"活动名称不能含“{LATE_WORD}”二字，请改名。")  # V-33
    kind = next((word for word in refused if title.endswith(word)), "")
    if kind:
        raise Refused("not_service", f"{kind}不属于志愿服务，不能发布，请核对活动内容。")
    if ends_at <= starts_at:
        raise Refused("ends_before_start", "结束时间须晚于开始时间，请改正时间。")
    if ends_at - starts_at > LONGEST_SESSION:
        raise Refused("too_long", "一场活动最长一年，请分开发布。")


def check_future(*, starts_at: datetime, at: datetime) -> None:
    """Refuse to publish what has begun (V-33). Raises Refused: already_begun."""
    if starts_at <= at:
        raise Refused("already_begun", "只能发布尚未开始的活动；已办的活动请用台账导入补录。")


def check_no_attendance(*, count: int) -> None:
    """Refuse to cancel a session that somebody has come to. Raises Refused: has_attendance."""
    if count:
        raise Refused("has_attendance", f"已有{count}人签到，不能取消这场活动。")


def check_takes_part(*, cancelled: bool, registered: bool) -> None:
    """Refuse a check-in to what is off or of who is not on the roll.

    Raises Refused: session_cancelled, not_registered.
    """
    if cancelled:
        raise Refused("session_cancelled", "活动已经取消，不能签到。")
    if not registered:
        raise Refused("not_registered", "志愿者尚未注册或已退出，不能签到，请先办理注册。")


def check_undecided(state: str) -> None:
    """Refuse to change an attendance that was turned down or voided. Raises Refused: wrong_state."""
    if state not in ATTENDANCE_MOVES:
        raise Refused("wrong_state", "这条服务记录已经作废或未通过审核，不能再登记。")


# ── Coming and going ─────────────────────────────────────────────────────────────────────────────


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
    if sum(local_day(other.span.came) == day for other in others) >= MOST_PAIRS:
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


# ── Hours ────────────────────────────────────────────────────────────────────────────────────────


def minutes_of(*, frame: Frame, span: Span) -> int:
    """Count the whole minutes of one check-in; none while it is open (V-36)."""
    if span.left is None:
        return 0
    served = min(span.left, frame.closes_at) - max(span.came, frame.opens_at)
    return max(0, served // timedelta(minutes=1))


def approval_for(*, minutes_of_day: int) -> Approval:
    """Tell whose approval a day of so many minutes needs (V-31)."""
    if minutes_of_day <= AT_ONCE:
        return Approval.NONE
    return Approval.PARENT if minutes_of_day <= MOST_BY_PARENT else Approval.DISTRICT


def state_of(*, closed: bool, approval: Approval) -> str:
    """Tell what becomes of an attendance whose longest day needs this approval."""
    if not closed:
        return "present"
    return "effective" if approval is Approval.NONE else "pending"


def weightier(now: str, then: str) -> str:
    """Return which of two states of one attendance prevails: what waits, else what counts."""
    return max(now, then, key=("present", "effective", "pending").index)


def settle(*, session_id: int, served: Iterable[Served]) -> Settlement:
    """Add up one attendance among all that its volunteer served on the same days.

    A stay counts on the local day it began, also when it ends after midnight. The attendance that
    takes a day past a limit waits as a whole; what took effect before it stays in effect.
    """
    days: Counter[date] = Counter()
    mine: set[date] = set()
    minutes = 0
    for one in served:
        day, earned = local_day(one.span.came), minutes_of(frame=one.frame, span=one.span)
        days[day] += earned
        if one.session_id == session_id and one.span.left is not None:
            mine.add(day)
            minutes += earned
    longest = max((days[day] for day in mine), default=0)
    return Settlement(minutes, approval_for(minutes_of_day=longest), bool(mine), longest)


def check_not_own(*, approver_id: int, person_id: int) -> None:
    """Refuse who would approve their own hours. Raises Refused: own_hours."""
    if approver_id == person_id:
        raise Refused("own_hours", "不能审核本人的服务时长，请由他人审核。")


def check_reason(reason: str) -> None:
    """Refuse a decision or correction without its reason. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明原因，方便日后查对。")
