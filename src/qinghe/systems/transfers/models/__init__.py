"""The nouns of transfers: a transfer from one branch to another, a stay abroad, the terms."""

from .moves import OPEN, WAITING, Transfer
from .stays import AbroadStay
from .terms import TransferTerms

__all__ = ["OPEN", "WAITING", "AbroadStay", "Transfer", "TransferTerms"]
