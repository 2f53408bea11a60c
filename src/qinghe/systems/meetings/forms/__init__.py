"""Forms and filters of meetings: what is well-formed."""

from .bodies import BodyForm, ConvenerForm, RepresentativeForm, TermsForm, UnitForm
from .chores import ChoreForm, LineForm
from .fields import ReadersForm, ReasonForm
from .registers import (
    DecisionFilter,
    DecisionForm,
    InstructionFilter,
    InstructionForm,
    OutcomeForm,
    PlatformForm,
    ReportForm,
    TalkFilter,
    TalkForm,
)
from .sittings import (
    AboveForm,
    GuestForm,
    HoldForm,
    ItemForm,
    MinutesForm,
    OrderForm,
    ReplyForm,
    SittingFilter,
    SittingForm,
    TopicForm,
)

__all__ = [
    "AboveForm",
    "BodyForm",
    "ChoreForm",
    "ConvenerForm",
    "DecisionFilter",
    "DecisionForm",
    "GuestForm",
    "HoldForm",
    "InstructionFilter",
    "InstructionForm",
    "ItemForm",
    "LineForm",
    "MinutesForm",
    "OrderForm",
    "OutcomeForm",
    "PlatformForm",
    "ReadersForm",
    "ReasonForm",
    "ReplyForm",
    "ReportForm",
    "RepresentativeForm",
    "SittingFilter",
    "SittingForm",
    "TalkFilter",
    "TalkForm",
    "TermsForm",
    "TopicForm",
    "UnitForm",
]
