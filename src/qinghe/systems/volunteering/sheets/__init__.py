"""Volunteering's ledgers, as workbooks come in."""

from .activities import ACTIVITIES
from .attendances import ATTENDANCES
from .sessions import SESSIONS
from .team_people import TEAM_MEMBERS
from .teams import TEAMS
from .training import CREDITS
from .volunteers import VOLUNTEERS

SHEETS = (VOLUNTEERS, TEAMS, TEAM_MEMBERS, SESSIONS, ATTENDANCES, ACTIVITIES, CREDITS)

__all__ = [
    "ACTIVITIES",
    "ATTENDANCES",
    "CREDITS",
    "SESSIONS",
    "SHEETS",
    "TEAMS",
    "TEAM_MEMBERS",
    "VOLUNTEERS",
]
