"""Forms and filters of cadres."""

from .elections import (
    ChosenForm,
    ElectionFilter,
    ElectionForm,
    LeavingForm,
    TenureFilter,
    due_conditions,
)
from .fields import EmptyForm, NumberField, ReasonForm
from .incentives import (
    AchievementFilter,
    AchievementForm,
    DecisionForm,
    IncentiveFilter,
    YearForm,
)
from .reserve import (
    CandidateFilter,
    GroupForm,
    LetOutForm,
    NominationForm,
    OpinionForm,
    WordsForm,
)
from .roll import CadreFilter, GapFilter
from .secondments import EndForm, ExtendForm, SecondmentFilter, SecondmentForm
from .terms import TermsForm

__all__ = [
    "AchievementFilter",
    "AchievementForm",
    "CadreFilter",
    "CandidateFilter",
    "ChosenForm",
    "DecisionForm",
    "ElectionFilter",
    "ElectionForm",
    "EmptyForm",
    "EndForm",
    "ExtendForm",
    "GapFilter",
    "GroupForm",
    "IncentiveFilter",
    "LeavingForm",
    "LetOutForm",
    "NominationForm",
    "NumberField",
    "OpinionForm",
    "ReasonForm",
    "SecondmentFilter",
    "SecondmentForm",
    "TenureFilter",
    "TermsForm",
    "WordsForm",
    "YearForm",
    "due_conditions",
]
