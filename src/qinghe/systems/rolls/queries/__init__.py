"""What people look at on the rolls. Reads only; every function starts from an actor."""

from .branches import BranchSize, branches_seen_by, of_size
from .known import OnRoll, holders_of, on_roll_by_number
from .leaving import (
    Leaving,
    LeavingGround,
    LeavingKind,
    LeavingState,
    leaving_items,
    leaving_lines,
    leavings_of,
    leavings_seen_by,
    leavings_waiting_for,
    may_decide,
)
from .members import (
    chain_of,
    file_of,
    holding,
    member_lines,
    members_seen_by,
    name_of,
    on_the_roll,
    orgs_where_may,
    present_in_sight,
)
from .narrow import Gap, aged, held, lacking, leaving_of_age, short_of
from .overview import Count, health_of
from .own import Own, about_person, cards_of, own_of

__all__ = [
    "BranchSize",
    "Count",
    "Gap",
    "Leaving",
    "LeavingGround",
    "LeavingKind",
    "LeavingState",
    "OnRoll",
    "Own",
    "about_person",
    "aged",
    "branches_seen_by",
    "cards_of",
    "chain_of",
    "file_of",
    "health_of",
    "held",
    "holders_of",
    "holding",
    "lacking",
    "leaving_items",
    "leaving_lines",
    "leaving_of_age",
    "leavings_of",
    "leavings_seen_by",
    "leavings_waiting_for",
    "may_decide",
    "member_lines",
    "members_seen_by",
    "name_of",
    "of_size",
    "on_roll_by_number",
    "on_the_roll",
    "orgs_where_may",
    "own_of",
    "present_in_sight",
    "short_of",
]
