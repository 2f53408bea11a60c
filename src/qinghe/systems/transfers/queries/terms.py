"""The limits of transfers, as they held and will hold."""

from datetime import date

from django.db.models import QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.systems.transfers import models

TERM_NUMBERS = ("timeout_days", "study_days", "abroad_years")
Terms = models.TransferTerms


def terms_on(actor: Actor | str, day: date) -> models.TransferTerms:
    """Return the limits that hold on a day; where none were entered, the columns' own defaults."""
    entered = models.TransferTerms.objects.filter(starts_on__lte=day).order_by("-starts_on").first()
    return entered or models.TransferTerms(title="默认参数", starts_on=day)


def all_terms(actor: Actor) -> QuerySet[models.TransferTerms]:
    """Return all limits, the latest first."""
    return models.TransferTerms.objects.order_by("-starts_on")


def numbers_of(actor: Actor, terms: models.TransferTerms) -> list[tuple[str, int]]:
    """Return the numbers of some terms with what each is called."""
    columns = models.TransferTerms._meta
    return [
        (str(columns.get_field(name).verbose_name), getattr(terms, name))  # type: ignore[union-attr]
        for name in TERM_NUMBERS
    ]
