"""One frozen figure: what it was, how it was split, and the records behind it, then and now."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qinghe.analytics import catalogue, frozen
from qinghe.analytics.figures import State
from qinghe.analytics.models import Freezing, FrozenFigure, FrozenIndicator
from qinghe.edges import system
from qinghe.edges.system import Line, RecordKind
from qinghe.edges.web import scope
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import AREAS
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import parse
from qinghe.lib.verdicts import Refused
from qinghe.reports.half_year.access import Act

PER_PAGE = 50


@dataclass(frozen=True)
class Part:
    """An area's part of a figure; `width` is its bar, in hundredths of the longest."""

    org: Org
    figure: FrozenFigure
    width: int


@dataclass(frozen=True)
class FrozenShown:
    """A frozen figure with all that its page says of it."""

    org: Org
    freezing: Freezing
    told: FrozenIndicator
    figure: FrozenFigure
    period_label: str
    parts: Sequence[Part]

    @property
    def state(self) -> State:
        """Return how far it can be relied on."""
        return State(self.figure.state)


@dataclass(frozen=True)
class RecordLine:
    """One record behind a figure: as its own system shows it today, if it still does."""

    pk: int
    line: Line | None


@dataclass(frozen=True)
class Slice:
    """One page of the records behind a frozen figure."""

    label: str
    kind: RecordKind | None
    lines: Sequence[RecordLine]
    heads: Sequence[str]
    count: int
    number: int
    pages: int


def figure_seen_by(actor: Actor, *, freezing: Freezing, code: str, org: Org) -> FrozenShown:
    """Return a frozen figure. Raises Refused: not_allowed, unknown_indicator, org_not_in_period."""
    actors.require(actor, Act.SEE, at=org)
    told = FrozenIndicator.objects.filter(freezing=freezing, code=code).first()
    if told is None:
        raise Refused("unknown_indicator", f"这次封存没有编号为“{code}”的指标，请核对编号。")
    children = list(scope.children_on(org, freezing.tree_on).filter(kind__in=AREAS))
    rows = FrozenFigure.objects.filter(
        gathering=freezing.gathering_id,
        code=code,
        org_id__in=[org.pk, *(each.pk for each in children)],
    )
    by_org = {row.org_id: row for row in rows}
    if org.pk not in by_org:
        raise Refused("org_not_in_period", "封存时的组织树中没有这个组织，没有它的数字。")
    return FrozenShown(
        org=org,
        freezing=freezing,
        told=told,
        figure=by_org[org.pk],
        period_label=catalogue.span_label(code, parse(freezing.period)),
        parts=_parts(children, by_org),
    )


def records_seen_by(
    actor: Actor, *, freezing: Freezing, code: str, org: Org, part: str, number: int
) -> Slice:
    """Return a page of the records that a frozen figure was counted from.

    Raises Refused: not_allowed, facts_not_kept, facts_damaged, unknown_indicator, unknown_part.
    """
    actors.require(actor, Act.SEE, at=org)
    found = frozen.behind(
        freezing, code=code, org_id=org.pk, part=part, offset=(number - 1) * PER_PAGE, limit=PER_PAGE
    )  # fmt: skip
    kind = system.record_kind(found.model)
    lines = lines_of(actor, model=found.model, ids=found.ids)
    return Slice(
        label=found.label,
        kind=kind,
        lines=lines,
        heads=next(([head for head, _ in each.line.cells] for each in lines if each.line), []),
        count=found.count,
        number=number,
        pages=max(1, -(-found.count // PER_PAGE)),
    )


def lines_of(actor: Actor, *, model: str, ids: Sequence[int]) -> list[RecordLine]:
    """Return records as their own system shows them to this reader today."""
    kind = system.record_kind(model)
    shown = {line.pk: line for line in kind.rows(actor, list(ids))} if kind and ids else {}
    return [RecordLine(pk, shown.get(pk)) for pk in ids]


def _parts(children: Sequence[Org], by_org: dict[int, FrozenFigure]) -> list[Part]:
    found = [(each, by_org[each.pk]) for each in children if each.pk in by_org]
    most = max((_size(row) for _, row in found), default=Decimal(0))
    parts = [Part(org, row, int(100 * _size(row) / most) if most else 0) for org, row in found]
    return sorted(parts, key=lambda part: -_size(part.figure))


def _size(row: FrozenFigure) -> Decimal:
    return Decimal(row.exact) if row.exact else Decimal(0)
