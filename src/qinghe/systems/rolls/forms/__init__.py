"""Forms and filters of the rolls: what is well-formed."""

from .files import FileForm
from .filters import BranchFilter, LeavingFilter, OfAgeFilter, RollFilter
from .leaving import ApproveForm, DroppedForm, OfAgeForm, ReasonForm, ResignedForm

__all__ = [
    "ApproveForm",
    "BranchFilter",
    "DroppedForm",
    "FileForm",
    "LeavingFilter",
    "OfAgeFilter",
    "OfAgeForm",
    "ReasonForm",
    "ResignedForm",
    "RollFilter",
]
