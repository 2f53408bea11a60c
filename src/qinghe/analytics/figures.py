"""From indicator to number: for one period, for every organisation at once, from facts."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from qinghe.lib.periods import Period
from qinghe.lib.verdicts import Refused

from . import catalogue, compiling, reckoning
from . import store as stores
from .indicators import Indicator, Ratio
from .store import Facts
from .values import Comparison, Described, Figure, Figures, State, Trace

__all__ = ("Comparison", "Described", "Figure", "Figures", "State", "Trace")

KEPT = 16  # periods whose figures a process remembers


def compute(store: Facts, indicators: Iterable[Indicator | Ratio], period: Period) -> Figures:
    """Compute indicators, one reading of a code, for every organisation at the period's end.

    Each tier is aggregated from the facts, never from the tier below it. Raises Refused:
    facts_outdated.
    """
    return reckoning.figures(store, indicators, period)


def trace(
    store: Facts,
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
    store: Facts,
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
    store: Facts,
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


def cached(period: Period, *, reading: int = 0, only: tuple[str, ...] = ()) -> Figures:
    """Return the figures of the whole catalogue, computed once for each facts file and period.

    `reading` 1 and on give older readings, of the codes that have them; `only` some codes, for who
    asks for many periods. Raises Refused: no_facts, facts_outdated.
    """
    now = stores.current()
    key = (now.path, period, reading, only)
    with _guard:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
        lock = _computing.setdefault(key, threading.Lock())
    with lock:  # others who ask for the same wait for it instead of computing it too
        with _guard:
            if key in _kept:
                return _kept[key]
        wanted = [each for each in _at(reading) if not only or each.code in only]
        found = compute(now, wanted, period)
        with _guard:
            _kept[key] = found
            _computing.pop(key, None)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return found


def prepare() -> None:
    """Compile what `cached` asks, so that nobody waits for it who asks after a rebuild."""
    compiling.prepare(reckoning.asked(_at(reading)) for reading in (0, 1))


def readings(period: Period, code: str, org_id: int) -> list[Figure]:
    """Return every reading of one figure, the figure itself first.

    Raises Refused: unknown_indicator, org_not_in_period, no_facts, facts_outdated.
    """
    places = range(len(catalogue.readings(code)))
    return [cached(period, reading=place)[code, org_id] for place in places]


def compared(code: str, period: Period, base: Period, org_id: int) -> Comparison:
    """Set a figure beside that of an earlier period.

    Of then, the newest reading that has a number is taken; the comparison says which. Raises
    Refused: unknown_indicator, org_not_in_period, no_facts, facts_outdated.
    """
    now = cached(period)[code, org_id]
    then = _best(code, base, org_id)
    if then is None or then.exact is None or now.exact is None:
        return Comparison(now, then)
    return Comparison(now, then, now.exact - then.exact)


_Key: TypeAlias = tuple[Path, Period, int, tuple[str, ...]]
_guard = threading.Lock()
_kept: OrderedDict[_Key, Figures] = OrderedDict()
_computing: dict[_Key, threading.Lock] = {}


def _at(reading: int) -> list[Indicator | Ratio]:
    """Return the readings of one age: 0 the figures themselves, 1 those they took over from."""
    if not reading:
        return list(catalogue.every().values())
    return [rest[reading - 1] for rest in catalogue.older().values() if len(rest) >= reading]


def _best(code: str, period: Period, org_id: int) -> Figure | None:
    """Return the newest reading with a number, else the figure itself, if there can be one."""
    newest = None
    for place in range(len(catalogue.readings(code))):
        known = cached(period, reading=place)
        if org_id not in known.column(code):
            return None
        found = known[code, org_id]
        if found.exact is not None:
            return found
        newest = newest or found
    return newest


def _records_sql(store: Facts, indicator: Indicator, period: Period, org_id: int) -> str:
    reckoning.check_loaded(store, indicator)
    return compiling.records_sql(indicator, period, org_id)
