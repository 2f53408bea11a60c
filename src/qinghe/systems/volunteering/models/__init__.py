"""The nouns of volunteering."""

from .activities import Activity, ActivityTemplate, CoOrganiser, Project, ServicePost
from .attendances import Attendance, Stay
from .carried import CarriedList, CarriedRow
from .certificates import Certificate
from .courtesy import CourtesyClaim, CourtesyItem, CourtesyTerms, Sponsor, SponsorKey
from .disputes import HoursDispute
from .feedback import Evaluation, Rating
from .findings import Finding, HeldRecord, Sweep
from .insurance import Policy
from .late import LateEntry, LateLine, LateMonth
from .profiles import Profile, ProfilePlace, ProfileSkill, SessionCall, SkillWord
from .scans import Scan
from .sessions import Session
from .sign_ups import CalendarFeed, SignUp
from .sources import HoursSource, SourceColumns
from .stars import (
    CarriedHours,
    StarCase,
    StarDecision,
    StarLevel,
    StarObjection,
    StarRound,
    StarScheme,
)
from .team_people import HeadChange, TeamMember, TeamPost
from .teams import Team, TeamConfirmation, TeamObjection, TeamScheme, TeamStanding
from .terms import HoursTerms
from .training import Credit, Training
from .volunteers import Volunteer

__all__ = [
    "Activity",
    "ActivityTemplate",
    "Attendance",
    "CalendarFeed",
    "CarriedHours",
    "CarriedList",
    "CarriedRow",
    "Certificate",
    "CoOrganiser",
    "CourtesyClaim",
    "CourtesyItem",
    "CourtesyTerms",
    "Credit",
    "Evaluation",
    "Finding",
    "HeadChange",
    "HeldRecord",
    "HoursDispute",
    "HoursSource",
    "HoursTerms",
    "LateEntry",
    "LateLine",
    "LateMonth",
    "Policy",
    "Profile",
    "ProfilePlace",
    "ProfileSkill",
    "Project",
    "Rating",
    "Scan",
    "ServicePost",
    "Session",
    "SessionCall",
    "SignUp",
    "SkillWord",
    "SourceColumns",
    "Sponsor",
    "SponsorKey",
    "StarCase",
    "StarDecision",
    "StarLevel",
    "StarObjection",
    "StarRound",
    "StarScheme",
    "Stay",
    "Sweep",
    "Team",
    "TeamConfirmation",
    "TeamMember",
    "TeamObjection",
    "TeamPost",
    "TeamScheme",
    "TeamStanding",
    "Training",
    "Volunteer",
]
