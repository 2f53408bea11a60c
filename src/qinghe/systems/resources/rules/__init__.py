"""What the resource pool and donation drives allow. Values in, verdicts out; no database, no clock."""

from qinghe.lib.verdicts import check_move

from .drives import (
    check_accepted,
    check_in_time,
    check_stock,
)
from .moves import (
    ALLOCATION_MOVES,
    DONATION_MOVES,
    NEED_MOVES,
    ROOM_MOVES,
    check_not_own,
    check_order,
)
from .pool import Kind, Offer, Proposal, Wanted, check_enough, propose

__all__ = [
    "ALLOCATION_MOVES",
    "DONATION_MOVES",
    "NEED_MOVES",
    "ROOM_MOVES",
    "Kind",
    "Offer",
    "Proposal",
    "Wanted",
    "check_accepted",
    "check_enough",
    "check_in_time",
    "check_move",
    "check_not_own",
    "check_order",
    "check_stock",
    "propose",
]
