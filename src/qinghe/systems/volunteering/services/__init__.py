"""What people do in volunteering. One function is one use case and one transaction."""

from .attendances import check_in, check_out, correct_stay, void_attendance
from .bulk import (
    ReadySession,
    ReadyStay,
    ReadyTeam,
    ReadyVolunteer,
    found_many,
    publish_many,
    record_many,
    register_many,
)
from .hours import approve_hours, refuse_hours
from .oneself import OwnApplication, apply_oneself, leave
from .sessions import NewSession, cancel_session, publish_session
from .teams import NewTeam, approve_team, close_team, found_team, refuse_team
from .volunteers import (
    NewVolunteer,
    approve_volunteer,
    refuse_volunteer,
    register_volunteer,
    withdraw_volunteer,
)

__all__ = [
    "NewSession",
    "NewTeam",
    "NewVolunteer",
    "OwnApplication",
    "ReadySession",
    "ReadyStay",
    "ReadyTeam",
    "ReadyVolunteer",
    "apply_oneself",
    "approve_hours",
    "approve_team",
    "approve_volunteer",
    "cancel_session",
    "check_in",
    "check_out",
    "close_team",
    "correct_stay",
    "found_many",
    "found_team",
    "leave",
    "publish_many",
    "publish_session",
    "record_many",
    "refuse_hours",
    "refuse_team",
    "refuse_volunteer",
    "register_many",
    "register_volunteer",
    "void_attendance",
    "withdraw_volunteer",
]
