"""What volunteering tells analytics, and what it looks over in its own records.

What is "over" is asked of the database's own clock (`Now`), so nothing here reads another.
"""

from .checks import CHECKS
from .service import SERVICE, SESSION
from .standing import TEAM, VOLUNTEER, people_at

FACTS = [SERVICE, SESSION, VOLUNTEER, TEAM]

__all__ = ["CHECKS", "FACTS", "SERVICE", "SESSION", "TEAM", "VOLUNTEER", "people_at"]
