"""Closes a period: keeps every figure as it was printed.

Records are mended and organisations merge after a report is signed; the report must not move with
them. A frozen figure also keeps how many records stood behind it and their fingerprint, so that a
later difference can be told from a later correction.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.periods import Period, local_day
from qinghe.lib.verdicts import Refused

from . import access, catalogue, figures, formulas, store
from .figures import Figures, State
from .indicators import Indicator, Ratio
from .models import FrozenFigure
from .store import Store

CHUNK = 500
NOTHING = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True)
class Kept:
    """What a figure was called when it was frozen."""

    version: int
    label: str
    unit: str
    decimals: int


@dataclass(frozen=True)
class _Seal:
    count: int
    sha256: str


def freeze(*, period: Period, by: Actor, at: datetime) -> int:
    """Keep all figures of a period for good, and tell how many they are.

    Raises Refused: not_allowed, no_orgs, period_not_over, facts_too_old, already_frozen, no_facts.
    """
    top = orgs.root()
    if top is None:
        raise Refused("no_orgs", "还没有任何组织，没有可以封存的数字。")
    actors.require(by, access.FREEZE, at=top)
    if local_day(at) <= period.end:
        raise Refused("period_not_over", f"{period.label}还没有结束，期满后才能封存数字。")
    _check_open(period)
    now = store.current()
    if local_day(now.as_of) <= period.end:
        raise Refused(
            "facts_too_old", f"现有数据汇总于{period.label}结束之前，请先重新汇总数据再封存。"
        )
    found = figures.compute(now, catalogue.INDICATORS.values(), period)
    rows = list(_rows(found, now, by=by, at=at))
    _keep(rows, period=period, by=by, at=at)
    return len(rows)


def figures_of(period: Period) -> Figures:
    """Return a period's figures as they were frozen.

    Raises Refused: not_frozen.
    """
    rows = list(FrozenFigure.objects.filter(period=period.name).order_by("code", "org_id"))
    if not rows:
        raise Refused("not_frozen", f"{period.label}的数字还没有封存。")
    columns: dict[str, dict[int, Decimal | None]] = {}
    for row in rows:
        columns.setdefault(row.code, {})[row.org_id] = Decimal(row.exact) if row.exact else None
    return Figures(
        period=period,
        as_of=rows[0].as_of,
        described={r.code: Kept(r.version, r.label, r.unit, r.decimals) for r in rows},
        columns=columns,
        states={row.code: State(row.state) for row in rows},
    )


def is_frozen(period: Period) -> bool:
    """Test if a period's figures are closed."""
    return FrozenFigure.objects.filter(period=period.name).exists()


def _check_open(period: Period) -> None:
    if is_frozen(period):
        raise Refused(
            "already_frozen", f"{period.label}的数字已经封存，不能再次封存，没有任何改动。"
        )


@transaction.atomic
def _keep(rows: Iterable[FrozenFigure], *, period: Period, by: Actor, at: datetime) -> None:
    """Write all rows or none. Rare and short (seconds), so other writers may wait for it."""
    _check_open(period)  # again: somebody else may have frozen it meanwhile
    made = FrozenFigure.objects.bulk_create(rows, batch_size=CHUNK)
    audit.record_many(
        by=by,
        verb="analytics.freeze",
        model=FrozenFigure,
        ids=[row.pk for row in made],
        at=at,
        detail={"period": period.name},
    )


def _rows(found: Figures, now: Store, *, by: Actor, at: datetime) -> Iterator[FrozenFigure]:
    for code in found:
        seals = _seals(now, catalogue.indicator(code), found.period)
        for org_id in found.column(code):
            figure = found[code, org_id]
            seal = seals.get(org_id, _Seal(0, NOTHING))
            yield FrozenFigure(
                period=found.period.name,
                code=code,
                version=figure.version,
                org_id=org_id,
                label=figure.label,
                unit=figure.unit,
                decimals=figure.decimals,
                value="" if figure.value is None else f"{figure.value:f}",
                exact="" if figure.exact is None else f"{figure.exact:f}",
                state=figure.state,
                as_of=figure.as_of,
                records=seal.count,
                sha256=seal.sha256,
                frozen_at=at,
                frozen_by=str(by),
            )


def _seals(now: Store, indicator: Indicator | Ratio, period: Period) -> dict[int, _Seal]:
    """Return count and fingerprint of the records behind a figure of each organisation."""
    if isinstance(indicator, Ratio):
        top, bottom = (_seals(now, part, period) for part in catalogue.parts(indicator))
        empty = _Seal(0, NOTHING)
        return {
            org_id: _joined(top.get(org_id, empty), bottom.get(org_id, empty))
            for org_id in top.keys() | bottom.keys()
        }
    return {
        org_id: _Seal(len(ids), figures.fingerprint(ids))
        for org_id, ids in now.grouped(formulas.records_of_all_sql(indicator, period))
    }


def _joined(top: _Seal, bottom: _Seal) -> _Seal:
    both = f"{top.sha256}\n{bottom.sha256}"
    return _Seal(top.count + bottom.count, hashlib.sha256(both.encode()).hexdigest())
