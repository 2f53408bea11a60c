"""What founding tells analytics; questions that check its records."""

from .checks import CHECKS
from .rows import APPLICATION, FACTS, FOUNDED, HUNDRED, LATE, TARGET, UNIT

__all__ = ["APPLICATION", "CHECKS", "FACTS", "FOUNDED", "HUNDRED", "LATE", "TARGET", "UNIT"]
