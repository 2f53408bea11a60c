"""The verbs of signing and issuing."""

from .correcting import correct
from .issuing import Number, issue, keep_pdf, print_pdf
from .signing import agree, send_back, submit, withdraw

__all__ = [
    "Number",
    "agree",
    "correct",
    "issue",
    "keep_pdf",
    "print_pdf",
    "send_back",
    "submit",
    "withdraw",
]
