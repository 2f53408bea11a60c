"""Which state may follow which, and by which day (T-64, T-65)."""

from collections.abc import Mapping
from datetime import date, timedelta

from qinghe.lib.verdicts import Refused

TRANSFER_MOVES: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"out_pending", "in_pending", "withdrawn"}),
    "out_pending": frozenset({"in_pending", "rejected", "expired", "withdrawn"}),
    "in_pending": frozenset({"placed", "rejected", "expired", "withdrawn"}),
    "rejected": frozenset({"out_pending", "in_pending", "expired", "withdrawn"}),
}
# Who began has agreed by that: the sender's go straight to the receiver (T-60).
FIRST_STOP: Mapping[str, str] = {
    "member": "out_pending",
    "receiver": "out_pending",
    "sender": "in_pending",
}
SIDES_OF: Mapping[str, frozenset[str]] = {
    "out": frozenset({"member", "sender"}),
    "in": frozenset({"receiver"}),
}
LAPSING = frozenset({"out_pending", "in_pending", "rejected"})


def first_stop(*, side: str, kind: str) -> str:
    """Return where a transfer goes once it is sent: what comes from outside needs no other's yes."""
    return "in_pending" if kind == "in" else FIRST_STOP[side]


def check_side(*, side: str, kind: str) -> None:
    """Refuse a beginning by a side that has no part in this kind. Raises Refused: wrong_side."""
    if side not in SIDES_OF.get(kind, frozenset(FIRST_STOP)):
        raise Refused(
            "wrong_side",
            "转出本区的由团员本人或转出方发起，从区外转入的由转入方发起；没有提交，请改选类别。",
        )


def check_move(*, now: str, to: str) -> None:
    """Refuse a step that the table of moves does not have. Raises Refused: wrong_state."""
    if to not in TRANSFER_MOVES.get(now, frozenset()):
        raise Refused("wrong_state", "这件转接已由他人办理或已经结束，没有改动，请刷新后再看。")


def check_not_own(*, decider_id: int, member_id: int) -> None:
    """Refuse who would let themself go, or take themself in. Raises Refused: own_transfer."""
    if decider_id == member_id:
        raise Refused("own_transfer", "不能审批本人的组织关系转接，没有改动，请由另一人办理。")


def check_mendable(*, state: str) -> None:
    """Refuse to change what is under way or over. Raises Refused: wrong_state."""
    if state not in {"draft", "rejected"}:
        raise Refused("wrong_state", "只有草稿和退回的转接可以修改，没有改动。")


def check_none_open(*, is_open: bool, name: str) -> None:
    """Refuse a second transfer of somebody. Raises Refused: already_open."""
    if is_open:
        raise Refused(
            "already_open",
            f"{name}已有一件没有办结的转接，一人同时只能有一件；没有提交，请先办结或撤回原来那件。",
        )


def check_no_other_way(*, words: str, name: str) -> None:
    """Refuse to move somebody whose place on the roll something else may end.

    What it is stays with those whose work it is. Raises Refused: under_way.
    """
    if words:
        raise Refused(
            "under_way",
            f"{name}有{words}，没有办理转接；请等其办结后再办，可向团员所在的团组织了解。",
        )


def check_on_roll(*, is_member: bool, name: str) -> None:
    """Refuse to transfer somebody who is no member. Raises Refused: not_on_roll."""
    if not is_member:
        raise Refused("not_on_roll", f"{name}不在团员名册上，没有办理；请先核对团籍。")


def check_still_there(*, same: bool, from_closed: bool) -> None:
    """Refuse to move somebody who has meanwhile left the branch that agreed.

    Whoever was moved because that branch was merged or closed is taken from where they stand now.
    Raises Refused: moved_meanwhile.
    """
    if not same and not from_closed:
        raise Refused(
            "moved_meanwhile",
            "团员已不在原来的团支部，没有办理；请撤回这件转接，由现在的团支部重新发起。",
        )


def check_not_paused(*, suspended_on: date | None) -> None:
    """Refuse to go on with what is paused. Raises Refused: paused."""
    if suspended_on is not None:
        raise Refused("paused", f"这件转接已于{suspended_on}暂停，没有改动；请先恢复办理。")


def check_paused(*, suspended_on: date | None) -> None:
    """Refuse to go on with what is not paused. Raises Refused: wrong_state."""
    if suspended_on is None:
        raise Refused("wrong_state", "这件转接没有暂停，没有改动，请刷新后再看。")


def check_reason(reason: str) -> str:
    """Return why, or refuse a decision without its reason. Raises Refused: reason_needed."""
    why = reason.strip()
    if not why:
        raise Refused("reason_needed", "请写明原因，方便对方和团员本人查对；没有改动。")
    return why


def check_in_time_order(*, on: date, since: date, today: date) -> None:
    """Refuse a day before the transfer began or after today. Raises Refused: wrong_day."""
    if not since <= on <= today:
        raise Refused("wrong_day", f"编入日期须在发起日期{since}和今天之间，没有编入，请改正。")


def due_after(*, day: date, days: int) -> date:
    """Return the last day of a step that begins on a day (T-64)."""
    return day + timedelta(days=days)


def resumed_due(*, due_on: date, paused_on: date, today: date) -> date:
    """Return the last day of a step that was paused: the days of the pause do not count."""
    return due_on + (today - paused_on)


def has_lapsed(
    *, state: str, due_on: date | None, accepted: bool, leads_out: bool, paused: bool, today: date
) -> bool:
    """Test if a step has run out of its days and the transfer is void (T-64).

    What both sides agreed to does not lapse, nor what another district still has to confirm.
    """
    if state not in LAPSING or due_on is None or paused or due_on >= today:
        return False
    return state != "in_pending" or not (accepted or leads_out)
