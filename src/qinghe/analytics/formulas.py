"""Turns indicators into queries: Ibis expressions over unbound tables, compiled once a period.

Nothing here runs a query, and no expression uses what only one engine knows.

Two steps keep the tree cheap. Counts and sums are first taken for each organisation, then added
along the lineage. Distincts are first thinned to one row for each organisation and key, then
counted again at every ancestor, because a person who serves in two streets is one in the district.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ibis
import ibis.expr.types as ir

from qinghe.lib.periods import Period

from .facts import Fact
from .indicators import Indicator, Kind, Time
from .layout import LINEAGE


@dataclass(frozen=True)
class Question:
    """One query: a row for each organisation, its id first, then one number an indicator."""

    indicators: tuple[Indicator, ...]
    expression: ir.Table


@lru_cache(maxsize=64)
def compiled(
    indicators: tuple[Indicator, ...], period: Period
) -> tuple[tuple[tuple[Indicator, ...], str], ...]:
    """Return the SQL that answers for these indicators, with the indicators each answers for."""
    return tuple(
        (question.indicators, str(ibis.to_sql(question.expression, dialect="duckdb")))
        for question in questions(indicators, period)
    )


def questions(indicators: Sequence[Indicator], period: Period) -> list[Question]:
    """Return as few queries as answer for all these indicators: what shares a scan is asked once."""
    asked = []
    for group in _sharing_scan(indicators):
        rows = chosen(group[0].over, group[0].time, period)
        added = tuple(each for each in group if each.kind is not Kind.DISTINCT)
        if added:
            asked.append(Question(added, _added(rows, added, period)))
        for same_key in _sharing_key(rows, [x for x in group if x.kind is Kind.DISTINCT]):
            asked.append(Question(same_key, _distinct(rows, same_key, period)))
    return asked


def chosen(fact: Fact, when: Time, period: Period) -> ir.Table:
    """Return a fact's rows that belong to a period."""
    rows = ibis.table(dict(fact.columns), name=fact.name)
    if when is Time.STOCK:
        return rows.filter(rows.day <= period.end, rows.until > period.end)
    return rows.filter(rows.day.between(period.start, period.end))


def records(indicator: Indicator, period: Period, org_id: int) -> ir.Table:
    """Return the ids of the records that count towards one figure, in order."""
    rows = chosen(indicator.over, indicator.time, period)
    if indicator.where is not None:
        rows = rows.filter(indicator.where(rows))
    lines = tree(period)
    below = lines.filter(lines.ancestor_id == org_id)
    return rows.semi_join(below, "org_id").select("record_id").order_by("record_id")


def records_of_all_sql(indicator: Indicator, period: Period) -> str:
    """Return the SQL of each organisation's id beside the ids of its records, all in order."""
    rows = chosen(indicator.over, indicator.time, period)
    if indicator.where is not None:
        rows = rows.filter(indicator.where(rows))
    pairs = tree(period).inner_join(rows.select("org_id", "record_id"), "org_id")
    ordered = pairs.select("ancestor_id", "record_id").order_by("ancestor_id", "record_id")
    return str(ibis.to_sql(ordered, dialect="duckdb"))


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
    return joined.group_by("ancestor_id").aggregate(
        **{name: joined[name].sum().coalesce(0) for name in names}
    )


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
        return joined.group_by("ancestor_id").aggregate(v0=joined.key.nunique())
    pairs = marked.group_by("org_id", "key").aggregate(**{n: marked[n].any() for n in names})
    joined = tree(period).inner_join(pairs, "org_id")
    keys = joined.group_by("ancestor_id", "key").aggregate(**{n: joined[n].any() for n in names})
    counts = keys.group_by("ancestor_id").aggregate(**{n: keys[n].sum() for n in names})
    every = tree(period).select("ancestor_id").distinct()
    filled = every.left_join(counts, "ancestor_id")
    return filled.select("ancestor_id", **{n: filled[n].coalesce(0) for n in names})


def _key(rows: ir.Table, indicator: Indicator) -> ir.Column:
    if indicator.of is None:
        raise ValueError(f"{indicator.code} does not say what it counts distinct")
    return indicator.of(rows)


def _sharing_scan(indicators: Sequence[Indicator]) -> list[list[Indicator]]:
    groups: dict[tuple[str, Time], list[Indicator]] = {}
    for each in indicators:
        groups.setdefault((each.over.name, each.time), []).append(each)
    return list(groups.values())


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
