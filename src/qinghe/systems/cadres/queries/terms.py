"""The numbers by which cadres are kept, as they held and will hold."""

from collections.abc import Collection
from datetime import date

from django.db.models import PositiveSmallIntegerField, QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.systems.cadres import models

CadreTerms = models.CadreTerms
TERM_NUMBERS = tuple(
    column.name
    for column in models.CadreTerms._meta.get_fields()
    if isinstance(column, PositiveSmallIntegerField)
)


def terms_on(actor: Actor | str, day: date) -> models.CadreTerms:
    """Return the numbers that hold on a day; where none were set, those the house ships with."""
    found = models.CadreTerms.objects.filter(starts_on__lte=day).order_by("-starts_on").first()
    return found or shipped(actor)


def terms_of_days(actor: Actor, days: Collection[date]) -> dict[date, models.CadreTerms]:
    """Return the numbers that hold on each of some days, in one question."""
    entered = list(models.CadreTerms.objects.order_by("-starts_on"))
    first = shipped(actor)
    return {day: next((one for one in entered if one.starts_on <= day), first) for day in days}


def shipped(actor: Actor | str) -> models.CadreTerms:
    """Return the numbers that hold until the district sets others (T-05, T-06)."""
    return models.CadreTerms(
        title="团干部工作规定（随系统提供）",
        starts_on=date(2018, 7, 1),
        source="团章（2018年修订）关于任期的规定（T-06，待核实）；其余为系统默认值",
    )


def all_terms(actor: Actor) -> QuerySet[models.CadreTerms]:
    """Return all numbers that were set, the latest first."""
    return models.CadreTerms.objects.order_by("-starts_on").select_related("entered_by")


def numbers_of(actor: Actor, terms: models.CadreTerms) -> list[tuple[str, int]]:
    """Return the numbers of some terms with what each is called."""
    columns = models.CadreTerms._meta
    return [
        (str(columns.get_field(name).verbose_name), getattr(terms, name))  # type: ignore[union-attr]
        for name in TERM_NUMBERS
    ]
