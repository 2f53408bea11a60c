"""What the rolls tell analytics; questions that check the records."""

from .checks import CHECKS
from .members import AGED, LEFT, MEMBER, PARTY

FACTS = [MEMBER, *AGED.values(), PARTY, LEFT]

__all__ = ["AGED", "CHECKS", "FACTS", "LEFT", "MEMBER", "PARTY"]
