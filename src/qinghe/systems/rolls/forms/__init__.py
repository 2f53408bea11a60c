"""Forms and filters of the rolls: what is well-formed."""

from .dues import (
    DuesForm,
    DuesTermsForm,
    PayerFilter,
    PaymentFilter,
    RateForm,
    ReductionForm,
)
from .files import FileForm
from .filters import BranchFilter, LeavingFilter, OfAgeFilter, RollFilter
from .leaving import ApproveForm, ConfirmForm, DroppedForm, OfAgeForm, ReasonForm, ResignedForm

__all__ = [
    "ApproveForm",
    "BranchFilter",
    "ConfirmForm",
    "DroppedForm",
    "DuesForm",
    "DuesTermsForm",
    "FileForm",
    "LeavingFilter",
    "OfAgeFilter",
    "OfAgeForm",
    "PayerFilter",
    "PaymentFilter",
    "RateForm",
    "ReasonForm",
    "ReductionForm",
    "ResignedForm",
    "RollFilter",
]
