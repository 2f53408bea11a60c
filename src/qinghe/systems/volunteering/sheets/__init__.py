"""Volunteering's ledgers, as workbooks come in."""

from .activities import ACTIVITIES
from .attendances import ATTENDANCES
from .sessions import SESSIONS
from .teams import TEAMS
from .volunteers import VOLUNTEERS

SHEETS = (VOLUNTEERS, TEAMS, SESSIONS, ATTENDANCES, ACTIVITIES)

__all__ = ["ACTIVITIES", "ATTENDANCES", "SESSIONS", "SHEETS", "TEAMS", "VOLUNTEERS"]
