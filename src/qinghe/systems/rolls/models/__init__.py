"""The nouns of rolls; memberships and League files live in the kernel."""

from .leaving import Leaving

__all__ = ["Leaving"]
