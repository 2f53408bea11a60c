"""What volunteering tells analytics, and what it looks over in its own records.

What is "over" is asked of the database's own clock (`Now`), so nothing here reads another.
"""

from . import checks, star_checks
from .service import SERVICE, SESSION
from .standing import TEAM, VOLUNTEER, people_at
from .stars import CERTIFICATE, STAR

FACTS = [SERVICE, SESSION, VOLUNTEER, TEAM, STAR, CERTIFICATE]
CHECKS = [*checks.CHECKS, *star_checks.CHECKS]

__all__ = [
    "CERTIFICATE",
    "CHECKS",
    "FACTS",
    "SERVICE",
    "SESSION",
    "STAR",
    "TEAM",
    "VOLUNTEER",
    "people_at",
]
