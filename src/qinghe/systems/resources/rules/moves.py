"""Which state may follow which."""

from datetime import date

from qinghe.lib.verdicts import Moves, Refused

NEED_MOVES: Moves = {"open": frozenset({"met", "closed"})}
ALLOCATION_MOVES: Moves = {
    "asked": frozenset({"agreed", "refused", "cancelled"}),
    "agreed": frozenset({"delivered", "cancelled"}),
}
DONATION_MOVES: Moves = {"brought": frozenset({"accepted", "refused"})}
ROOM_MOVES: Moves = {"planned": frozenset({"built"}), "built": frozenset({"closed"})}


def check_not_own(*, decider_id: int, asker_id: int | None) -> None:
    """Refuse who would give what they asked for themself. Raises Refused: own_request."""
    if decider_id == asker_id:
        raise Refused("own_request", "不能同意自己提出的申请，没有改动，请由另一人办理。")


def check_order(*, first: date, then: date, what: str) -> None:
    """Refuse a day before the one it follows. Raises Refused: wrong_order."""
    if then < first:
        raise Refused("wrong_order", f"{what}不能早于{first.isoformat()}，请改正日期。")
