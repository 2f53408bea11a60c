"""How the domain says no."""

from collections.abc import Mapping
from typing import TypeAlias

Moves: TypeAlias = Mapping[str, frozenset[str]]  # by state, the states that may follow it


class Refused(Exception):
    """A rule forbids what was asked. Edges show `reason`; it is no fault and is not logged as one."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def check_move(moves: Moves, *, now: str, to: str, what: str) -> None:
    """Refuse a step that the table of moves does not have. Raises Refused: wrong_state."""
    if to not in moves.get(now, frozenset()):
        raise Refused("wrong_state", f"{what}现在的状态不能这样办理，没有改动，请刷新后再看。")


def check_reason(reason: str) -> None:
    """Refuse a decision without its reason. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明原因，方便对方和日后查对。")
