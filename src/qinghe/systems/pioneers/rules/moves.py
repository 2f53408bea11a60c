"""Which state may follow which, and what is asked of every decision."""

from collections.abc import Mapping

from qinghe.lib.verdicts import Refused

Moves = Mapping[str, frozenset[str]]

CEREMONY_MOVES: Moves = {
    "draft": frozenset({"submitted", "cancelled"}),
    "submitted": frozenset({"accepted", "sent_back", "cancelled"}),
    "sent_back": frozenset({"submitted", "cancelled"}),
    "accepted": frozenset({"sent_back"}),  # found wrong later: it counts no more until mended
}
SLATE_MOVES: Moves = {
    "draft": frozenset({"submitted"}),
    "submitted": frozenset({"decided", "sent_back"}),
    "sent_back": frozenset({"submitted"}),
}


def check_move(moves: Moves, *, now: str, to: str, what: str) -> None:
    """Refuse a step that the table of moves does not have. Raises Refused: wrong_state."""
    if to not in moves.get(now, frozenset()):
        raise Refused("wrong_state", f"{what}现在的状态不能这样办理，没有改动，请刷新后再看。")


def check_reason(reason: str) -> None:
    """Refuse a decision without its reason. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明原因，方便对方和日后查对，没有改动。")
