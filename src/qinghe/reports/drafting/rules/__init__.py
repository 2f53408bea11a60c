"""What a text may say, decided without a database: tokens, the checker, comparisons, moves."""

from .findings import Code, Finding, Known, Surroundings
from .tokens import IN_WORDS, Against, Piece, Token, parse, tokens, written

__all__ = [
    "IN_WORDS",
    "Against",
    "Code",
    "Finding",
    "Known",
    "Piece",
    "Surroundings",
    "Token",
    "parse",
    "tokens",
    "written",
]
