"""What people look at in returns. Reads only; every function starts from an actor."""

from qinghe.systems.returns import models

from .codes import DEFINED, RECORDS, RETURNS, Known, codes_known, of_a_year
from .coverage import CoverageRow, coverage, late_orgs, missing_of, reminded_on
from .designs import codes_found, would_ask
from .late import words_said_late
from .lines import (
    dispute_items,
    dispute_lines,
    filing_lines,
    fill_items,
    review_items,
    value_lines,
)
from .lists import (
    definitions_seen_by,
    disputes_seen_by,
    disputes_to_settle,
    filings_seen_by,
    forms_seen_by,
    may_attach,
    reviewable,
    rounds_seen_by,
    to_fill,
    to_review,
    values_seen_by,
)
from .missing import late_ledger, periods_asked, rounds_within
from .sheet import (
    FilledCell,
    FilledForm,
    below_of,
    history_of,
    sheet_of,
    shown_in,
)

# Named here for the edges, which do not import models.
Cell = models.Cell
CellRule = models.CellRule
Definition = models.Definition
Dispute = models.Dispute
Filing = models.Filing
ReportForm = models.ReportForm
Review = models.Review
Round = models.Round
Value = models.Value
ValueChange = models.ValueChange
FormState = models.ReportForm.State
State = models.Filing.State

__all__ = [
    "DEFINED",
    "RECORDS",
    "RETURNS",
    "Cell",
    "CellRule",
    "CoverageRow",
    "Definition",
    "Dispute",
    "Filing",
    "FilledCell",
    "FilledForm",
    "FormState",
    "Known",
    "ReportForm",
    "Review",
    "Round",
    "State",
    "Value",
    "ValueChange",
    "below_of",
    "codes_found",
    "codes_known",
    "coverage",
    "definitions_seen_by",
    "dispute_items",
    "dispute_lines",
    "disputes_seen_by",
    "disputes_to_settle",
    "filing_lines",
    "filings_seen_by",
    "fill_items",
    "forms_seen_by",
    "history_of",
    "late_ledger",
    "late_orgs",
    "may_attach",
    "missing_of",
    "of_a_year",
    "periods_asked",
    "reminded_on",
    "review_items",
    "reviewable",
    "rounds_seen_by",
    "rounds_within",
    "sheet_of",
    "shown_in",
    "to_fill",
    "to_review",
    "value_lines",
    "values_seen_by",
    "words_said_late",
    "would_ask",
]
