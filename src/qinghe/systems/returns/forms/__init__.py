"""What people type into the pages of returns."""

from .designing import (
    CellForm,
    CellLines,
    DefinitionForm,
    ExtendForm,
    HeadForm,
    RoundForm,
    RuleLines,
    as_new,
)
from .filling import (
    LateForm,
    ReasonForm,
    SettleForm,
    Typed,
    WorkbookForm,
    answers_in,
    typed_in,
)
from .filters import FilingFilter, LateFilter, ReviewFilter
from .workbook import Changed, Taken, changes_in, taken_from, workbook_of

__all__ = [
    "CellForm",
    "CellLines",
    "Changed",
    "DefinitionForm",
    "ExtendForm",
    "FilingFilter",
    "HeadForm",
    "LateFilter",
    "LateForm",
    "ReasonForm",
    "ReviewFilter",
    "RoundForm",
    "RuleLines",
    "SettleForm",
    "Taken",
    "Typed",
    "WorkbookForm",
    "answers_in",
    "as_new",
    "changes_in",
    "taken_from",
    "typed_in",
    "workbook_of",
]
