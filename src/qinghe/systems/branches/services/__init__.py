"""What people do in the work of branches: one function each."""

from .meetings import NewMeeting, cancel_meeting, record_many, record_meeting
from .terms import NewTerms, set_terms

__all__ = [
    "NewMeeting",
    "NewTerms",
    "cancel_meeting",
    "record_many",
    "record_meeting",
    "set_terms",
]
