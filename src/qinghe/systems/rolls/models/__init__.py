"""The nouns of rolls; memberships and League files live in the kernel."""

from .dues import DuesPayment, DuesRate, DuesTerms
from .expulsions import Expulsion
from .leaving import Leaving

__all__ = ["DuesPayment", "DuesRate", "DuesTerms", "Expulsion", "Leaving"]
