"""The numbers by which hours are doubted, as they held and will hold."""

from django.db.models import QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models

TERM_NUMBERS = (
    "late_days",
    "late_minutes",
    "answer_days",
    "speed",
    "day_minutes",
    "week_minutes",
    "clone_people",
    "night_people",
    "most_people",
    "one_device",
)


def all_hours_terms(actor: Actor) -> QuerySet[models.HoursTerms]:
    """Return all terms, the latest first."""
    return models.HoursTerms.objects.order_by("-starts_on")


def numbers_of(actor: Actor, terms: models.HoursTerms) -> list[tuple[str, int]]:
    """Return the numbers of some terms with what each is called."""
    columns = models.HoursTerms._meta
    return [
        (str(columns.get_field(name).verbose_name), getattr(terms, name))  # type: ignore[union-attr]
        for name in TERM_NUMBERS
    ]
