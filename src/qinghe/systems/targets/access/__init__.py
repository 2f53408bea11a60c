"""What may be done with lists of work and by whom; how closely what they keep about people is held."""

from .acts import GRANTS, WORDS, Act
from .data import DATA

__all__ = ["DATA", "GRANTS", "WORDS", "Act"]
