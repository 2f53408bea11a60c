"""What the rolls tell analytics; questions that check the records."""

from .checks import CHECKS
from .dues import BEHIND, PAID, PAYER
from .members import AGED, EXPELLED, LEFT, MEMBER, PARTY

FACTS = [MEMBER, *AGED.values(), PARTY, LEFT, EXPELLED, PAYER, BEHIND, PAID]

__all__ = [
    "AGED",
    "BEHIND",
    "CHECKS",
    "EXPELLED",
    "FACTS",
    "LEFT",
    "MEMBER",
    "PAID",
    "PARTY",
    "PAYER",
]
