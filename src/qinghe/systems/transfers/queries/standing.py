"""How transfers stand at a committee: open by age, late by desk, in and out of the year."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.transfers import models
from qinghe.systems.transfers.access import Act

from .lists import State

AGES = ((0, 3, "3日以内"), (4, 10, "4至10日"), (11, 30, "11至30日"), (31, 100_000, "超过30日"))
MOST = 30
Waiting = Q(state__in=[State.OUT_PENDING, State.IN_PENDING])


@dataclass(frozen=True)
class OrgFlow:
    """How many left and came in a span of days, within one organisation and all below it."""

    org: Org
    left: int
    came: int


def _at_desks(actor: Actor, org: Org) -> QuerySet[models.Transfer]:
    """Return what is under way at the desks of an organisation and those below it."""
    mine = actors.within_reach(actor, Act.SEE, path="desk__path")
    return models.Transfer.objects.filter(mine, Waiting, desk__path__startswith=org.path)


def open_by_age(actor: Actor, org: Org, *, on: date) -> list[tuple[str, int]]:
    """Return how many are under way, by how long ago they were sent."""
    counts = {
        f"age_{least}": Count(
            "pk",
            filter=Q(
                sent_on__lte=on - timedelta(days=least), sent_on__gte=on - timedelta(days=most)
            ),
        )
        for least, most, _label in AGES
    }
    found = _at_desks(actor, org).aggregate(**counts)
    return [(label, found[f"age_{least}"]) for least, _most, label in AGES]


def late_at_desks(actor: Actor, org: Org, *, on: date) -> list[tuple[str, int]]:
    """Return the desks with something late, and how many; the worst first."""
    late = _at_desks(actor, org).filter(due_on__lt=on, suspended_on__isnull=True)
    return list(
        late.order_by()
        .values("desk__name", "desk__code")
        .annotate(late=Count("pk"))
        .order_by("-late", "desk__code")
        .values_list("desk__name", "late")[:MOST]
    )


def flows(actor: Actor, org: Org, *, first: date, last: date) -> list[OrgFlow]:
    """Return who left and came between two days: the organisation itself, then those right below.

    A move within one organisation neither leaves nor enters it.
    """
    places = [org, *org.children.filter(closed_on__isnull=True).order_by("path")[:MOST]]
    mine = actors.within_reach(actor, Act.SEE, path="from_org__path")
    mine |= actors.within_reach(actor, Act.SEE, path="placed_in__path")
    done = models.Transfer.objects.filter(
        mine, state=State.PLACED, closed_on__gte=first, closed_on__lte=last
    )
    counts: dict[str, Count] = {}
    for place in places:
        leaving = Q(from_org__path__startswith=place.path)
        coming = Q(placed_in__path__startswith=place.path)
        counts[f"left_{place.pk}"] = Count("pk", filter=leaving & ~coming)
        counts[f"came_{place.pk}"] = Count("pk", filter=coming & ~leaving)
    found = done.aggregate(**counts)
    return [
        OrgFlow(place, found[f"left_{place.pk}"], found[f"came_{place.pk}"]) for place in places
    ]
