"""What may be done in assessments and by whom; how closely what it keeps about people is held."""

from .acts import GRANTS, WORDS, Act
from .data import DATA

__all__ = ["DATA", "GRANTS", "WORDS", "Act"]
