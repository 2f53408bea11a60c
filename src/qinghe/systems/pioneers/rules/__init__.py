"""What is decided in pioneers: values in, verdict out."""

from .ceremonies import (
    check_day_has_come,
    check_evidence,
    check_no_twin,
    check_outline,
    check_school,
    check_steps,
    check_the_other_pair_of_eyes,
)
from .moves import CEREMONY_MOVES, check_move, check_reason

__all__ = [
    "CEREMONY_MOVES",
    "check_day_has_come",
    "check_evidence",
    "check_move",
    "check_no_twin",
    "check_outline",
    "check_reason",
    "check_school",
    "check_steps",
    "check_the_other_pair_of_eyes",
]
