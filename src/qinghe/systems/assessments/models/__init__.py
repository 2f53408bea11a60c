"""The nouns of assessments: schemes with their items, what organisations are given, rankings."""

from .marking import Assessment, Mark, Objection, Review
from .schemes import Item, ItemStep, Ranking, Scheme

__all__ = [
    "Assessment",
    "Item",
    "ItemStep",
    "Mark",
    "Objection",
    "Ranking",
    "Review",
    "Scheme",
]
