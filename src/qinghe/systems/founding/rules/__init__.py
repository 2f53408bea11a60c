"""What founding allows and how it reckons. Values in, verdicts out; no database, no clock."""

from qinghe.lib.verdicts import check_move

from .founding import (
    MOST_IN_A_BRANCH,
    Planned,
    advise,
    check_kind,
    check_others,
    code_of,
    days_allowed,
)
from .moves import (
    APPLICATION_MOVES,
    UNIT_MOVES,
    check_day,
    check_day_to_come,
)
from .pace import Light, Pace, expected, light, percent
from .targets import check_number, check_shares
from .units import check_another, check_leads, check_numbers, check_place

__all__ = [
    "APPLICATION_MOVES",
    "MOST_IN_A_BRANCH",
    "UNIT_MOVES",
    "Light",
    "Pace",
    "Planned",
    "advise",
    "check_another",
    "check_day",
    "check_day_to_come",
    "check_kind",
    "check_leads",
    "check_move",
    "check_number",
    "check_numbers",
    "check_others",
    "check_place",
    "check_shares",
    "code_of",
    "days_allowed",
    "expected",
    "light",
    "percent",
]
