"""The figures of a circular: reckoned now for one that is written, as kept for one that is issued."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from qinghe.analytics import catalogue, figures
from qinghe.analytics.figures import Figure, Figures, State
from qinghe.analytics.indicators import Indicator, Ratio
from qinghe.edges.web import scope
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.periods import Period
from qinghe.reports.circulars import rules
from qinghe.reports.circulars.models import Chosen, Circular, Line, RankedBy
from qinghe.reports.circulars.rules import Change, Order
from qinghe.reports.circulars.sheet import PERCENT, RANKABLE, Board, Reported, Row, Sheet

from . import goals, reporting


def sheet_of(actor: Actor, circular: Circular) -> Sheet:
    """Return a circular's figures: kept ones once it is issued, else those of now.

    Raises Refused: no_facts, facts_outdated.
    """
    if circular.state == Circular.State.ISSUED:
        return _kept(circular)
    return computed(actor, circular)


def computed(actor: Actor, circular: Circular) -> Sheet:
    """Return the figures of the streets as they are counted now.

    Raises Refused: no_facts, facts_outdated.
    """
    period = circular.span
    known = figures.cached(period)
    below = streets(actor, circular.org, period)
    wanted = goals.newest(actor, period=period, orgs=[circular.org, *below])
    boards = tuple(
        _board(each, known, below=below, org=circular.org, wanted=wanted)
        for each in circular.chosen.all()
        if each.code in known
    )
    read_on = periods.local_day(known.as_of)
    told = reporting.reported(actor, org=circular.org, period=period, streets=below, on=read_on)
    return Sheet(as_of=known.as_of, boards=boards, reported=told)


def streets(actor: Actor, org: Org, period: Period) -> list[Org]:
    """Return the streets of a district as the tree stood at a period's end."""
    return list(scope.children_on(org, period.end).filter(kind=OrgKind.STREET).order_by("code"))


def _board(
    chosen: Chosen,
    known: Figures,
    *,
    below: Sequence[Org],
    org: Org,
    wanted: Mapping[tuple[str, int], Decimal],
) -> Board:
    declared = catalogue.indicator(chosen.code)
    own, *rows = (
        _row(each, known, declared=declared, goal=wanted.get((chosen.code, each.pk)))
        for each in [org, *below]
    )
    return Board(
        code=chosen.code,
        version=declared.version,
        label=declared.label,
        unit=declared.unit,
        decimals=declared.decimals,
        is_ratio=isinstance(declared, Ratio),
        meaning=declared.meaning,
        ranked_by=chosen.ranked_by,
        own=own,
        rows=_ranked(rows, ranked_by=chosen.ranked_by),
    )


def _row(org: Org, known: Figures, *, declared: Indicator | Ratio, goal: Decimal | None) -> Row:
    there = org.pk in known.column(declared.code)
    state, value, exact = _value(known[declared.code, org.pk] if there else None)
    now = value if state in RANKABLE else None
    span = known.period
    against = (span.same_last_year(), span.previous()) if there else ()
    changes = [
        _change(declared, span, base, org=org, now=now, exact=exact) for base in against
    ] or [Change(note=rules.NO_BASE)] * 2
    return Row(
        org_id=org.pk,
        org_code=org.code,
        name=org.name,
        state=state,
        value=value,
        exact=exact,
        goal=goal,
        completion=rules.completion(value=now, goal=goal, in_points=declared.unit == PERCENT),
        rank=None,
        tied=False,
        last_year=changes[0],
        previous=changes[1],
    )


def _value(figure: Figure | None) -> tuple[str, Decimal | None, Decimal | None]:
    """Return a figure's state, its printed and its exact value."""
    if figure is None:
        return State.MISSING.value, None, None
    if figure.value is None and figure.state.value in RANKABLE:  # a ratio over nothing
        return State.MISSING.value, None, None
    return figure.state.value, figure.value, figure.exact


def _change(
    declared: Indicator | Ratio,
    span: Period,
    base: Period,
    *,
    org: Org,
    now: Decimal | None,
    exact: Decimal | None,
) -> Change:
    compared = figures.compared(declared.code, span, base, org.pk)
    state, value, exact_then = _value(compared.then)
    return rules.change(
        now=now,
        then=value if state in RANKABLE else None,
        unit=declared.unit,
        difference=exact - exact_then if exact is not None and exact_then is not None else None,
        note=rules.OTHER_READING if compared.reading_differs else "",
    )


def _ranked(rows: Sequence[Row], *, ranked_by: str) -> tuple[Row, ...]:
    """Give the streets their places. What is not whole has none, and no value is no 0."""
    by_completion = ranked_by == RankedBy.COMPLETION
    values = {
        row.org_id: (row.completion if by_completion else row.value)
        if row.state in RANKABLE
        else None
        for row in rows
    }
    order = Order.LOW if ranked_by == RankedBy.LOW else Order.HIGH
    places = rules.ranks(values, order=order)
    shared = rules.shared(places)
    return tuple(_placed(row, rank=places[row.org_id], tied=row.org_id in shared) for row in rows)


def _placed(row: Row, *, rank: int | None, tied: bool) -> Row:
    return Row(**{**vars(row), "rank": rank, "tied": tied})


def _kept(circular: Circular) -> Sheet:
    chosen = circular.chosen.prefetch_related("lines__org")
    return Sheet(
        as_of=circular.as_of,
        boards=tuple(_kept_board(each) for each in chosen if each.version),
        reported=tuple(
            Reported(
                each.org_id,
                each.name,
                each.expected,
                each.submitted,
                each.accepted,
                each.late,
                each.late_names,
            )
            for each in circular.reporting.all()
        ),
    )


def _kept_board(chosen: Chosen) -> Board:
    lines = list(chosen.lines.all())
    places = rules.shared({line.org_id: line.rank for line in lines})
    own, *rows = (_kept_row(line, tied=line.org_id in places, unit=chosen.unit) for line in lines)
    return Board(
        code=chosen.code,
        version=chosen.version,
        label=chosen.label,
        unit=chosen.unit,
        decimals=chosen.decimals,
        is_ratio=chosen.is_ratio,
        meaning=chosen.meaning,
        ranked_by=chosen.ranked_by,
        own=own,
        rows=tuple(rows),
    )


def _kept_row(line: Line, *, tied: bool, unit: str) -> Row:
    last_year = (line.last_year, line.last_year_change, line.last_year_note)
    previous = (line.previous, line.previous_change, line.previous_note)
    return Row(
        org_id=line.org_id,
        org_code=line.org.code,
        name=line.name,
        state=line.state,
        value=_number(line.value),
        exact=_number(line.exact),
        goal=_number(line.goal),
        completion=_number(line.completion),
        rank=line.rank,
        tied=tied,
        last_year=_kept_change(line, *last_year, unit=unit),
        previous=_kept_change(line, *previous, unit=unit),
    )


def _kept_change(line: Line, then: str, change: str, note: str, *, unit: str) -> Change:
    """Return a change as it was kept; of one that rounded to 0 the words, where none were kept yet."""
    base, size, value = _number(then), _number(change), _number(line.value)
    if size is None or size != 0 or note or base is None or value is None:
        return Change(base, size, note)
    return rules.change(now=value, then=base, unit=unit)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
