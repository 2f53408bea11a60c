"""Turns indicators into queries: Ibis expressions over unbound tables.

Nothing here runs a query, and no expression uses what only one engine knows. `compiling` makes SQL of
them, and keeps it.

Indicators that differ only in the word of a column (`Equals`) are one query with a row for each
organisation and word. Any number of reported figures so costs a grouped scan, not a condition each.

Two steps keep the tree cheap. Counts and sums are first taken for each organisation, then added
along the lineage. Distincts are first thinned to one row for each organisation and key, then
counted again at every ancestor, because a person who serves in two streets is one in the district.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from qinghe.lib import periods
from qinghe.lib.periods import Period

from .facts import Fact
from .indicators import Equals, Indicator, Kind, Time
from .layout import DUCKDB, LINEAGE


@dataclass(frozen=True)
class Question:
    """One query for several indicators.

    Each row is an organisation's id, then one number an indicator, for every organisation and in
    the order of their ids. Where there are `cells`, a row is a word, an organisation's id, then
    measures, ordered by word and only where there is anything; the cells tell in which word and
    measure each indicator is found.
    """

    indicators: tuple[Indicator, ...]
    expression: ir.Table
    cells: tuple[tuple[str, int], ...] = ()


def questions(indicators: Sequence[Indicator], period: Period) -> list[Question]:
    """Return as few queries as answer for all these indicators: what shares a scan is asked once."""
    asked = []
    for group in _sharing_scan(indicators):
        rows = chosen(group[0].over, group[0].time, period)
        added = [each for each in group if each.kind is not Kind.DISTINCT]
        plain = tuple(each for each in added if not isinstance(each.where, Equals))
        if plain:
            asked.append(Question(plain, _added(rows, plain, period)))
        asked += [_by_word(rows, column, same, period) for column, same in _sharing_column(added)]
        for same_key in _sharing_key(rows, [x for x in group if x.kind is Kind.DISTINCT]):
            asked.append(Question(same_key, _distinct(rows, same_key, period)))
    return asked


def chosen(fact: Fact, when: Time, period: Period) -> ir.Table:
    """Return a fact's rows that belong to a period."""
    rows = ibis.table(dict(fact.columns), name=fact.name)
    if when is Time.STOCK:
        return rows.filter(rows.day <= period.end, rows.until > period.end)
    span = span_of(when, period)
    if fact.is_spanning:
        return rows.filter(rows.since >= span.start, rows.day <= span.end)
    return rows.filter(rows.day.between(span.start, span.end))


def span_of(when: Time, period: Period) -> Period:
    """Return the days that a period's figures look at: for what holds a year, the whole year."""
    return periods.year(period.end.year) if when is Time.ANNUAL else period


def records(indicator: Indicator, period: Period) -> ir.Table:
    """Return each organisation's id beside the ids of the records that count for it, in order."""
    rows = chosen(indicator.over, indicator.time, period)
    if indicator.where is not None:
        rows = rows.filter(indicator.where(rows))
    pairs = tree(period).inner_join(rows.select("org_id", "record_id"), "org_id")
    return pairs.select("ancestor_id", "record_id").order_by("ancestor_id", "record_id")


def orgs(period: Period) -> ir.Table:
    """Return the ids of all organisations of the tree at the period's end, in order."""
    # Not distinct().order_by(): sqlglot 30 writes that for Spark as distinct over all columns that
    # the filter names, and an organisation that ever moved comes twice.
    return tree(period).group_by("ancestor_id").aggregate().order_by("ancestor_id")


def sql(expression: ir.Table, dialect: str = DUCKDB) -> str:
    """Return an expression as one engine reads it."""
    return str(ibis.to_sql(expression, dialect=dialect))


def tree(period: Period) -> ir.Table:
    """Return which organisation counted towards which at the period's end."""
    lines = ibis.table(dict(LINEAGE), name="lineage")
    return lines.filter(lines.starts_on <= period.end, lines.ends_on > period.end).select(
        "ancestor_id", "org_id"
    )


def _added(rows: ir.Table, indicators: Sequence[Indicator], period: Period) -> ir.Table:
    by_org = rows.group_by("org_id").aggregate(
        **{f"v{place}": _term(rows, each) for place, each in enumerate(indicators)}
    )
    return _rolled_up(
        by_org, names=[f"v{place}" for place in range(len(indicators))], period=period
    )


def _term(rows: ir.Table, indicator: Indicator) -> ir.Scalar:
    where = indicator.where(rows) if indicator.where is not None else None
    if indicator.of is None:
        return rows.count(where=where)
    return indicator.of(rows).cast("int64").sum(where=where)


