"""What may be done with cadres, by whom, and how closely each column is held."""

from .acts import GRANTS, WORDS, Act
from .data import DATA

__all__ = ["DATA", "GRANTS", "WORDS", "Act"]
