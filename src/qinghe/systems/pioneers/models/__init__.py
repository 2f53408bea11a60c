"""The nouns of pioneers: tables, constraints, states."""

from .badges import Badge, Level, Round, StarTerms
from .ceremonies import Ceremony, CeremonyKind, Outline, Step
from .nominating import Eligible, Nomination, Nominee, Slate
from .schools import IS_CORPS, IS_SCHOOL

__all__ = [
    "IS_CORPS",
    "IS_SCHOOL",
    "Badge",
    "Ceremony",
    "CeremonyKind",
    "Eligible",
    "Level",
    "Nomination",
    "Nominee",
    "Outline",
    "Round",
    "Slate",
    "StarTerms",
    "Step",
]
