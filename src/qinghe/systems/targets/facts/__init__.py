"""What lists of work tell analytics; questions that check their records."""

from . import rows
from .charges import CHARGE, CHARGE_FACTS, RED, STRUCK
from .checks import CHECKS
from .rows import CLAIM, FLOOR, ITEM

FACTS = [*rows.FACTS, *CHARGE_FACTS]

__all__ = ["CHARGE", "CHECKS", "CLAIM", "FACTS", "FLOOR", "ITEM", "RED", "STRUCK"]
