"""The nouns of volunteering."""

from .attendances import Attendance, Stay
from .certificates import Certificate
from .courtesy import CourtesyClaim, CourtesyItem, CourtesyTerms, Sponsor, SponsorKey
from .scans import Scan
from .sessions import Session
from .stars import (
    CarriedHours,
    StarCase,
    StarDecision,
    StarLevel,
    StarObjection,
    StarRound,
    StarScheme,
)
from .teams import Team
from .volunteers import Volunteer

__all__ = [
    "Attendance",
    "CarriedHours",
    "Certificate",
    "CourtesyClaim",
    "CourtesyItem",
    "CourtesyTerms",
    "Scan",
    "Session",
    "Sponsor",
    "SponsorKey",
    "StarCase",
    "StarDecision",
    "StarLevel",
    "StarObjection",
    "StarRound",
    "StarScheme",
    "Stay",
    "Team",
    "Volunteer",
]
