"""All indicators for all organisations of one half-year, against two peers.

Peer one: DuckDB SQL written by hand over the same facts file, giving the same dicts. Peer two: the
same figures by Django ORM aggregation over the records, one query a fact for each organisation and
its subtree, measured on a slice of organisations of every tier and extrapolated tier by tier.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
from django.db import connections
from django.db.models import Count, Q, Sum

from bench._limits import at_least, at_most
from qinghe.analytics import building, compiling, figures, store
from qinghe.analytics.building import Source

from . import _district as district

TIMES = 5
BAR = "≤ 1.3 × hand-written SQL; ≥ 20 × Django ORM; 10 × the rows in ≤ 10 × the time"
Dicts = dict[str, dict[int, Decimal | None]]
LIMITS = (
    at_most("ratio to hand-written SQL", 1.3),
    at_least("times faster than Django ORM", 20),
    at_most("growth from 1 × to 10 ×", 10),
)


def run() -> dict[str, object]:
    """Measure all figures of a half-year and return seconds and ratios."""
    with district.district() as folder:
        ours, hand, cold = _engines(folder / "facts", district.source)
        ten, hand_ten, _ = _engines(folder / "ten", district.ten_times)
        orm = _orm_seconds()
    return {
        "bar": BAR,
        "figures": len(district.INDICATORS) * district.ORGS,
        "seconds": ours,
        "seconds for a period not asked for before": cold,
        "hand-written SQL, seconds": hand,
        "ratio to hand-written SQL": ours / hand,
        "ratio for a period not asked for before": cold / hand,
        "Django ORM, seconds (extrapolated)": orm,
        "times faster than Django ORM": orm / ours,
        "seconds at 10 × the rows": ten,
        "growth from 1 × to 10 ×": ten / ours,
        "ratio to hand-written SQL at 10 ×": ten / hand_ten,
        "bar met": ours <= 1.3 * hand and orm >= 20 * ours and ten <= 10 * ours,
    }


def _engines(folder: Path, source: Source) -> tuple[float, float, float]:
    built = building.build(
        facts=district.FACTS,
        lineage=district.lineage(),
        at=datetime(2022, 7, 3, tzinfo=UTC),
        folder=folder,
        source=source,
    )
    opened = store.Store(built.path)
    plain = duckdb.connect(str(built.path), read_only=True, config=store.LIMITS)
    if _ours(opened) != _by_hand(plain):
        raise AssertionError("the two ways do not give the same figures")
    ours, hand, cold = _alternating(
        lambda: _ours(opened), lambda: _by_hand(plain), lambda: _uncompiled(opened)
    )
    opened.close()
    plain.close()
    return ours, hand, cold


def _alternating(*ways: Callable[[], object]) -> list[float]:
    """Return the middle time of each way, taken in turns so that a busy moment hits them alike."""
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(TIMES):
        for place, way in enumerate(ways):
            started = time.perf_counter()
            way()
            taken[place].append(time.perf_counter() - started)
    return [sorted(each)[TIMES // 2] for each in taken]


def _ours(opened: store.Store) -> Dicts:
    found = figures.compute(opened, district.INDICATORS, district.PERIOD)
    return {code: dict(found.column(code)) for code in found}


def _uncompiled(opened: store.Store) -> Dicts:
    """Count as a process does for a period that it has not been asked for before."""
    compiling.compiled.cache_clear()
    return _ours(opened)


LINES = """(SELECT ancestor_id, org_id FROM lineage
  WHERE starts_on <= DATE '2022-06-30' AND ends_on > DATE '2022-06-30')"""
FLOW = "day BETWEEN DATE '2022-01-01' AND DATE '2022-06-30'"
STOCK = "day <= DATE '2022-06-30' AND until > DATE '2022-06-30'"
BY_HAND = {
    ("BEN-01", "BEN-02", "BEN-03", "BEN-04"): f"""
      SELECT ancestor_id, coalesce(sum(n), 0), coalesce(sum(m), 0), coalesce(sum(k), 0),
        coalesce(sum(j), 0)
      FROM {LINES} LEFT JOIN (
        SELECT org_id, count(*) n, sum(minutes) m, count(*) FILTER (minor) k,
          sum(minutes) FILTER (minor) j
        FROM service WHERE {FLOW} GROUP BY 1) USING (org_id) GROUP BY 1""",
    ("BEN-05", "BEN-06"): f"""
      SELECT ancestor_id, count(DISTINCT person_id), count(DISTINCT person_id) FILTER (minor)
      FROM {LINES} LEFT JOIN (SELECT org_id, person_id, minor FROM service WHERE {FLOW})
      USING (org_id) GROUP BY 1""",
    ("BEN-07",): f"""
      SELECT ancestor_id, coalesce(sum(n), 0) FROM {LINES} LEFT JOIN (
        SELECT org_id, count(*) n FROM session WHERE {FLOW} GROUP BY 1) USING (org_id) GROUP BY 1""",
    ("BEN-08", "BEN-09"): f"""
      SELECT ancestor_id, coalesce(sum(n), 0), coalesce(sum(m), 0) FROM {LINES} LEFT JOIN (
        SELECT org_id, count(*) FILTER ({STOCK}) n, count(*) FILTER ({FLOW}) m
        FROM volunteer GROUP BY 1) USING (org_id) GROUP BY 1""",
    ("BEN-10",): f"""
      SELECT ancestor_id, count(DISTINCT person_id) FROM {LINES} LEFT JOIN (
        SELECT org_id, person_id FROM member WHERE {STOCK}) USING (org_id) GROUP BY 1""",
    ("BEN-11", "BEN-12"): f"""
      SELECT ancestor_id, coalesce(sum(n), 0), coalesce(sum(m), 0) FROM {LINES} LEFT JOIN (
        SELECT org_id, count(*) n, count(*) FILTER (full_time) m
        FROM cadre WHERE {STOCK} GROUP BY 1) USING (org_id) GROUP BY 1""",
}


def _by_hand(plain: duckdb.DuckDBPyConnection) -> Dicts:
    found: Dicts = {}
    for codes, sql in BY_HAND.items():
        org_ids, *columns = zip(*plain.execute(sql).fetchall(), strict=True)
        for code, column in zip(codes, columns, strict=True):
            found[code] = dict(zip(org_ids, map(Decimal, column), strict=True))
    for code in ("BEN-02", "BEN-04"):
        found[code] = {org_id: minutes / 60 for org_id, minutes in found[code].items()}
    for ratio in district.RATIOS:
        bottom = found[ratio.bottom.code]
        found[ratio.code] = {
            org_id: ratio.scale * top / bottom[org_id] if bottom[org_id] else None
            for org_id, top in found[ratio.top.code].items()
        }
    return found


def _orm_seconds() -> float:
    """Return what the ORM takes for all organisations, from the mean of a slice of each tier."""
    tiers = [
        range(1, 2),
        range(2, 2 + district.STREETS),
        range(2 + district.STREETS, 2 + district.STREETS + district.COMMUNITIES),
        range(2 + district.STREETS + district.COMMUNITIES, district.ORGS + 1),
    ]
    total = 0.0
    for tier, slice_size in zip(tiers, (1, 2, 4, 20), strict=True):
        chosen = tier[:: max(1, len(tier) // slice_size)][:slice_size]
        started = time.perf_counter()
        for place in district.Place.objects.using(district.USING).filter(pk__in=chosen):
            _by_orm(place)
        total += (time.perf_counter() - started) / len(chosen) * len(tier)
    connections[district.USING].close()
    return total


def _by_orm(place: district.Place) -> dict[str, object]:
    flow = Q(day__range=(district.PERIOD.start, district.PERIOD.end))
    stock = Q(day__lte=district.PERIOD.end, until__gt=district.PERIOD.end)
    minor = Q(minor=True)

    def below(model):
        return model.objects.using(district.USING).filter(org__path__startswith=place.path)

    return {
        **below(district.Service)
        .filter(flow)
        .aggregate(
            times=Count("pk"),
            all_minutes=Sum("minutes"),
            minor_times=Count("pk", filter=minor),
            minor_minutes=Sum("minutes", filter=minor),
            people=Count("person_id", distinct=True),
            minors=Count("person_id", distinct=True, filter=minor),
        ),
        "sessions": below(district.Session).filter(flow).count(),
        **below(district.Volunteer).aggregate(
            volunteers=Count("pk", filter=stock), new=Count("pk", filter=flow)
        ),
        **below(district.Member).filter(stock).aggregate(members=Count("person_id", distinct=True)),
        **below(district.Cadre)
        .filter(stock)
        .aggregate(cadres=Count("pk"), full_time=Count("pk", filter=Q(full_time=True))),
    }
