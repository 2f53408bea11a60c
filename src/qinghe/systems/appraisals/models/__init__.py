"""The nouns of review and registration: terms, campaigns, rolls, lines, changed grades."""

from .campaigns import Campaign, LocalCap, Terms
from .rolls import Grade, GradeChange, Line, Roll, Standing

__all__ = [
    "Campaign",
    "Grade",
    "GradeChange",
    "Line",
    "LocalCap",
    "Roll",
    "Standing",
    "Terms",
]
