"""Which state may follow which, and what goes with every step."""

from datetime import date

from qinghe.lib.verdicts import Moves, Refused

UNIT_MOVES: Moves = {
    "open": frozenset({"applying", "not_fit", "gone"}),
    "applying": frozenset({"open", "founded", "joint"}),
    "not_fit": frozenset({"open", "gone"}),
    "founded": frozenset({"open"}),  # once its organisation is closed
    "joint": frozenset({"open"}),
}
APPLICATION_MOVES: Moves = {
    "submitted": frozenset({"agreed", "sent_back", "refused", "withdrawn"}),
    "agreed": frozenset({"approved", "sent_back", "refused", "withdrawn"}),
    "sent_back": frozenset({"submitted", "agreed", "withdrawn"}),
}


def check_day(*, day: date, first: date, today: date, what: str) -> None:
    """Refuse a day before another or after today. Raises Refused: wrong_order, in_future."""
    if day > today:
        raise Refused("in_future", f"{what}不能晚于今天，没有保存，请改正日期。")
    if day < first:
        raise Refused("wrong_order", f"{what}不能早于{first.isoformat()}，没有保存，请改正日期。")


def check_day_to_come(*, day: date, after: date, what: str) -> None:
    """Refuse a day that is not after another. Raises Refused: wrong_order."""
    if day <= after:
        raise Refused("wrong_order", f"{what}须在{after.isoformat()}之后，没有保存，请改正日期。")
