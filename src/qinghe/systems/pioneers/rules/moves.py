"""Which state may follow which, and what is asked of every decision."""

from qinghe.lib.verdicts import Moves, Refused

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


def check_reason(reason: str) -> None:
    """Refuse a decision without its reason. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明原因，方便对方和日后查对，没有改动。")
