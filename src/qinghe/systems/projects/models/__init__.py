"""The nouns of projects: the project, its parts, means, milestones and appointments."""

from .calendar import Event, EventPerson, Milestone
from .means import Allotment, Means
from .parts import OFF, OPEN, Part
from .projects import JointProject

__all__ = [
    "OFF",
    "OPEN",
    "Allotment",
    "Event",
    "EventPerson",
    "JointProject",
    "Means",
    "Milestone",
    "Part",
]
