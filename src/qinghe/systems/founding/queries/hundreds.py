"""The year's aims of a hundred percent, and how far each street is."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, QuerySet
from django.urls import reverse

from qinghe.analytics import figures
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period
from qinghe.lib.verdicts import Refused
from qinghe.systems.founding import models
from qinghe.systems.founding.access import Act

Hundred = models.Hundred
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Percent:
    """How far one organisation is with one aim; nothing is known where `value` is empty."""

    org: Org
    value: Decimal | None
    basis: str = ""

    @property
    def is_reached(self) -> bool:
        """Test if it is a hundred percent."""
        return self.value is not None and self.value >= WHOLE


def hundreds_seen_by(actor: Actor) -> QuerySet[models.Hundred]:
    """Return the aims of all years, which a district opens to all who work below it."""
    open_to_me = Exists(actors.reached(actor, Act.SEE, under="org__path"))
    return models.Hundred.objects.filter(open_to_me).select_related("org")


def hundreds_of(actor: Actor, year: int) -> list[models.Hundred]:
    """Return the aims of a year that were not dropped, in the order in which they were named."""
    return list(hundreds_seen_by(actor).filter(year=year, dropped_on__isnull=True).order_by("pk"))


def percents_of(
    actor: Actor, aims: Sequence[models.Hundred], *, orgs: Sequence[Org], period: Period
) -> dict[int, list[Percent]]:
    """Return by aim how far each organisation is: by its figure, or by what was told last.

    Two questions for all aims told by hand, and the figures of the period for the others.
    """
    told = models.HundredTold.objects.filter(
        hundred__in=[aim for aim in aims if not aim.code], org__in=orgs, day__lte=period.end
    ).order_by("day", "pk")
    newest = {(one.hundred_id, one.org_id): one for one in told}
    by_figure = _figures(period) if any(aim.code for aim in aims) else None
    found: dict[int, list[Percent]] = {}
    for aim in aims:
        found[aim.pk] = [
            _by_figure(aim, org, by_figure)
            if aim.code
            else _told(newest.get((aim.pk, org.pk)), org)
            for org in orgs
        ]
    return found


def _figures(period: Period) -> figures.Figures | None:
    try:
        return figures.cached(period)
    except Refused:  # no figures were made yet: nothing is known, and that is shown
        return None


def _by_figure(aim: models.Hundred, org: Org, known: figures.Figures | None) -> Percent:
    if known is None or aim.code not in known:
        return Percent(org, None)
    try:
        return Percent(org, known[aim.code, org.pk].value, f"指标{aim.code}")
    except Refused:
        return Percent(org, None)


def _told(told: models.HundredTold | None, org: Org) -> Percent:
    if told is None:
        return Percent(org, None)
    return Percent(org, told.percent, f"{told.day.isoformat()}：{told.basis}")


def hundred_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return aims behind a figure as lines."""
    return [
        Line(
            pk=one.pk,
            title=one.name,
            cells=(("年度", str(one.year)), ("说明", one.note)),
            url=reverse("founding:hundred", args=[one.pk]),
        )
        for one in hundreds_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
