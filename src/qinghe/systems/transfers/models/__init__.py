"""The nouns of transfers: a transfer from one branch to another, a stay abroad, the terms."""

from .moves import OPEN, Transfer
from .stays import AbroadStay
from .terms import TransferTerms

__all__ = ["OPEN", "AbroadStay", "Transfer", "TransferTerms"]
