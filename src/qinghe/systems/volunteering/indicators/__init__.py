"""The figures volunteering answers for."""

from qinghe.analytics.indicators import Indicator, Ratio

from .rates import ACTIVE_RATE, HOURS_EACH
from .service import HOURS, PEOPLE, SESSIONS, TURNOUT
from .standing import NEW_TEAMS, NEW_VOLUNTEERS, REGISTERED
from .stars import CERTIFICATES, STARS

INDICATORS: list[Indicator | Ratio] = [
    NEW_VOLUNTEERS,
    SESSIONS,
    TURNOUT,
    HOURS,
    NEW_TEAMS,
    PEOPLE,
    REGISTERED,
    ACTIVE_RATE,
    HOURS_EACH,
    STARS,
    CERTIFICATES,
]
