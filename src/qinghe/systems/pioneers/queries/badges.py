"""The catalogue, the shares and the rounds: everybody's who may look at all."""

from datetime import date

from django.db.models import Q, QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.systems.pioneers import models

Badge = models.Badge
BadgeLevel = models.Level
Round = models.Round
StarTerms = models.StarTerms
STAR_NUMBERS = ("star1", "star2", "star3", "star4", "star5", "within_days")


def badges(actor: Actor) -> QuerySet[Badge]:
    """Return all badges, those no longer given too."""
    return Badge.objects.all()


def badges_of(actor: Actor, level: str, *, on: date) -> list[Badge]:
    """Return the badges of a level that can be put up for on a day."""
    open_then = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    return list(Badge.objects.filter(open_then, level=level, opened_on__lte=on))


def rounds(actor: Actor) -> QuerySet[Round]:
    """Return all rounds, the latest first."""
    return Round.objects.all()


def terms_on(actor: Actor, day: date) -> StarTerms | None:
    """Return the shares that hold on a day."""
    return StarTerms.objects.filter(starts_on__lte=day).order_by("-starts_on").first()


def all_terms(actor: Actor) -> QuerySet[StarTerms]:
    """Return all shares, the latest first."""
    return StarTerms.objects.order_by("-starts_on")


def numbers_of(actor: Actor, terms: StarTerms) -> list[tuple[str, int]]:
    """Return the numbers of some terms with what each is called."""
    columns = models.StarTerms._meta
    return [
        (str(columns.get_field(name).verbose_name), getattr(terms, name))  # type: ignore[union-attr]
        for name in STAR_NUMBERS
    ]
