"""Targets and how far they are reached.

What counts as founded is what DIR-01 counts: League organisations of the new economic and social
organisations that opened in the year. Here it is counted at once from the tree as it stands, so the
board of today needs no rebuilding of figures; on the last day of a period both say the same.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import kinds
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.systems.founding import models, rules
from qinghe.systems.founding.access import Act

from .terms import pace_of
from .units import BLANK

Target = models.Target  # named here for the edges, which do not import models
_BELOW = {
    OrgKind.DISTRICT: (OrgKind.STREET, OrgKind.INDUSTRY_WORKING_COMMITTEE),
    OrgKind.STREET: (OrgKind.COMMUNITY,),
}


@dataclass(frozen=True)
class Row:
    """One line of the board; `target` is missing where nothing was handed down."""

    org: Org
    target: models.Target | None
    number: int
    founded: int
    blank: int
    rate: Decimal | None
    expected: Decimal
    light: rules.Light

    @property
    def gap(self) -> int:
        """Return how many are still to be founded; below nought are more than were asked for."""
        return self.number - self.founded


@dataclass(frozen=True)
class Board:
    """An organisation's own line and those right below it, by the end of a day."""

    year: int
    day: date
    own: Row
    rows: list[Row]
    shared: int

    @property
    def unshared(self) -> int:
        """Return what of the target is not shared out; below nought more is shared than there is."""
        return self.own.number - self.shared


@dataclass(frozen=True)
class Led:
    """What an industry committee leads, by its mark on units and organisations."""

    industry: str
    label: str
    founded: int
    blank: int


def sharing(actor: Actor, org: Org) -> QuerySet[Org]:
    """Return who shares an organisation's target: streets and industry committees, or communities."""
    below = _BELOW.get(OrgKind(org.kind), ())
    seen = actors.orgs_where(actor, Act.SEE)
    return seen.filter(path__startswith=org.path, kind__in=below, closed_on__isnull=True).order_by(
        "-kind", "path"
    )


def targets_seen_by(actor: Actor) -> QuerySet[models.Target]:
    """Return the targets of organisations where this actor may look."""
    seen = actors.within_reach(actor, Act.SEE)
    return models.Target.objects.filter(seen).select_related("org", "parent__org")


def target_at(actor: Actor, org: Org, year: int) -> models.Target | None:
    """Return an organisation's target of a year, if it has one."""
    return targets_seen_by(actor).filter(org=org, year=year).first()


def open_units_at(actor: Actor, orgs: Sequence[Org]) -> Counter[int]:
    """Return how many units without an organisation lie at each of some organisations and below."""
    lying = models.Unit.objects.filter(state__in=BLANK).order_by()
    seen = lying.filter(actors.within_reach(actor, Act.SEE))
    counted = seen.values_list("org__path").annotate(units=Count("pk"))
    found: Counter[int] = Counter()
    for path, units in counted:
        for org in orgs:
            if path.startswith(org.path):
                found[org.pk] += units
    return found


def board(actor: Actor, *, org: Org, year: int, day: date) -> Board:
    """Return how far an organisation and those right below it are, by the end of a day of a year."""
    below = list(sharing(actor, org))
    everyone = [org, *below]
    targets = {
        one.org_id: one for one in targets_seen_by(actor).filter(year=year, org__in=everyone)
    }
    founded = _founded_at(everyone, year=year, day=day)
    blank, pace = open_units_at(actor, everyone), pace_of(actor, day)

    def row(one: Org) -> Row:
        target = targets.get(one.pk)
        number = target.number if target else 0
        return Row(
            org=one,
            target=target,
            number=number,
            founded=founded[one.pk],
            blank=blank[one.pk],
            rate=rules.percent(founded[one.pk], of=number),
            expected=rules.expected(number, pace=pace, year=year, day=day),
            light=rules.light(number, founded=founded[one.pk], pace=pace, year=year, day=day),
        )

    rows = [row(one) for one in below]
    return Board(
        year=year, day=day, own=row(org), rows=rows, shared=sum(one.number for one in rows)
    )


def industries(actor: Actor, *, org: Org, year: int, day: date) -> list[Led]:
    """Return how far each industry committee is by its mark, whatever the units' place (T-09).

    These are within the streets' numbers: what is founded counts where it stands in the tree.
    """
    standing = _opened(year=year, day=day).filter(path__startswith=org.path)
    lying = models.Unit.objects.filter(
        actors.within_reach(actor, Act.SEE), state__in=BLANK, org__path__startswith=org.path
    )
    opened, blank = (
        Counter(dict(rows.order_by().values_list("industry").annotate(each=Count("pk"))))
        for rows in (standing, lying)
    )
    return [
        Led(industry.value, str(industry.label), opened[industry.value], blank[industry.value])
        for industry in kinds.Industry
    ]


def _opened(*, year: int, day: date) -> QuerySet[Org]:
    opened = Org.objects.filter(
        opened_on__range=(date(year, 1, 1), day), kind__in=sorted(kinds.COUNTED)
    )
    return opened.exclude(new_org_kind="")


def _founded_at(orgs: Iterable[Org], *, year: int, day: date) -> Counter[int]:
    paths = list(_opened(year=year, day=day).values_list("path", flat=True))
    return Counter({org.pk: sum(path.startswith(org.path) for path in paths) for org in orgs})


def target_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return targets behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.year}年{one.org.name}",
            cells=(("指标", f"{one.number}家"), ("下达日期", one.handed_on.isoformat())),
            url=reverse("founding:target", args=[one.pk]),
        )
        for one in targets_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