def _rolled_up(by_org: ir.Table, *, names: Iterable[str], period: Period) -> ir.Table:
    """Add up along the lineage; an organisation without rows has 0, and is not left out."""
    joined = tree(period).left_join(by_org, "org_id")
    rolled = joined.group_by("ancestor_id").aggregate(
        **{name: joined[name].sum().coalesce(0) for name in names}
    )
    return rolled.order_by("ancestor_id")


def _by_word(
    rows: ir.Table, column: str, indicators: Sequence[Indicator], period: Period
) -> Question:
    """Count by organisation and word, then add up along the lineage, word by word."""
    rows = rows.filter(rows[column].isin(sorted({_word(each) for each in indicators})))
    measures: list[ir.Scalar] = []
    cells = []
    for each in indicators:
        term = _measure(rows, each)
        place = next((n for n, known in enumerate(measures) if known.equals(term)), len(measures))
        if place == len(measures):
            measures.append(term)
        cells.append((_word(each), place))
    by_org = rows.group_by("org_id", word=rows[column]).aggregate(
        **{f"v{place}": term for place, term in enumerate(measures)}
    )
    joined = tree(period).inner_join(by_org, "org_id")
    rolled = joined.group_by("word", "ancestor_id").aggregate(
        **{f"v{n}": joined[f"v{n}"].sum().cast("int64") for n in range(len(measures))}
    )
    return Question(tuple(indicators), rolled.order_by("word"), tuple(cells))


def _measure(rows: ir.Table, indicator: Indicator) -> ir.Scalar:
    return rows.count() if indicator.of is None else indicator.of(rows).cast("int64").sum()


def _word(indicator: Indicator) -> str:
    if not isinstance(indicator.where, Equals):
        raise TypeError(f"{indicator.code} does not ask for one word")
    return indicator.where.word


def _distinct(rows: ir.Table, indicators: Sequence[Indicator], period: Period) -> ir.Table:
    """Count keys once at each ancestor, whatever number of conditions are asked of them."""
    names = [f"v{place}" for place in range(len(indicators))]
    met = {
        name: each.where(rows) if each.where is not None else ibis.literal(value=True)
        for name, each in zip(names, indicators, strict=True)
    }
    marked = rows.select("org_id", key=_key(rows, indicators[0]), **met)
    if len(indicators) == 1:
        pairs = marked.filter(marked.v0).select("org_id", "key").distinct()
        joined = tree(period).left_join(pairs, "org_id")
        counted = joined.group_by("ancestor_id").aggregate(v0=joined.key.nunique())
        return counted.order_by("ancestor_id")
    pairs = marked.group_by("org_id", "key").aggregate(**{n: marked[n].any() for n in names})
    joined = tree(period).inner_join(pairs, "org_id")
    keys = joined.group_by("ancestor_id", "key").aggregate(**{n: joined[n].any() for n in names})
    counts = keys.group_by("ancestor_id").aggregate(**{n: keys[n].sum() for n in names})
    every = tree(period).select("ancestor_id").distinct()
    filled = every.left_join(counts, "ancestor_id")
    counted = filled.select("ancestor_id", **{n: filled[n].coalesce(0) for n in names})
    return counted.order_by("ancestor_id")


def _key(rows: ir.Table, indicator: Indicator) -> ir.Column:
    if indicator.of is None:
        raise ValueError(f"{indicator.code} does not say what it counts distinct")
    return indicator.of(rows)


def _sharing_scan(indicators: Sequence[Indicator]) -> list[list[Indicator]]:
    groups: dict[tuple[str, Time], list[Indicator]] = {}
    for each in indicators:
        groups.setdefault((each.over.name, each.time), []).append(each)
    return list(groups.values())


def _sharing_column(indicators: Sequence[Indicator]) -> list[tuple[str, list[Indicator]]]:
    groups: dict[str, list[Indicator]] = {}
    for each in indicators:
        if isinstance(each.where, Equals):
            groups.setdefault(each.where.column, []).append(each)
    return list(groups.items())


def _sharing_key(rows: ir.Table, distincts: Sequence[Indicator]) -> list[tuple[Indicator, ...]]:
    groups: list[list[Indicator]] = []
    for each in distincts:
        key = _key(rows, each)
        for group in groups:
            if _key(rows, group[0]).equals(key):
                group.append(each)
                break
        else:
            groups.append([each])
    return [tuple(group) for group in groups]
