"""Forms and filters of transfers: what is well-formed."""

from .deciding import PlaceForm, ReasonForm, ReceiptForm
from .filters import BranchFilter, TransferFilter
from .many import PlaceManyForm, TogetherForm
from .starting import MendForm, OwnForm, ReceiveForm, SendForm
from .stays import ReturnForm, StayForm
from .terms import TermsForm

__all__ = [
    "BranchFilter",
    "MendForm",
    "OwnForm",
    "PlaceForm",
    "PlaceManyForm",
    "ReasonForm",
    "ReceiptForm",
    "ReceiveForm",
    "ReturnForm",
    "SendForm",
    "StayForm",
    "TermsForm",
    "TogetherForm",
    "TransferFilter",
]
