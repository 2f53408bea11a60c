"""The nouns of joining: tables, constraints, states."""

from .cases import Case, Step, Way
from .classes import GraduatingClass, RatioCeiling, Stage
from .evidence import Lesson, Meeting, Objection, Sponsor
from .numbers import Batch, Number, NumberRequest, Quota
from .terms import JoiningTerms

__all__ = [
    "Batch",
    "Case",
    "GraduatingClass",
    "JoiningTerms",
    "Lesson",
    "Meeting",
    "Number",
    "NumberRequest",
    "Objection",
    "Quota",
    "RatioCeiling",
    "Sponsor",
    "Stage",
    "Step",
    "Way",
]
