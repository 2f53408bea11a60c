"""The nouns of volunteering."""

from .attendances import Attendance, Stay
from .sessions import Session
from .teams import Team
from .volunteers import Volunteer

__all__ = [
    "Attendance",
    "Session",
    "Stay",
    "Team",
    "Volunteer",
]
