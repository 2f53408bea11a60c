"""What is asked when, and of whom."""

from datetime import date

from django.db.models import QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.systems.joining import models, rules

FLAG = "needs_volunteer"
NUMBERS = (
    "youngest",
    "oldest",
    "talk_months",
    "contacts",
    "cultivation_months",
    "lesson_hours",
    "volunteer_hours",
    "notice_days",
    "introducers",
    "approval_months",
    "archive_days",
    "scan_pages",
    "scan_megabytes",
    "rest_months",
    "rejoin_months",
    "expelled_months",
)
RULED = (
    "youngest",
    "oldest",
    "contacts",
    "cultivation_months",
    "lesson_hours",
    "needs_volunteer",
    "volunteer_hours",
    "introducers",
    "rest_months",
    "rejoin_months",
    "expelled_months",
)


def all_terms(actor: Actor) -> QuerySet[models.JoiningTerms]:
    """Return all terms, the newest first."""
    return models.JoiningTerms.objects.all()


def terms_for(actor: Actor, *, sector: str, on: date) -> models.JoiningTerms:
    """Return what held on a day for one field: its own terms before those for all."""
    held = models.JoiningTerms.objects.filter(starts_on__lte=on, sector__in=("", sector))
    return held.order_by("-sector", "-starts_on")[0]


def terms_of(actor: Actor, case: models.Case) -> models.JoiningTerms:
    """Return what is asked of an applicant: what held at their branch when they applied."""
    return terms_for(actor, sector=rules.field_of(case.org.sector), on=case.opened_on)


def rules_of(actor: Actor, terms: models.JoiningTerms) -> rules.Terms:
    """Return terms as the rules take them."""
    return rules.Terms(**{name: getattr(terms, name) for name in RULED})


def told_of(actor: Actor, terms: models.JoiningTerms) -> list[tuple[str, str]]:
    """Return terms as words: label and value of each."""
    told = [(str(_label(name)), str(getattr(terms, name))) for name in NUMBERS]
    return [*told, (str(_label(FLAG)), "是" if terms.needs_volunteer else "否")]


def _label(name: str) -> object:
    return models.JoiningTerms._meta.get_field(name).verbose_name  # type: ignore[union-attr]
