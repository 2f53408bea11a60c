"""The invented half-year as plain rows: who and what there is, before any door is used.

Everything here is a function of a `Size` and its seed. Totals come out exact because the last
step of each kind shares out what is still missing, never because a figure is written down.
"""

from .organisations import District, plan_district
from .people import plan_cadres, plan_members
from .rows import (
    AttendanceRow,
    CadreRow,
    MemberRow,
    PersonRow,
    SessionRow,
    TeamRow,
    VolunteerRow,
)
from .service import Attended, plan_attendances, plan_sessions, plan_teams, plan_volunteers

__all__ = [
    "AttendanceRow",
    "Attended",
    "CadreRow",
    "District",
    "MemberRow",
    "PersonRow",
    "SessionRow",
    "TeamRow",
    "VolunteerRow",
    "plan_attendances",
    "plan_cadres",
    "plan_district",
    "plan_members",
    "plan_sessions",
    "plan_teams",
    "plan_volunteers",
]
