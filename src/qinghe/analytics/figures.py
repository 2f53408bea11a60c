"""From indicator to number: for one period, for every organisation at once, from facts."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import ibis

from qinghe.lib.periods import Period, local_day
from qinghe.lib.verdicts import Refused
from qinghe.lib.wording import Phrase, Style, say

from . import catalogue, formulas
from . import store as stores
from .indicators import Indicator, Ratio
from .store import Store, outdated

IN_FULL = Phrase(Style.EXACT)
KEPT = 16  # periods whose figures a process remembers


class State(StrEnum):
    """How far a figure can be relied on."""

    COMPLETE = "complete"
    PARTIAL = "partial"  # the period was not over when the facts were read
    MISSING = "missing"  # there is no record at all yet; 0 is never missing

    @property
    def label(self) -> str:
        """Name the state for the reader."""
        return {"complete": "完整", "partial": "未满期", "missing": "无数据"}[self.value]


@dataclass(frozen=True)
class Figure:
    """One number and all that is needed to find it again."""

    code: str
    version: int
    label: str
    unit: str
    decimals: int
    period: Period
    org_id: int
    exact: Decimal | None
    state: State
    as_of: datetime

    @property
    def value(self) -> Decimal | None:
        """Return the number as printed: rounded half up (四舍五入), once, from the exact one."""
        if self.exact is None:
            return None
        return self.exact.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)

    def said(self, phrase: Phrase) -> str | None:
        """Return the number in a report's words, from the exact one; None where there is none.

        Where the words come down to the whole number itself, it is the printed one.
        """
        if self.exact is None or self.value is None:
            return None
        text = say(self.exact, phrase)
        return say(self.value, IN_FULL) if text == say(self.exact, IN_FULL) else text


@dataclass(frozen=True)
class Trace:
    """The records behind one figure, and a fingerprint by which two traces are compared."""

    model: str
    ids: list[int]
    count: int
    sha256: str


class Described(Protocol):
    """What an indicator says of its figures, now or when they were frozen."""

    @property
    def version(self) -> int: ...

    @property
    def label(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def decimals(self) -> int: ...


class Figures:
    """All figures of one period: `figures["VOL-04", org_id]`."""

    def __init__(
        self,
        *,
        period: Period,
        as_of: datetime,
        described: Mapping[str, Described],
        columns: Mapping[str, Mapping[int, Decimal | None]],
        states: Mapping[str, State],
    ) -> None:
        self.period = period
        self.as_of = as_of
        self.states = states
        self._described = described
        self._columns = columns

    def __getitem__(self, key: tuple[str, int]) -> Figure:
        code, org_id = key
        column = self.column(code)
        if org_id not in column:
            raise Refused(
                "org_not_in_period",
                f"{self.period.label}期末的组织树中没有这个组织，没有它的数字。",
            )
        said = self._described[code]
        return Figure(
            code=code,
            version=said.version,
            label=said.label,
            unit=said.unit,
            decimals=said.decimals,
            period=self.period,
            org_id=org_id,
            exact=column[org_id],
            state=self.states[code],
            as_of=self.as_of,
        )

    def __contains__(self, code: object) -> bool:
        return code in self._columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def column(self, code: str) -> Mapping[int, Decimal | None]:
        """Return one indicator's exact values by organisation.

        Raises Refused: unknown_indicator.
        """
        if code not in self._columns:
            raise Refused("unknown_indicator", f"没有编号为“{code}”的指标，请核对编号。")
        return self._columns[code]


def compute(store: Store, indicators: Iterable[Indicator | Ratio], period: Period) -> Figures:
    """Compute indicators for every organisation of the tree at the period's end.

    Each tier is aggregated from the facts, never from the tier below it. Raises Refused:
    facts_outdated.
    """
    wanted = {each.code: each for each in indicators}
    base = dict.fromkeys(part for each in wanted.values() for part in catalogue.parts(each))
    sums = _sums(store, tuple(base), period)
    states = {each: _state(store, each, period) for each in base}
    return Figures(
        period=period,
        as_of=store.as_of,
        described=wanted,
        columns={code: _exact(each, sums, states) for code, each in wanted.items()},
        states={code: _joint_state(each, states) for code, each in wanted.items()},
    )


def trace(
    store: Store,
    indicator: Indicator | Ratio,
    period: Period,
    org_id: int,
    *,
    part: str = "top",
) -> Trace:
    """Find all records behind one figure; of a ratio, those of its top or its bottom."""
    chosen = half(indicator, part)
    ids = [row[0] for row in store.ask(_records_sql(store, chosen, period, org_id))]
    return Trace(model=chosen.over.model, ids=ids, count=len(ids), sha256=fingerprint(ids))


def page_of_ids(
    store: Store,
    indicator: Indicator | Ratio,
    period: Period,
    org_id: int,
    offset: int,
    limit: int,
    *,
    part: str = "top",
) -> list[int]:
    """Return one page of the ids behind a figure, in their order."""
    sql = _records_sql(store, half(indicator, part), period, org_id)
    return [row[0] for row in store.ask(f"{sql} LIMIT {int(limit)} OFFSET {int(offset)}")]


def count_of_ids(
    store: Store,
    indicator: Indicator | Ratio,
    period: Period,
    org_id: int,
    *,
    part: str = "top",
) -> int:
    """Count the records behind a figure without reading them."""
    sql = _records_sql(store, half(indicator, part), period, org_id)
    ((count,),) = store.ask(f"SELECT count(*) FROM ({sql})")  # noqa: S608  # compiled by ibis
    return int(count)


def half(indicator: Indicator | Ratio, part: str) -> Indicator:
    """Return the indicator itself, or one half of a ratio.

    Raises Refused: unknown_part.
    """
    if isinstance(indicator, Indicator):
        return indicator
    if part not in ("top", "bottom"):
        raise Refused("unknown_part", "比率只有分子（top）和分母（bottom）两部分的记录。")
    return indicator.top if part == "top" else indicator.bottom


def fingerprint(ids: Iterable[int]) -> str:
    """Return the SHA-256 over ordered ids, in decimal, one a line."""
    return hashlib.sha256("\n".join(map(str, ids)).encode()).hexdigest()


def cached(period: Period) -> Figures:
    """Return the figures of the whole catalogue, computed once for each facts file and period.

    Raises Refused: no_facts, facts_outdated.
    """
    now = stores.current()
    key = (now.path, period)
    with _guard:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
        lock = _computing.setdefault(key, threading.Lock())
    with lock:  # others who ask for the same wait for it instead of computing it too
        with _guard:
            if key in _kept:
                return _kept[key]
        found = compute(now, catalogue.INDICATORS.values(), period)
        with _guard:
            _kept[key] = found
            _computing.pop(key, None)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return found


_guard = threading.Lock()
_kept: OrderedDict[tuple[Path, Period], Figures] = OrderedDict()
_computing: dict[tuple[Path, Period], threading.Lock] = {}


def _sums(
    store: Store, base: tuple[Indicator, ...], period: Period
) -> dict[Indicator, dict[int, int]]:
    """Ask the facts: for each indicator a whole number for each organisation."""
    for each in base:
        _check_loaded(store, each)
    found: dict[Indicator, dict[int, int]] = {}
    for indicators, sql in formulas.compiled(base, period):
        org_ids, *numbers = zip(*store.ask(sql), strict=True)
        for indicator, column in zip(indicators, numbers, strict=True):
            found[indicator] = dict(zip(org_ids, map(int, column), strict=True))
    return found


def _exact(
    indicator: Indicator | Ratio,
    sums: Mapping[Indicator, Mapping[int, int]],
    states: Mapping[Indicator, State],
) -> dict[int, Decimal | None]:
    # Decimal keeps 28 digits; no quotient of our sums comes so near to a half that they would not
    # tell on which side of it it lies.
    if isinstance(indicator, Ratio):
        top, bottom = (_exact(half, sums, states) for half in catalogue.parts(indicator))
        return {
            org_id: _quotient(above, bottom[org_id], indicator.scale)
            for org_id, above in top.items()
        }
    if states[indicator] is State.MISSING:
        return dict.fromkeys(sums[indicator])
    if indicator.per == 1:
        return {org_id: Decimal(number) for org_id, number in sums[indicator].items()}
    return {org_id: Decimal(number) / indicator.per for org_id, number in sums[indicator].items()}


def _quotient(above: Decimal | None, below: Decimal | None, scale: int) -> Decimal | None:
    """Divide unrounded values; over nothing there is no ratio."""
    if above is None or not below:
        return None
    return scale * above / below


def _state(store: Store, indicator: Indicator, period: Period) -> State:
    first_day = store.loaded[indicator.over.name].first_day
    if first_day is None or first_day > period.end:
        return State.MISSING
    return State.PARTIAL if local_day(store.as_of) <= period.end else State.COMPLETE


def _joint_state(indicator: Indicator | Ratio, states: Mapping[Indicator, State]) -> State:
    """Return the worse state of a ratio's halves."""
    found = {states[part] for part in catalogue.parts(indicator)}
    return next(state for state in (State.MISSING, State.PARTIAL, State.COMPLETE) if state in found)


def _records_sql(store: Store, indicator: Indicator, period: Period, org_id: int) -> str:
    _check_loaded(store, indicator)
    return str(ibis.to_sql(formulas.records(indicator, period, org_id), dialect="duckdb"))


def _check_loaded(store: Store, indicator: Indicator) -> None:
    """Refuse to count a fact that the file lacks or keeps in other columns."""
    if store.columns.get(indicator.over.name) != dict(indicator.over.columns):
        raise outdated()
