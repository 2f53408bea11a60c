"""The wall for leaders: the organisations below side by side, and what turned."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from qinghe.analytics import catalogue, figures
from qinghe.analytics.figures import Figure, Figures
from qinghe.analytics.indicators import Indicator, Ratio, Time
from qinghe.edges import system
from qinghe.edges.web import scope
from qinghe.kernel.access import actors
from qinghe.kernel.orgs import kinds
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.periods import Period
from qinghe.systems.dashboard import rules
from qinghe.systems.dashboard.access import Act

MOST_ROWS = 16
MOST_MONTHS = 12
HUNDRED = Decimal(100)
HEIGHT, WIDTH = 28, 96  # the box that a tile's line is drawn in


@dataclass(frozen=True)
class Tile:
    """One figure of one organisation: its value, its months, and how it turned."""

    figure: Figure
    light: rules.Light
    change: Decimal | None  # in percent of before; negative is a fall
    moved: Decimal | None  # the same without its sign
    line: str  # points of the months, for an SVG polyline


@dataclass(frozen=True)
class WallRow:
    """One organisation below and its tiles, in the order of the columns."""

    org: Org
    tiles: tuple[Tile, ...]

    @property
    def worst(self) -> rules.Light:
        """Return the most alarming light of the row."""
        lights = {tile.light for tile in self.tiles}
        return next(
            light
            for light in (rules.Light.RED, rules.Light.AMBER, rules.Light.CALM)
            if light in lights or light is rules.Light.CALM
        )


@dataclass(frozen=True)
class Wall:
    """All that the wall shows at one moment."""

    org: Org
    period: Period
    as_of: datetime
    last_month: Period | None
    tiles: tuple[Tile, ...]
    rows: tuple[WallRow, ...]
    turned: tuple[tuple[Org, Tile], ...]  # red ones first, the deepest fall first


def wall_seen_by(actor: actors.Actor, *, org: Org, period: Period) -> Wall | None:
    """Return the wall of an organisation, or nothing where the actor may not look.

    Raises Refused: no_facts, facts_outdated, org_not_in_period.
    """
    if not actors.may(actor, Act.SEE, at=org):
        return None
    codes = tuple(code for installed in system.INSTALLED for code in installed.wall)
    known = figures.cached(period)
    months = [figures.cached(month, only=codes) for month in _whole_months(period, known.as_of)]
    tile = _tiles_of(known, months, codes)
    rows = tuple(
        WallRow(child, tile(child.pk)) for child in _below(org, known, on=period.end, code=codes[0])
    )
    return Wall(
        org=org,
        period=period,
        as_of=known.as_of,
        last_month=months[-1].period if months else None,
        tiles=tile(org.pk),
        rows=rows,
        turned=tuple(_turned(rows)),
    )


def _below(org: Org, known: Figures, *, on: date, code: str) -> list[Org]:
    counted = known.column(code)
    children = scope.children_on(org, on).filter(kind__in=kinds.AREAS).order_by("code")
    return [child for child in children if child.pk in counted][:MOST_ROWS]


def _whole_months(period: Period, as_of: datetime) -> list[Period]:
    """Return the months of a period that were over when the facts were read, oldest first."""
    read_on = periods.local_day(as_of)
    month = periods.month(period.start.year, period.start.month)
    months: list[Period] = []
    while month.end <= min(period.end, read_on) and len(months) < MOST_MONTHS:
        months.append(month)
        month = month.next()
    return months


def _tiles_of(
    known: Figures, months: Sequence[Figures], codes: Sequence[str]
) -> Callable[[int], tuple[Tile, ...]]:
    histories: dict[str, list[Mapping[int, Decimal | None]]] = {
        code: [month.column(code) for month in months] for code in codes
    }

    def tiles(org_id: int) -> tuple[Tile, ...]:
        return tuple(
            _tile(known[code, org_id], [column.get(org_id) for column in histories[code]])
            for code in codes
        )

    return tiles


def _tile(figure: Figure, months: Sequence[Decimal | None]) -> Tile:
    turned = rules.turn(months, basis=_basis(catalogue.indicator(figure.code)))
    change = None if turned.change is None else (turned.change * HUNDRED).quantize(Decimal("0.1"))
    moved = None if change is None else abs(change)
    return Tile(figure, turned.light, change, moved, _points(months))


def _basis(indicator: Indicator | Ratio) -> rules.Basis:
    counted = indicator.top if isinstance(indicator, Ratio) else indicator
    if counted.time is Time.STOCK:
        return rules.Basis.STOCK
    return rules.Basis.RATE if isinstance(indicator, Ratio) else rules.Basis.FLOW


def _points(months: Sequence[Decimal | None]) -> str:
    """Return the months as points of a line that fills its box, lowest value at the bottom."""
    known = [month for month in months if month is not None]
    if len(known) < rules.LEAST_MONTHS:
        return ""
    low, high = min(known), max(known)
    span = high - low or Decimal(1)
    step = Decimal(WIDTH) / (len(known) - 1)
    return " ".join(
        f"{place * step:.1f},{HEIGHT - 2 - (value - low) / span * (HEIGHT - 4):.1f}"
        for place, value in enumerate(known)
    )


def _turned(rows: Sequence[WallRow]) -> list[tuple[Org, Tile]]:
    alarming = [
        (row.org, tile) for row in rows for tile in row.tiles if tile.light is not rules.Light.CALM
    ]
    return sorted(alarming, key=lambda each: (each[1].light is not rules.Light.RED, each[1].change))
