"""What projects allows. Values in, verdicts out; no database, no clock."""

from qinghe.lib.verdicts import check_move

from .clashes import Clash, Slot, Why, check_settled, check_times, clashes, clashing, place_key
from .moves import PART_MOVES, PROJECT_MOVES
from .parts import (
    check_another,
    check_below,
    check_fresh,
    check_given,
    check_outcome,
    check_settled_below,
    check_shares,
    check_used,
    check_within,
)
from .projects import (
    check_days,
    check_ended,
    check_extended,
    check_running,
    check_summary,
    check_to_start,
)

__all__ = [
    "PART_MOVES",
    "PROJECT_MOVES",
    "Clash",
    "Slot",
    "Why",
    "check_another",
    "check_below",
    "check_days",
    "check_ended",
    "check_extended",
    "check_fresh",
    "check_given",
    "check_move",
    "check_outcome",
    "check_running",
    "check_settled",
    "check_settled_below",
    "check_shares",
    "check_summary",
    "check_times",
    "check_to_start",
    "check_used",
    "check_within",
    "clashes",
    "clashing",
    "place_key",
]
