"""The nouns of returns: what is asked, who was asked, and what they said."""

from .filings import Answer, DerivedCell, Filing, Reminder, Review, Round
from .forms import Cell, CellRule, Definition, ReportForm
from .values import Dispute, Value, ValueChange

__all__ = [
    "Answer",
    "Cell",
    "CellRule",
    "Definition",
    "DerivedCell",
    "Dispute",
    "Filing",
    "Reminder",
    "ReportForm",
    "Review",
    "Round",
    "Value",
    "ValueChange",
]
