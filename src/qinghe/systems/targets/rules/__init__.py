"""What lists of work allow and how numbers are shared out. Values in, verdicts out."""

from qinghe.lib.verdicts import check_move

from .items import (
    above,
    check_days,
    check_leads,
    check_standing,
    check_target,
    level_of,
    next_path,
    path_of,
)
from .moves import (
    ADJUSTMENT_MOVES,
    CLAIM_MOVES,
    LIST_MOVES,
    check_another,
    check_closed,
    check_draft,
    check_published_on,
    check_ready,
)
from .shares import (
    MOST,
    Balance,
    balance,
    by_figures,
    check_based,
    check_below,
    check_number,
    whole_of,
)

__all__ = [
    "ADJUSTMENT_MOVES",
    "CLAIM_MOVES",
    "LIST_MOVES",
    "MOST",
    "Balance",
    "above",
    "balance",
    "by_figures",
    "check_another",
    "check_based",
    "check_below",
    "check_closed",
    "check_days",
    "check_draft",
    "check_leads",
    "check_move",
    "check_number",
    "check_published_on",
    "check_ready",
    "check_standing",
    "check_target",
    "level_of",
    "next_path",
    "path_of",
    "whole_of",
]
