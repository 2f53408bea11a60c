"""What the rolls allow. Values in, verdicts out; no database, no clock."""

from .ages import (
    BANDS,
    LEAVES_AT,
    SOON,
    Band,
    birthday,
    born_by,
    check_of_age,
    is_of_age,
)
from .branches import FEWEST, MOST
from .leaving import (
    LEAVING_MOVES,
    check_dropped,
    check_evidence,
    check_move,
    check_other_eyes,
    check_reason,
    check_resigned,
    check_resolved,
    check_without_post,
)
from .numbers import NUMBERED_SINCE, lacks_number

__all__ = [
    "BANDS",
    "FEWEST",
    "LEAVES_AT",
    "LEAVING_MOVES",
    "MOST",
    "NUMBERED_SINCE",
    "SOON",
    "Band",
    "birthday",
    "born_by",
    "check_dropped",
    "check_evidence",
    "check_move",
    "check_of_age",
    "check_other_eyes",
    "check_reason",
    "check_resigned",
    "check_resolved",
    "check_without_post",
    "is_of_age",
    "lacks_number",
]
