"""Numbers in the prose of a report (rules G-50 to G-58): saying them, and checking what is said."""

from .claims import Claim, Hedge, claims, contradicts, is_true
from .fixed_words import PROTECTED, sheltered, unprotected_numbers
from .numerals import chinese_number, rounded
from .phrases import Phrase, Style, say, usual_step
from .units import UNITS, Unit, unit_fits

__all__ = [
    "PROTECTED",
    "UNITS",
    "Claim",
    "Hedge",
    "Phrase",
    "Style",
    "Unit",
    "chinese_number",
    "claims",
    "contradicts",
    "is_true",
    "rounded",
    "say",
    "sheltered",
    "unit_fits",
    "unprotected_numbers",
    "usual_step",
]
