"""From which state something may go into which."""

from qinghe.lib.verdicts import Moves, Refused

VENUE_MOVES: Moves = {
    "preparing": frozenset({"open", "closed"}),
    "open": frozenset({"suspended", "closed"}),
    "suspended": frozenset({"open", "closed"}),
    "closed": frozenset(),
}
SHIFT_MOVES: Moves = {
    "free": frozenset({"taken", "cancelled"}),
    "taken": frozenset({"free", "on", "cancelled"}),
    "on": frozenset({"done"}),
    "done": frozenset(),
    "cancelled": frozenset(),
}
SWAP_MOVES: Moves = {
    "asked": frozenset({"accepted", "refused", "withdrawn"}),
    "accepted": frozenset(),
    "refused": frozenset(),
    "withdrawn": frozenset(),
}
BOOKING_MOVES: Moves = {
    "asked": frozenset({"confirmed", "refused", "cancelled"}),
    "confirmed": frozenset({"used", "no_show", "cancelled"}),
    "used": frozenset(),
    "no_show": frozenset({"used"}),
    "refused": frozenset(),
    "cancelled": frozenset(),
}
RATING_MOVES: Moves = {
    "waiting": frozenset({"shown", "hidden"}),
    "shown": frozenset({"hidden"}),
    "hidden": frozenset({"shown"}),
}


def check_move(moves: Moves, *, now: str, to: str, what: str) -> None:
    """Refuse a move that the state does not allow. Raises Refused: wrong_state."""
    if to not in moves[now]:
        raise Refused("wrong_state", f"这{what}现在的状态不能这样办理，没有改动；请刷新页面再看。")


def check_not_own(*, decider_id: int, asker_id: int | None) -> None:
    """Refuse who would agree to their own booking. Raises Refused: own_booking."""
    if decider_id == asker_id:
        raise Refused("own_booking", "不能确认自己的预约，没有改动，请由本单位或上级的他人确认。")


def check_reason(reason: str) -> None:
    """Refuse to do without a reason what somebody will ask about. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明原因，没有改动。")
