"""What may be done with exports and differences, by whom, and how closely their columns are held."""

from .acts import GRANTS, WORDS, Act
from .data import DATA

__all__ = ["DATA", "GRANTS", "WORDS", "Act"]
