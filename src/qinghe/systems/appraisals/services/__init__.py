"""What people do in review and registration: one function each."""

from .campaigns import NewCampaign, NewTerms, lower_cap, open_campaign, set_terms
from .lines import add_member, correct_grade, move_line, place
from .listing import list_members, note_listed
from .own import appraise_oneself, rate_others, take_part
from .registering import register, register_line, register_many
from .results import ReadyResult, bring_results
from .road import (
    Meeting,
    ReadyGrade,
    approve,
    bring_grades,
    hold_meeting,
    keep_grades,
    propose,
    record_study,
    send_back,
)

__all__ = [
    "Meeting",
    "NewCampaign",
    "NewTerms",
    "ReadyGrade",
    "ReadyResult",
    "add_member",
    "appraise_oneself",
    "approve",
    "bring_grades",
    "bring_results",
    "correct_grade",
    "hold_meeting",
    "keep_grades",
    "list_members",
    "lower_cap",
    "move_line",
    "note_listed",
    "open_campaign",
    "place",
    "propose",
    "rate_others",
    "record_study",
    "register",
    "register_line",
    "register_many",
    "send_back",
    "set_terms",
    "take_part",
]
