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
from .certificates import (
    NewCertificate,
    Seal,
    announce_certificate,
    certify,
    certify_oneself,
    revoke_certificate,
    seal_certificate,
)
from .hours import approve_hours, refuse_hours
from .oneself import OwnApplication, apply_oneself, leave
from .sessions import NewSession, cancel_session, publish_session
from .star_issue import (
    answer_objection,
    fall_back,
    issue_stars,
    object_to_star,
)
from .stars import (
    Carried,
    NewRound,
    apply_for_star,
    carry_hours,
    close_star_round,
    decide_stars,
    open_star_round,
    propose_stars,
    withdraw_star,
)
from .teams import NewTeam, approve_team, close_team, found_team, refuse_team
from .volunteers import (
    NewVolunteer,
    approve_volunteer,
    refuse_volunteer,
    register_volunteer,
    withdraw_volunteer,
)

__all__ = [
    "Carried",
    "NewCertificate",
    "NewRound",
    "NewSession",
    "NewTeam",
    "NewVolunteer",
    "OwnApplication",
    "ReadySession",
    "ReadyStay",
    "ReadyTeam",
    "ReadyVolunteer",
    "Seal",
    "announce_certificate",
    "answer_objection",
    "apply_for_star",
    "apply_oneself",
    "approve_hours",
    "approve_team",
    "approve_volunteer",
    "cancel_session",
    "carry_hours",
    "certify",
    "certify_oneself",
    "check_in",
    "check_out",
    "close_star_round",
    "close_team",
    "correct_stay",
    "decide_stars",
    "fall_back",
    "found_many",
    "found_team",
    "issue_stars",
    "leave",
    "object_to_star",
    "open_star_round",
    "propose_stars",
    "publish_many",
    "publish_session",
    "record_many",
    "refuse_hours",
    "refuse_team",
    "refuse_volunteer",
    "register_many",
    "register_volunteer",
    "revoke_certificate",
    "seal_certificate",
    "void_attendance",
    "withdraw_star",
    "withdraw_volunteer",
]
