"""Forms and filters of the work of branches."""

from .meetings import MeetingFilter, MeetingForm, ReasonForm
from .terms import TermsForm

__all__ = ["MeetingFilter", "MeetingForm", "ReasonForm", "TermsForm"]
