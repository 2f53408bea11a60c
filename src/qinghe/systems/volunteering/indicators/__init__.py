"""The figures volunteering answers for."""

from qinghe.analytics.indicators import Indicator, Ratio

from .courtesy import COURTESY_CLAIMS, COURTESY_PEOPLE, COURTESY_RATE, COURTESY_USES, SPONSORS
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
    COURTESY_CLAIMS,
    COURTESY_USES,
    COURTESY_PEOPLE,
    SPONSORS,
    COURTESY_RATE,
]
