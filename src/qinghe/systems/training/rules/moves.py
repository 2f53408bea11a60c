"""Which state may follow which, and what is asked of every decision."""

from datetime import date, datetime

from qinghe.lib.verdicts import Moves, Refused

CLASS_MOVES: Moves = {"planned": frozenset({"held", "cancelled"})}
ENROLMENT_MOVES: Moves = {
    "signed": frozenset({"attended", "absent", "cancelled"}),
    "attended": frozenset({"absent"}),
    "absent": frozenset({"attended"}),
}
LECTURE_MOVES: Moves = {
    "asked": frozenset({"accepted", "refused", "cancelled"}),
    "accepted": frozenset({"held", "cancelled"}),
}
WEBCAST_MOVES: Moves = {
    "draft": frozenset({"published"}),
    "published": frozenset({"held", "draft"}),
}


def check_not_own(*, decider_id: int, asker_id: int) -> None:
    """Refuse who would give what they asked for themself. Raises Refused: own_request."""
    if decider_id == asker_id:
        raise Refused("own_request", "不能答复自己提出的预约，没有改动，请由另一人办理。")


def check_order(*, first: date | datetime, then: date | datetime, what: str) -> None:
    """Refuse what does not come after the other. Raises Refused: wrong_order."""
    if then < first:
        raise Refused("wrong_order", f"{what}不能早于开始的时间，没有保存；请改正。")


def check_still_open(*, ended_on: date | None, day: date, title: str) -> None:
    """Refuse what belongs to something that has ended. Raises Refused: programme_ended."""
    if ended_on is not None and ended_on <= day:
        raise Refused("programme_ended", f"“{title}”已经结束，不能再新增，没有保存。")
