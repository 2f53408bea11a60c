"""Which state may follow which."""

from qinghe.lib.verdicts import Moves, Refused

VISIT_MOVES: Moves = {
    "draft": frozenset({"submitted", "dropped"}),
    "submitted": frozenset({"void"}),
}
FINDING_MOVES: Moves = {
    "open": frozenset({"rectified", "cancelled"}),
    "rectified": frozenset({"open", "closed", "cancelled"}),
}


def check_reason(reason: str) -> None:
    """Refuse a decision without its reason. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明原因，方便对方和日后查对，没有改动。")
