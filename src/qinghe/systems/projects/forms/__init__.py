"""Forms and filters of projects: what is well-formed."""

from .calendar import EventForm, MilestoneForm
from .parts import AllotForm, MeansForm, PartForm, SubmitForm
from .projects import CloseForm, ExtendForm, ProjectFilter, ProjectForm, ReasonForm

__all__ = [
    "AllotForm",
    "CloseForm",
    "EventForm",
    "ExtendForm",
    "MeansForm",
    "MilestoneForm",
    "PartForm",
    "ProjectFilter",
    "ProjectForm",
    "ReasonForm",
    "SubmitForm",
]
