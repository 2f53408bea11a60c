"""Forms and filters of founding."""

from .applications import ApplicationFilter, ApplicationForm, ApproveForm
from .hundreds import HundredForm, ToldForm
from .targets import AdjustForm, HandDownForm, ShareForm, TermsForm
from .units import AsideForm, AssignForm, ReasonForm, UnitFilter, UnitForm, VisitForm

__all__ = [
    "AdjustForm",
    "ApplicationFilter",
    "ApplicationForm",
    "ApproveForm",
    "AsideForm",
    "AssignForm",
    "HandDownForm",
    "HundredForm",
    "ReasonForm",
    "ShareForm",
    "TermsForm",
    "ToldForm",
    "UnitFilter",
    "UnitForm",
    "VisitForm",
]
