"""Which measures of supervision hold when."""

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.systems.targets import models

Terms = models.SupervisionTerms  # named here for the edges, which do not import models
TERM_NUMBERS = (
    "green_percent",
    "yellow_percent",
    "quiet_percent",
    "soon_days",
    "named_days",
    "file_days",
    "answer_days",
)
_BEFORE_ANY = date(2000, 1, 1)


def terms_on(actor: Actor | str, day: date) -> Terms:
    """Return the terms that hold on a day; where none were set, what the platform comes with."""
    return terms_by_day(actor)(day)


def terms_by_day(actor: Actor | str) -> Callable[[date], Terms]:
    """Return what tells the terms of any day, with one question."""
    every = list(Terms.objects.all())
    shipped = Terms(title="平台初始参数", starts_on=_BEFORE_ANY)
    return lambda day: next((one for one in every if one.starts_on <= day), shipped)


def all_terms(actor: Actor) -> QuerySet[Terms]:
    """Return all terms, the newest first."""
    return Terms.objects.all()
