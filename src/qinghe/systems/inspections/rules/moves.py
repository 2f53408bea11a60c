"""Which state may follow which."""

from collections.abc import Mapping

from qinghe.lib.verdicts import Refused

Moves = Mapping[str, frozenset[str]]

VISIT_MOVES: Moves = {
    "draft": frozenset({"submitted", "dropped"}),
    "submitted": frozenset({"void"}),
}
FINDING_MOVES: Moves = {
    "open": frozenset({"rectified", "cancelled"}),
    "rectified": frozenset({"open", "closed", "cancelled"}),
}


def check_move(moves: Moves, *, now: str, to: str, what: str) -> None:
    """Refuse a step that the table of moves does not have. Raises Refused: wrong_state."""
    if to not in moves.get(now, frozenset()):
        raise Refused("wrong_state", f"{what}现在的状态不能这样办理，没有改动，请刷新后再看。")


def check_reason(reason: str) -> None:
    """Refuse a decision without its reason. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明原因，方便对方和日后查对，没有改动。")
