"""What people do in the work of branches: one function each."""

from .grading import (
    Judge,
    Judged,
    NewRound,
    check_grading,
    grade_self,
    open_grading,
    publish_gradings,
    review_grading,
    send_back_grading,
    sign_grading,
)
from .grading_terms import NewGradingTerms, set_grading_terms
from .meetings import NewMeeting, cancel_meeting, record_many, record_meeting
from .terms import NewTerms, set_terms

__all__ = [
    "Judge",
    "Judged",
    "NewGradingTerms",
    "NewMeeting",
    "NewRound",
    "NewTerms",
    "cancel_meeting",
    "check_grading",
    "grade_self",
    "open_grading",
    "publish_gradings",
    "record_many",
    "record_meeting",
    "review_grading",
    "send_back_grading",
    "set_grading_terms",
    "set_terms",
    "sign_grading",
]
