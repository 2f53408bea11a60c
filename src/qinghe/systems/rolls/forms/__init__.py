"""Forms and filters of the rolls: what is well-formed."""

from .dues import (
    DuesForm,
    DuesTermsForm,
    PayerFilter,
    PaymentFilter,
    RateForm,
    ReductionForm,
)
from .expelling import AppealForm, ExpelForm, ExpulsionForm
from .files import FileForm
from .filters import BranchFilter, ExpulsionFilter, LeavingFilter, OfAgeFilter, RollFilter
from .leaving import ApproveForm, ConfirmForm, DroppedForm, OfAgeForm, ReasonForm, ResignedForm

__all__ = [
    "AppealForm",
    "ApproveForm",
    "BranchFilter",
    "ConfirmForm",
    "DroppedForm",
    "DuesForm",
    "DuesTermsForm",
    "ExpelForm",
    "ExpulsionFilter",
    "ExpulsionForm",
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
