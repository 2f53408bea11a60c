"""What the report and its figures show. Every function starts from an actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qinghe.analytics import catalogue, figures, store
from qinghe.analytics.figures import Figure, Trace
from qinghe.analytics.indicators import Indicator, Kind, Ratio
from qinghe.edges import system
from qinghe.edges.system import Line, RecordKind
from qinghe.edges.web import scope
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import AREAS
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period

from . import blocks
from .access import Act
from .required import WANTED, Wanted

PER_PAGE = 50
NOTES = {
    Kind.COUNT: "各下级与本级直属之和等于合计。",
    Kind.SUM: "各下级与本级直属之和等于合计。",
    Kind.DISTINCT: "一人在多处只计一次，各下级之和可以大于本级。",
    Kind.RATIO: "比率按本级的分子、分母计算，不由下级的比率相加或平均。",
}


@dataclass(frozen=True)
class Share:
    """A child's part of a figure; `width` is its bar, in hundredths of the longest."""

    org: Org
    figure: Figure
    width: int


@dataclass(frozen=True)
class Shown:
    """A figure with all that its page says of it."""

    org: Org
    figure: Figure
    indicator: Indicator | Ratio
    said: str
    note: str
    shares: Sequence[Share]
    own: Decimal  # what stands at the organisation itself, where parts add up


@dataclass(frozen=True)
class Row:
    """One line of the list of figures that the report wants."""

    wanted: Wanted
    owner: str
    figure: Figure | None
    said: str


@dataclass(frozen=True)
class Page:
    """One page of the records behind a figure."""

    lines: Sequence[Line]
    kind: RecordKind | None
    indicator: Indicator
    count: int
    number: int
    pages: int


def org_seen_by(actor: Actor, code: str) -> Org | None:
    """Return an organisation whose figures the actor may see."""
    return actors.orgs_where(actor, Act.SEE).filter(code=code).first()


def is_fed(actor: Actor, code: str) -> bool:
    """Test if an installed system feeds a figure that this actor could look at."""
    return actors.may_anywhere(actor, Act.SEE) and code in catalogue.INDICATORS


def halves(actor: Actor, code: str) -> list[tuple[str, str]]:
    """Return the parts of a ratio with their labels; nothing for what is no ratio."""
    indicator = catalogue.indicator(code)
    if not actors.may_anywhere(actor, Act.SEE) or not isinstance(indicator, Ratio):
        return []
    return [
        ("top", f"分子：{indicator.top.label}"),
        ("bottom", f"分母：{indicator.bottom.label}"),
    ]


def above_seen_by(actor: Actor, org: Org) -> list[Org]:
    """Return the organisations above one that the actor may see, highest first."""
    codes = org.path.strip("/").split("/")[:-1]
    return list(actors.orgs_where(actor, Act.SEE).filter(code__in=codes).order_by("path"))


def figure_seen_by(actor: Actor, *, code: str, period: Period, org: Org) -> Shown:
    """Return a figure with its parts. Raises Refused: unknown_indicator, no_facts."""
    actors.require(actor, Act.SEE, at=org)
    indicator = catalogue.indicator(code)
    known = figures.cached(period)
    own = known[code, org.pk]
    wanted = blocks.BY_CODE.get(code)
    shares = _shares(known, code=code, org=org, period=period)
    adds_up = indicator.kind in (Kind.COUNT, Kind.SUM)
    rest = _size(own) - sum(_size(share.figure) for share in shares) if adds_up else Decimal(0)
    return Shown(
        org=org,
        figure=own,
        indicator=indicator,
        said=blocks.say(wanted, own) if wanted else "",
        note=NOTES[Kind(indicator.kind)],
        shares=shares,
        own=rest if shares else Decimal(0),
    )


def rows_seen_by(actor: Actor, *, org: Org, period: Period) -> list[Row]:
    """Return every figure that the report wants, fed or not, in the order of the report."""
    actors.require(actor, Act.SEE, at=org)
    known = figures.cached(period)
    labels = {installed.slug: installed.label for installed in system.INSTALLED}
    rows = []
    for wanted in WANTED:
        own = known[wanted.code, org.pk] if wanted.code in known else None
        label = labels.get(wanted.owner, OWNERS.get(wanted.owner, wanted.owner))
        rows.append(Row(wanted, label, own, blocks.say(wanted, own)))
    return rows


def records_seen_by(
    actor: Actor, *, code: str, period: Period, org: Org, part: str, number: int
) -> Page:
    """Return one page of the records behind a figure, as their own system shows them.

    Raises Refused: unknown_indicator, unknown_part, no_facts.
    """
    actors.require(actor, Act.SEE, at=org)
    indicator = catalogue.indicator(code)
    half = figures.half(indicator, part)
    count = figures.count_of_ids(store.current(), indicator, period, org.pk, part=part)
    pages = max(1, -(-count // PER_PAGE))
    number = min(max(1, number), pages)
    ids = figures.page_of_ids(
        store.current(), indicator, period, org.pk, (number - 1) * PER_PAGE, PER_PAGE, part=part
    )
    kind = system.record_kind(half.over.model)
    lines = kind.rows(actor, ids) if kind else []
    return Page(lines, kind, half, count, number, pages)


def trace_seen_by(actor: Actor, *, code: str, period: Period, org: Org, part: str) -> Trace:
    """Return the fingerprint of the records behind a figure."""
    actors.require(actor, Act.SEE, at=org)
    indicator = catalogue.indicator(code)
    return figures.trace(store.current(), indicator, period, org.pk, part=part)


OWNERS = {
    "affairs": "团务",
    "activities": "活动",
    "cases": "热线与个案",
    "content": "宣传",
    "emergency": "应急",
    "honours": "荣誉",
    "inspections": "巡查",
    "meetings": "会议",
    "opportunities": "实习与结对",
    "study": "学习",
    "targets": "督办",
}


def _shares(known: figures.Figures, *, code: str, org: Org, period: Period) -> list[Share]:
    """Return the parts of a figure: areas, then others that have any; the largest first."""
    column = known.column(code)
    parts = [
        (child, known[code, child.pk])
        for child in scope.children_on(org, period.end)
        if child.pk in column and (child.kind in AREAS or column[child.pk])
    ]
    most = max((_size(figure) for _, figure in parts), default=Decimal(0))
    shares = [
        Share(child, figure, int(100 * _size(figure) / most) if most else 0)
        for child, figure in parts
    ]
    return sorted(shares, key=lambda share: (share.org.kind not in AREAS, -_size(share.figure)))


def _size(figure: Figure) -> Decimal:
    return figure.exact or Decimal(0)
