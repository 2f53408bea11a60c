"""Forms and filters of points, checklists, visits, findings, guidance and exchanges."""

from .checklists import ChecklistForm, ItemFormSet, KindForm
from .findings import DueForm, FindingFilter, HandOverForm, ReasonForm, RectifyForm
from .guidance import ExchangeForm, GuidanceForm, LessonFilter, LessonForm
from .points import CloseForm, PointFilter, PointForm
from .visits import PhotoForm, SearchForm, SeenForm, VisitFilter

__all__ = [
    "ChecklistForm",
    "CloseForm",
    "DueForm",
    "ExchangeForm",
    "FindingFilter",
    "GuidanceForm",
    "HandOverForm",
    "ItemFormSet",
    "KindForm",
    "LessonFilter",
    "LessonForm",
    "PhotoForm",
    "PointFilter",
    "PointForm",
    "ReasonForm",
    "RectifyForm",
    "SearchForm",
    "SeenForm",
    "VisitFilter",
]
