"""Forms and filters of lists of work: what is well-formed."""

from .lists import (
    AnswerForm,
    ItemFilter,
    ItemForm,
    ListFilter,
    ListForm,
    PublishForm,
    ReasonForm,
    TakeForm,
    said_of,
)
from .shares import AdjustForm, ClaimForm, GapForm, RuleForm, SplitForm

__all__ = [
    "AdjustForm",
    "AnswerForm",
    "ClaimForm",
    "GapForm",
    "ItemFilter",
    "ItemForm",
    "ListFilter",
    "ListForm",
    "PublishForm",
    "ReasonForm",
    "RuleForm",
    "SplitForm",
    "TakeForm",
    "said_of",
]
