"""Campaigns, terms, and how far each organisation has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.appraisals import models
from qinghe.systems.appraisals.access import Act

from .rolls import rolls_seen_by

Campaign = models.Campaign
Terms = models.Terms
COUNTS = ("due", "graded", "registered", "deferred")
DONE = models.Roll.State.REGISTERED


@dataclass(frozen=True)
class Rates:
    """How far an organisation and all below it have come in one campaign (T-45, T-46)."""

    org: Org
    branches: int
    done: int
    due: int
    graded: int
    registered: int
    deferred: int

    @property
    def graded_rate(self) -> Decimal | None:
        """Return 评议率 in percent; nothing where nobody is due."""
        return _percent(self.graded, self.due)

    @property
    def registered_rate(self) -> Decimal | None:
        """Return 注册率 in percent, over the same base."""
        return _percent(self.registered, self.due)

    @property
    def left(self) -> int:
        """Return how many branches are not registered yet."""
        return self.branches - self.done


def campaigns_seen_by(actor: Actor) -> QuerySet[Campaign]:
    """Return the campaigns of organisations where this actor may look, or which stand above one."""
    open_to_me = Exists(actors.reached(actor, Act.SEE, under="org__path"))
    return Campaign.objects.filter(open_to_me).select_related("org", "terms")


def all_terms(actor: Actor) -> QuerySet[Terms]:
    """Return all terms, the latest first."""
    return Terms.objects.order_by("-starts_on")


def terms_on(actor: Actor, day: date) -> Terms | None:
    """Return the terms in force on a day."""
    return Terms.objects.filter(starts_on__lte=day).first()


def caps_of(actor: Actor, campaign: Campaign) -> QuerySet[models.LocalCap]:
    """Return the lower caps that committees in the actor's sight set."""
    caps = models.LocalCap.objects.filter(actors.within_reach(actor, Act.SEE), campaign=campaign)
    return caps.select_related("org").order_by("org__path")


def orgs_to_lower(actor: Actor) -> QuerySet[Org]:
    """Return the organisations for which this actor may lower the cap."""
    return actors.orgs_where(actor, Act.LOWER_CAP).filter(closed_on__isnull=True)


def rates_below(actor: Actor, campaign: Campaign, org: Org) -> tuple[Rates, Sequence[Rates]]:
    """Return how far an organisation has come, and each one right below it, the slowest first."""
    rolls = rolls_seen_by(actor).filter(campaign=campaign, org__path__startswith=org.path)
    found: dict[str, list[int]] = {}
    for path, state, *counts in rolls.order_by().values_list("org__path", "state", *COUNTS):
        child = path[len(org.path) :].split("/")[0]
        row = found.setdefault(child, [0] * (2 + len(COUNTS)))
        for place, count in enumerate((1, int(state == DONE), *counts)):
            row[place] += count
    below = {one.code: one for one in Org.objects.filter(parent=org)} | {"": org}
    rows = [Rates(below[code], *row) for code, row in found.items() if code in below]
    whole = [sum(column) for column in zip(*found.values(), strict=True)] or [0] * 6
    return Rates(org, *whole), sorted(rows, key=_slowest_first)


def _slowest_first(rates: Rates) -> tuple[Decimal, str]:
    rate = rates.registered_rate
    return (Decimal(101) if rate is None else rate, rates.org.code)


def _percent(part: int, whole: int) -> Decimal | None:
    return Decimal(100 * part) / Decimal(whole) if whole else None
