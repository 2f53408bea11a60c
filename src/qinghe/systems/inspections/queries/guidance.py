from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import Level, OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period
from qinghe.systems.inspections import models
from qinghe.systems.inspections.access import Act

from .findings import UNDONE

Exchange = models.Exchange
Guidance = models.Guidance
Lesson = models.Lesson


@dataclass(frozen=True)
class Covered:
    """One federation in a period: how often it was guided, when last, what is undone there."""

    org: Org
    visits: int
    last_on: date | None
    undone: int


def guidances_seen_by(actor: Actor) -> QuerySet[Guidance]:
    """Return the guidance visits to where this actor may look, the newest first."""
    found = Guidance.objects.filter(actors.within_reach(actor, Act.SEE))
    return found.select_related("org").annotate(problems=Count("findings"))


def federations_for(actor: Actor) -> QuerySet[Org]:
    """Return the open federations that this actor may guide."""
    mine = actors.orgs_where(actor, Act.GUIDE)
    return mine.filter(kind=OrgKind.VOLUNTEER_FEDERATION, closed_on__isnull=True)


def coverage_of(actor: Actor, org: Org, period: Period) -> list[Covered]:
    """Return the streets' federations below an organisation in a period, in three questions."""
    streets = actors.orgs_where(actor, Act.SEE).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=period.end),
        kind=OrgKind.VOLUNTEER_FEDERATION,
        level=Level.STREET,
        path__startswith=org.path,
        opened_on__lte=period.end,
    )
    orgs = list(streets.order_by("path"))
    keys = [one.pk for one in orgs]
    told = Guidance.objects.filter(org__in=keys, day__range=(period.start, period.end))
    seen = {
        key: (visits, last_on)
        for key, visits, last_on in told.order_by()
        .values_list("org")
        .annotate(visits=Count("pk"), last_on=Max("day"))
    }
    undone = dict(
        models.Finding.objects.filter(org__in=keys, guidance__isnull=False, state__in=UNDONE)
        .order_by()
        .values_list("org")
        .annotate(undone=Count("pk"))
    )
    return [Covered(one, *seen.get(one.pk, (0, None)), undone.get(one.pk, 0)) for one in orgs]


def exchanges_seen_by(actor: Actor) -> QuerySet[Exchange]:
    """Return the exchanges of where this actor may look, the newest first."""
    found = Exchange.objects.filter(actors.within_reach(actor, Act.SEE))
    return found.select_related("org")


def lessons_seen_by(actor: Actor) -> QuerySet[Lesson]:
    """Return what was learned at, above or below where this actor may look: it is for all below."""
    reached = actors.orgs_where(actor, Act.SEE).annotate(
        begins=StrIndex(F("path"), OuterRef("org__path"))
    )
    below = Q(Exists(reached.filter(begins=Value(1))))
    found = Lesson.objects.filter(below | actors.within_reach(actor, Act.SEE))
    return found.select_related("org", "exchange")


def guidance_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return guidance visits behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.org.name,
            cells=(("日期", one.day.isoformat()), ("指导内容", one.topics)),
            url=reverse("inspections:guidance", args=[one.pk]),
        )
        for one in guidances_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def exchange_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return exchanges behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.partner,
            cells=(("日期", one.day.isoformat()), ("登记单位", one.org.name)),
            url=reverse("inspections:exchange", args=[one.pk]),
        )
        for one in exchanges_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
