"""Volunteering's ledgers, as workbooks come in."""

from .attendances import ATTENDANCES
from .sessions import SESSIONS
from .teams import TEAMS
from .volunteers import VOLUNTEERS

SHEETS = (VOLUNTEERS, TEAMS, SESSIONS, ATTENDANCES)

__all__ = ["ATTENDANCES", "SESSIONS", "SHEETS", "TEAMS", "VOLUNTEERS"]
