"""Forms and filters of the work of branches."""

from .grading import GradingFilter, GradingTermsForm, PointsForm, ReviewForm, RoundForm, SelfForm
from .meetings import MeetingFilter, MeetingForm, ReasonForm
from .terms import TermsForm

__all__ = [
    "GradingFilter",
    "GradingTermsForm",
    "MeetingFilter",
    "MeetingForm",
    "PointsForm",
    "ReasonForm",
    "ReviewForm",
    "RoundForm",
    "SelfForm",
    "TermsForm",
]
