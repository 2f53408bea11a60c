"""The nouns of joining: tables, constraints, states."""

from .cases import Case, Step, Way
from .evidence import Lesson, Meeting, Objection, Sponsor
from .numbers import Batch, Number, NumberRequest, Quota
from .terms import JoiningTerms

__all__ = [
    "Batch",
    "Case",
    "JoiningTerms",
    "Lesson",
    "Meeting",
    "Number",
    "NumberRequest",
    "Objection",
    "Quota",
    "Sponsor",
    "Step",
    "Way",
]
