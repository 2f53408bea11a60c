"""Who has not reported, as a ledger that is sorted, filtered and taken out."""

from collections.abc import Collection

from django.db.models import Count, IntegerField, Max, Min, OuterRef, QuerySet, Subquery

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.periods import Period
from qinghe.systems.returns import models

from .coverage import MISSING, late_orgs
from .lists import rounds_seen_by

LOOKED_AT, HANDFUL = 100, 6


def rounds_within(actor: Actor, period: Period) -> QuerySet[models.Round]:
    """Return the rounds that ask about a period or a part of it, in the order of their forms."""
    found = rounds_seen_by(actor).filter(starts_on__gte=period.start, ends_on__lte=period.end)
    return found.order_by("slug", "ends_on")


def periods_asked(actor: Actor) -> list[Period]:
    """Return the periods that were asked about, what closes last first; a handful of them."""
    names = rounds_seen_by(actor).order_by("-closes_on", "-pk").values_list("period", flat=True)
    return [periods.parse(name) for name in dict.fromkeys(names[:LOOKED_AT])][:HANDFUL]


def late_ledger(actor: Actor, org: Org, rounds: Collection[models.Round]) -> QuerySet[Org]:
    """Return who has not reported all of some rounds, with how many, until when, and reminded when."""
    keys = [one.pk for one in rounds]
    missing = (
        models.Filing.objects.filter(MISSING, org=OuterRef("pk"), round__in=keys)
        .order_by()
        .values("org")
    )
    reminded = (
        models.Reminder.objects.filter(org=OuterRef("pk"), round__in=keys).order_by().values("org")
    )
    number = Subquery(missing.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return (
        late_orgs(actor, org, rounds)
        .select_related("parent")
        .annotate(
            missing=number,
            closes_on=Subquery(missing.annotate(d=Min("round__closes_on")).values("d")),
            reminded_on=Subquery(reminded.annotate(d=Max("on")).values("d")),
        )
    )
