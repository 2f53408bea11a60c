"""The nouns of projects: the project, its parts, means, milestones and appointments."""

from .calendar import Event, EventPerson, Milestone
from .means import Allotment, Means
from .parts import OPEN, Part
from .projects import JointProject

__all__ = [
    "OPEN",
    "Allotment",
    "Event",
    "EventPerson",
    "JointProject",
    "Means",
    "Milestone",
    "Part",
]
