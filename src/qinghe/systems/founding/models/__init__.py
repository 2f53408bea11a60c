"""The nouns of founding League organisations in the new economic and social organisations."""

from .applications import Application, JoinedUnit, ListedMember
from .hundreds import Hundred, HundredTold
from .targets import FoundingTerms, Target, TargetChange
from .units import Unit, Visit

__all__ = [
    "Application",
    "FoundingTerms",
    "Hundred",
    "HundredTold",
    "JoinedUnit",
    "ListedMember",
    "Target",
    "TargetChange",
    "Unit",
    "Visit",
]
