"""Counting a freezing again from its facts alone, by the formulas that were kept with them.

It shares no arithmetic with the counting of today: whoever doubts a printed figure gets an answer
that does not depend on the code that printed it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

import duckdb

from qinghe.analytics import figures
from qinghe.analytics.facts import STILL
from qinghe.analytics.models import Freezing, FrozenFigure
from qinghe.lib.verdicts import Refused

from . import defining, folders, keeping
from .defining import Formula, Part

Sums = Mapping[int, int]
RANK = {"missing": 0, "partial": 1, "incomplete": 2, "complete": 3}
NOTHING = (0, keeping.NOTHING)


@dataclass(frozen=True)
class Difference:
    """One figure that is not what was kept."""

    code: str
    org_id: int
    what: str  # 数值、状态、记录数、记录指纹
    kept: str
    found: str


@dataclass(frozen=True)
class Recounted:
    """What came of counting again."""

    figures: int
    damaged: Sequence[str]  # files that are not those that were frozen
    differences: Sequence[Difference]

    @property
    def equal(self) -> bool:
        """Test if every file and every figure is as it was kept."""
        return not self.damaged and not self.differences


@dataclass(frozen=True)
class _Counted:
    """One part, by organisation."""

    exact: Mapping[int, Decimal | None]
    states: Mapping[int, str]
    seals: Mapping[int, tuple[int, str]]


def recount(freezing: Freezing, *, progress: Callable[[int, int], None] | None = None) -> Recounted:
    """Count every figure again from the frozen facts and compare it with what was kept.

    Raises Refused: facts_not_kept.
    """
    if not freezing.folder:
        raise Refused("facts_not_kept", "这次封存早于事实数据的留存，只有数字，无法重算。")
    damaged = folders.damaged(freezing.folder, sha256=freezing.sha256)
    if {folders.MANIFEST, defining.NAME} & set(damaged):
        return Recounted(0, damaged, ())
    told = defining.load(folders.root() / freezing.folder / defining.NAME)
    found: list[Difference] = []
    counted = 0
    with folders.opened({"kept": freezing.folder}) as db:
        db.execute("SET schema = 'kept'")
        for done, formula in enumerate(told.values(), start=1):
            try:
                again = _again(db, formula)
            except duckdb.Error:
                break  # a file is gone or unreadable, which `damaged` says
            rows = _kept(freezing, formula.code)
            found += _differences(formula, again, rows)
            counted += len(rows)
            if progress:
                progress(done, len(told))
    if not damaged and counted != freezing.figures:
        found.append(Difference("", 0, "数字个数", str(freezing.figures), str(counted)))
    return Recounted(counted, damaged, tuple(found))


def _kept(freezing: Freezing, code: str) -> dict[int, tuple[str, str, str, int, str]]:
    rows = FrozenFigure.objects.filter(gathering=freezing.gathering_id, code=code).values_list(
        "org_id", "value", "exact", "state", "records", "sha256"
    )
    return {org_id: (value, exact, state, count, sha) for org_id, value, exact, state, count, sha in rows}  # fmt: skip


def _differences(
    formula: Formula, again: _Counted, rows: Mapping[int, tuple[str, str, str, int, str]]
) -> list[Difference]:
    found = []
    for org_id in sorted(rows.keys() | again.exact.keys()):
        kept = rows.get(org_id, ("", "", "无", 0, ""))
        now = _shown(formula, again, org_id)
        for what, before, after in zip(
            ("数值", "精确值", "状态", "记录数", "记录指纹"), kept, now, strict=True
        ):
            if before != after:
                found.append(Difference(formula.code, org_id, what, str(before), str(after)))
    return found


def _shown(formula: Formula, again: _Counted, org_id: int) -> tuple[str, str, str, int, str]:
    exact = again.exact.get(org_id)
    printed = (
        ""
        if exact is None
        else f"{exact.quantize(Decimal(1).scaleb(-formula.decimals), ROUND_HALF_UP):f}"
    )
    count, sha256 = again.seals.get(org_id, NOTHING)
    state = again.states.get(org_id, "无")
    return printed, "" if exact is None else f"{exact:f}", state, count, sha256


def _again(db: duckdb.DuckDBPyConnection, formula: Formula) -> _Counted:
    parts = [_count(db, part) for part in formula.parts]
    if len(parts) == 1:
        return parts[0]
    top, bottom = parts
    exact = {
        org_id: _quotient(above, bottom.exact.get(org_id), formula.scale)
        for org_id, above in top.exact.items()
    }
    states = {
        org_id: min(state, bottom.states[org_id], key=RANK.__getitem__)
        for org_id, state in top.states.items()
    }
    seals = {
        org_id: keeping.joined(top.seals.get(org_id, NOTHING), bottom.seals.get(org_id, NOTHING))
        for org_id in top.seals.keys() | bottom.seals.keys()
    }
    return _Counted(exact, states, seals)


def _quotient(above: Decimal | None, below: Decimal | None, scale: int) -> Decimal | None:
    return scale * above / below if above is not None and below else None


def _count(db: duckdb.DuckDBPyConnection, part: Part) -> _Counted:
    totals = _sums(db, part.total)
    seals = _seals(db, part.records)
    if not part.due:
        there = any(_first_day(db, fact) <= part.until for fact in (part.fact, part.within) if fact)
        exact = {
            org_id: Decimal(total) / part.per if there else None for org_id, total in totals.items()
        }
        state = "complete" if there else "missing"
        return _Counted(exact, dict.fromkeys(totals, state), seals)
    given, due, came = (_sums(db, sql) for sql in (part.given, part.due, part.came))
    states = {org_id: _reached(due[org_id], came[org_id]) for org_id in totals}
    exact = {
        org_id: Decimal(total) / part.per if given[org_id] and states[org_id] != "missing" else None
        for org_id, total in totals.items()
    }
    return _Counted(exact, states, seals)


def _first_day(db: duckdb.DuckDBPyConnection, fact: str) -> str:
    """Return from which day on a fact has records, as text; past every day where it has none."""
    ((first,),) = db.execute(f'SELECT min(day) FROM "{fact}"').fetchall()  # noqa: S608 - a name that was checked
    return first.isoformat() if first else STILL


def _reached(due: int, came: int) -> str:
    if not came:
        return "missing"
    return "incomplete" if came < due else "complete"


def _sums(db: duckdb.DuckDBPyConnection, sql: str) -> dict[int, int]:
    return {org_id: int(total) for org_id, total in db.execute(sql).fetchall()}


def _seals(db: duckdb.DuckDBPyConnection, sql: str) -> dict[int, tuple[int, str]]:
    rows = db.execute(sql).fetchall()
    seals = {}
    for org_id, group in groupby(rows, key=lambda row: row[0]):
        ids = [record_id for _, record_id in group]
        seals[org_id] = (len(ids), figures.fingerprint(ids))
    return seals
