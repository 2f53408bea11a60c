"""The nouns of inspections, guidance and exchanges."""

from .checklists import Checklist, Item
from .findings import Finding, Rectification
from .guidance import Exchange, Guidance, Lesson
from .points import Kind, Point
from .visits import Answer, Visit

__all__ = [
    "Answer",
    "Checklist",
    "Exchange",
    "Finding",
    "Guidance",
    "Item",
    "Kind",
    "Lesson",
    "Point",
    "Rectification",
    "Visit",
]
