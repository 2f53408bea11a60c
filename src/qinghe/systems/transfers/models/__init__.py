"""The nouns of transfers: a transfer from one branch to another, a stay abroad, the terms."""

from .moves import OPEN, Transfer
from .terms import TransferTerms

__all__ = ["OPEN", "Transfer", "TransferTerms"]
