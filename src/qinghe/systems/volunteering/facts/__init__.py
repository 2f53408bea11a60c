"""What volunteering tells analytics, and what it looks over in its own records.

What is "over" is asked of the database's own clock (`Now`), so nothing here reads another.
"""

from . import carried, checks, courtesy, hours_checks, star_checks, team_checks
from .carried import CARRIED, UNOWNED
from .courtesy import COURTESY_CLAIM, COURTESY_USE, SPONSOR
from .feedback import RATING
from .hours import DISPUTE, FINDING, HELD
from .net import COMMUNITY, CREDIT, FEDERATION, STANDING
from .service import CHILD_SERVICE, SERVICE, SESSION
from .sign_ups import JOINED, POST, SIGN_UP
from .standing import TEAM, VOLUNTEER, people_at
from .stars import CERTIFICATE, STAR

FACTS = [
    CHILD_SERVICE,
    SERVICE,
    SESSION,
    VOLUNTEER,
    TEAM,
    STAR,
    CERTIFICATE,
    COURTESY_CLAIM,
    COURTESY_USE,
    SPONSOR,
    STANDING,
    COMMUNITY,
    FEDERATION,
    CREDIT,
    JOINED,
    POST,
    SIGN_UP,
    DISPUTE,
    FINDING,
    HELD,
    RATING,
    CARRIED,
    UNOWNED,
]
CHECKS = [
    *checks.CHECKS,
    *star_checks.CHECKS,
    *courtesy.CHECKS,
    *team_checks.CHECKS,
    *hours_checks.CHECKS,
    *carried.CHECKS,
]

__all__ = [
    "CARRIED",
    "CERTIFICATE",
    "CHECKS",
    "CHILD_SERVICE",
    "COMMUNITY",
    "COURTESY_CLAIM",
    "COURTESY_USE",
    "CREDIT",
    "DISPUTE",
    "FACTS",
    "FEDERATION",
    "FINDING",
    "HELD",
    "JOINED",
    "POST",
    "RATING",
    "SERVICE",
    "SESSION",
    "SIGN_UP",
    "SPONSOR",
    "STANDING",
    "STAR",
    "TEAM",
    "UNOWNED",
    "VOLUNTEER",
    "people_at",
]
