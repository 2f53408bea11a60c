"""What is decided in pioneers: values in, verdict out."""

from qinghe.lib.verdicts import check_move

from .badges import (
    GIVEN_BY,
    NAMED_FROM,
    STARS,
    check_award_day,
    check_badge,
    check_child,
    check_consent,
    check_given,
    check_holders,
    check_nominating,
    check_round,
    check_round_open,
    check_share,
    check_something,
    share_of,
)
from .ceremonies import (
    check_day_has_come,
    check_evidence,
    check_no_twin,
    check_outline,
    check_school,
    check_steps,
    check_the_other_pair_of_eyes,
)
from .moves import CEREMONY_MOVES, SLATE_MOVES, check_reason

__all__ = [
    "CEREMONY_MOVES",
    "GIVEN_BY",
    "NAMED_FROM",
    "SLATE_MOVES",
    "STARS",
    "check_award_day",
    "check_badge",
    "check_child",
    "check_consent",
    "check_day_has_come",
    "check_evidence",
    "check_given",
    "check_holders",
    "check_move",
    "check_no_twin",
    "check_nominating",
    "check_outline",
    "check_reason",
    "check_round",
    "check_round_open",
    "check_school",
    "check_share",
    "check_something",
    "check_steps",
    "check_the_other_pair_of_eyes",
    "share_of",
]
