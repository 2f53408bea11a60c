"""Forms and filters of review and registration."""

from .campaigns import CampaignForm, CapForm, TermsForm
from .lines import AddForm, CorrectForm, LineFilter, MoveForm, PlaceForm
from .own import OwnForm
from .road import GradesForm, MeetingForm, ReasonForm, RegisterForm, StudyForm
from .rolls import RollFilter

__all__ = [
    "AddForm",
    "CampaignForm",
    "CapForm",
    "CorrectForm",
    "GradesForm",
    "LineFilter",
    "MeetingForm",
    "MoveForm",
    "OwnForm",
    "PlaceForm",
    "ReasonForm",
    "RegisterForm",
    "RollFilter",
    "StudyForm",
    "TermsForm",
]
