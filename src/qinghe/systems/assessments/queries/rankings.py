"""Rankings: what they are made from, who may read which version, the points that they give."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from qinghe.edges.system import Earned
from qinghe.kernel.access.actors import Actor
from qinghe.systems.assessments import models, rules

from .schemes import items_of, may_watch

Ranking = models.Ranking
Scheme = models.Scheme


@dataclass(frozen=True)
class Points:
    """What an organisation has earned by an announced assessment; marks in hundredths (S079)."""

    org: str
    name: str
    period: str
    rank: int
    hundredths: int


def frozen_inputs(actor: Actor, scheme: Scheme, *, previous: str) -> str:
    """Return everything that the ranking of a scheme follows from, as one text."""
    items = items_of(actor, scheme)
    marks = models.Mark.objects.filter(assessment__scheme=scheme).order_by()
    given = {
        (sheet, item): final
        for sheet, item, final in marks.values_list("assessment_id", "item_id", "final")
    }
    sheets = scheme.assessments.select_related("org").order_by("org__code")
    return rules.frozen_text(
        scheme={
            "name": scheme.name,
            "period": scheme.period,
            "version": scheme.version,
            "bonus_cap": scheme.bonus_cap,
            "deduction_cap": scheme.deduction_cap,
        },
        items=[rules.FrozenItem(one.number, one.name, one.sort, one.full) for one in items],
        marks=[
            rules.FrozenMarks(
                org=sheet.org.code,
                name=sheet.org.name,
                state=sheet.state,
                late=sheet.is_late,
                marks=tuple(given[sheet.pk, item.pk] or 0 for item in items),
            )
            for sheet in sheets
        ],
        previous=previous,
    )


def rankings_seen_by(actor: Actor, scheme: Scheme) -> QuerySet[Ranking]:
    """Return the versions of a ranking that the actor may read, the newest first.

    Those who are assessed read what was announced, and nothing that is to be announced yet.
    """
    versions = scheme.rankings.order_by("-number")
    if may_watch(actor, scheme):
        return versions
    return versions.filter(pk=scheme.announced_id) if scheme.announced_id else versions.none()


def places_of(actor: Actor, ranking: Ranking) -> list[rules.Place]:
    """Return the lines of a ranking as they were kept."""
    return rules.places_in(ranking.outcome)


def is_whole(actor: Actor, ranking: Ranking) -> bool:
    """Test if a ranking, reckoned again, is to the byte what was kept."""
    return rules.holds(inputs=ranking.inputs, outcome=ranking.outcome, sha256=ranking.sha256)


def agrees(actor: Actor, ranking: Ranking) -> bool:
    """Test if the marks of today are still those from which the newest ranking was made."""
    before = ranking.scheme.rankings.filter(number=ranking.number - 1).first()
    previous = before.sha256 if before else ""
    return frozen_inputs(actor, ranking.scheme, previous=previous) == ranking.inputs


def earned(actor: Actor, year: int) -> list[Earned]:
    """Return what organisations came to in the year's announced assessments, bonus and all (S079)."""
    told = Scheme.objects.filter(announced__isnull=False, period__startswith=str(year))
    return [
        Earned(one.org, Decimal(one.hundredths) / scheme.full)
        for scheme in told.select_related("announced")
        for one in points_of(actor, scheme)
    ]


def points_of(actor: Actor, scheme: Scheme) -> Sequence[Points]:
    """Return what each organisation has earned by the announced ranking; nothing before that."""
    if scheme.announced is None:
        return []
    return [
        Points(place.org, place.name, scheme.period, place.rank, place.total)
        for place in places_of(actor, scheme.announced)
    ]
