"""Which numbers of founding hold when."""

from datetime import date

from django.db.models import QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.systems.founding import models, rules

Terms = models.FoundingTerms  # named here for the edges, which do not import models
TERM_NUMBERS = (
    "street_days",
    "district_days",
    "pace_from",
    "pace_to",
    "green_percent",
    "yellow_percent",
)
_BEFORE_ANY = date(2000, 1, 1)


def terms_on(actor: Actor, day: date) -> models.FoundingTerms:
    """Return the terms that hold on a day; where none were set, what the platform comes with (S018)."""
    held = models.FoundingTerms.objects.filter(starts_on__lte=day).first()
    return held or models.FoundingTerms(title="平台初始参数", starts_on=_BEFORE_ANY)


def all_terms(actor: Actor) -> QuerySet[models.FoundingTerms]:
    """Return all terms, the newest first."""
    return models.FoundingTerms.objects.select_related("entered_by")


def pace_of(actor: Actor, day: date) -> rules.Pace:
    """Return the line by which progress is measured on a day."""
    terms = terms_on(actor, day)
    return rules.Pace(
        first_month=terms.pace_from,
        last_month=terms.pace_to,
        green=terms.green_percent,
        yellow=terms.yellow_percent,
    )
