"""What inspections decide. Values in, verdicts out; no database, no clock."""

from qinghe.lib.verdicts import check_move

from .checklists import (
    DAYS_MOST,
    MOST_ITEMS,
    ItemText,
    Photo,
    check_checklist,
    check_starts,
)
from .findings import (
    check_apart,
    check_due,
    check_still_to_do,
    due_after_return,
    due_on,
)
from .moves import FINDING_MOVES, VISIT_MOVES, check_reason
from .points import check_code, check_days, check_map, tags_of
from .visits import (
    DRAFT_DAYS,
    Marked,
    Score,
    Verdict,
    check_answered,
    check_fresh,
    check_open,
    score_of,
)

__all__ = [
    "DAYS_MOST",
    "DRAFT_DAYS",
    "FINDING_MOVES",
    "MOST_ITEMS",
    "VISIT_MOVES",
    "ItemText",
    "Marked",
    "Photo",
    "Score",
    "Verdict",
    "check_answered",
    "check_apart",
    "check_checklist",
    "check_code",
    "check_days",
    "check_due",
    "check_fresh",
    "check_map",
    "check_move",
    "check_open",
    "check_reason",
    "check_starts",
    "check_still_to_do",
    "due_after_return",
    "due_on",
    "score_of",
    "tags_of",
]
