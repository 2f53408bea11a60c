"""What lists of work tell analytics; questions that check their records."""

from .checks import CHECKS
from .rows import CLAIM, FACTS, FLOOR, ITEM

__all__ = ["CHECKS", "CLAIM", "FACTS", "FLOOR", "ITEM"]
