"""What a service earns, and whose word it needs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused

from .stays import Frame, Served, Span

AT_ONCE = 8 * 60  # V-31: minutes of a day that take effect by themselves
MOST_BY_PARENT = 12 * 60  # V-31: minutes of a day that the host's parent may approve


class Approval(StrEnum):
    """Whose word a day's service needs before it counts (V-31)."""

    NONE = "none"
    PARENT = "parent"
    DISTRICT = "district"


@dataclass(frozen=True)
class Settlement:
    """What an attendance earns, and whose approval its longest day needs."""

    minutes: int
    approval: Approval
    closed: bool
    longest_day: int


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


def state_beside(now: str, *, settled: str) -> str:
    """Tell what becomes of an attendance that is settled anew: what is held stays held."""
    return "held" if now == "held" else settled


def weightier(now: str, then: str) -> str:
    """Return which of two states of one attendance prevails: what waits, else what counts."""
    return max(now, then, key=("present", "effective", "pending", "held").index)


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


def check_waiting(state: str) -> None:
    """Refuse to decide on hours that do not wait. Raises Refused: wrong_state."""
    if state != "pending":
        raise Refused("wrong_state", "这条时长不在待审核状态，没有改动，请刷新后再看。")
