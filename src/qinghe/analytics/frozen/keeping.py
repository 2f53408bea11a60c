"""Making a freezing, in two steps: files and figures first, which nobody reads; then it is named.

A run that is killed leaves either nothing that counts or the whole: the folder gets its name and the
figures their freezing in one short transaction, and what has neither is swept by the next run.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from django.db import transaction

from qinghe.analytics import access, catalogue, compiling, figures, store
from qinghe.analytics.figures import Figures
from qinghe.analytics.indicators import Indicator, Ratio
from qinghe.analytics.models import Freezing, FrozenIndicator, Gathering
from qinghe.analytics.store import Store
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.periods import Period, local_day
from qinghe.lib.verdicts import Refused

from . import defining, folders, gathering, reading
from .defining import Formula
from .folders import Held, Tally

FORMAT = 1
NOTHING = hashlib.sha256(b"").hexdigest()
Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """A freezing that is written but not yet kept."""

    period: Period
    as_of: datetime
    folder: Path
    sha256: str
    facts: int
    figures: int
    formulas: tuple[Formula, ...]
    gathering: Gathering
    held: Held


@dataclass(frozen=True)
class _Seal:
    count: int
    sha256: str


def freeze(*, period: Period, by: Actor, at: datetime, reason: str = "") -> Freezing:
    """Keep all figures of a period for good, at once.

    Raises Refused: not_allowed, no_orgs, period_not_over, facts_too_old, reason_needed, no_facts,
    facts_outdated, already_freezing.
    """
    made = make(period=period, by=by, at=at, reason=reason)
    try:
        return keep(made=made, by=by, at=at, reason=reason)
    finally:
        made.held.release()


def make(
    *, period: Period, by: Actor, at: datetime, reason: str = "", progress: Progress | None = None
) -> Made:
    """Count everything, write the files and the figures; nothing counts before `keep`.

    Raises Refused: as `freeze`.
    """
    _check(period, by=by, at=at, reason=reason)
    now = store.current()
    if local_day(now.as_of) <= period.end:
        raise Refused(
            "facts_too_old", f"现有数据汇总于{period.label}结束之前，请先重新汇总数据再封存。"
        )
    held = folders.hold()
    try:
        known = Freezing.objects.exclude(folder="").values_list("folder", flat=True)
        folders.sweep(known=known)
        gathering.sweep()
        return _made(now, period, held=held, at=at, progress=progress or _quietly)
    except BaseException:
        held.release()
        raise


@transaction.atomic
def keep(*, made: Made, by: Actor, at: datetime, reason: str = "") -> Freezing:
    """Name what was made: from here on it counts.

    Raises Refused: reason_needed, already_freezing.
    """
    before = reading.newest(made.period)
    _check_reason(made.period, before=before, reason=reason)
    number = before.number + 1 if before else 1
    name = f"{made.period.name}-{number}"
    _check_figures(made)
    freezing = Freezing.objects.create(
        gathering=made.gathering,
        period=made.period.name,
        number=number,
        at=at,
        person_id=by.person_id,
        by=by.name or str(by),
        as_of=made.as_of,
        tree_on=made.period.end,
        figures=made.figures,
        facts=made.facts,
        folder=name,
        sha256=made.sha256,
        reason=reason.strip()[:400] if before else "",
        corrects=before,
    )
    _tell(freezing, made.formulas)
    detail = {
        "period": made.period.name,
        "number": number,
        "figures": made.figures,
        "sha256": made.sha256,
        "reason": freezing.reason,
    }
    audit.record(by=by, verb="analytics.freeze", subject=freezing, at=at, detail=detail)
    folders.move_in(made.folder, name=name)
    transaction.on_commit(made.held.release)
    return freezing


def _tell(freezing: Freezing, formulas: Iterable[Formula]) -> None:
    FrozenIndicator.objects.bulk_create(
        FrozenIndicator(
            freezing=freezing,
            code=each.code,
            version=each.version,
            label=each.label,
            unit=each.unit,
            decimals=each.decimals,
            kind=each.kind,
            meaning=each.meaning,
        )
        for each in formulas
    )


def _check(period: Period, *, by: Actor, at: datetime, reason: str) -> None:
    top = orgs.root()
    if top is None:
        raise Refused("no_orgs", "还没有任何组织，没有可以封存的数字。")
    actors.require(by, access.FREEZE, at=top)
    if local_day(at) <= period.end:
        raise Refused("period_not_over", f"{period.label}还没有结束，期满后才能封存数字。")
    _check_reason(period, before=reading.newest(period), reason=reason)


def _check_reason(period: Period, *, before: Freezing | None, reason: str) -> None:
    if before and not reason.strip():
        raise Refused(
            "reason_needed",
            f"{period.label}的数字已经封存过{before.number}次，再次封存须写明原因；没有任何改动。",
        )


def _check_figures(made: Made) -> None:
    """Refuse if figures are gone: the right to freeze is held on one machine, the rows are for all."""
    gathering.lock(made.gathering.pk)
    if made.gathering.figures.count() != made.figures:
        raise Refused(
            "already_freezing", "另一台服务器同时在封存，这一次没有封存；请等它完成后再试。"
        )


def _made(now: Store, period: Period, *, held: Held, at: datetime, progress: Progress) -> Made:
    indicators = sorted(catalogue.every().values(), key=lambda each: each.code)
    steps = 2 * len(indicators) + 1
    told = defining.written(indicators, period)
    found = figures.compute(now, indicators, period)
    folder = folders.fresh()
    facts = folders.write_facts(folder, source=now.path, facts=_facts(indicators))
    progress(1, steps)
    tallies: list[Tally] = []
    sealing = _Sealing(now, period)
    for done, each in enumerate(indicators, start=2):
        tallies += _tallies(found, each.code, seals=sealing.of(each))
        progress(done, steps)
    folders.write_orgs(folder)
    folders.write_tallies(folder, tallies)
    defining.dump(told, folder / defining.NAME)
    about = {"format": FORMAT, "period": period.name, "tree_on": period.end.isoformat()}
    sha256 = folders.write_manifest(folder, told={**about, "rows": facts})
    folders.flush(folder)
    gathered = gathering.gather(
        tallies,
        at=at,
        progress=lambda done, total: progress(
            steps - (total - done) * len(indicators) // total, steps
        ),
    )
    return Made(
        period=period,
        as_of=now.as_of,
        folder=folder,
        sha256=sha256,
        facts=sum(facts.values()),
        figures=len(tallies),
        formulas=tuple(told),
        gathering=gathered,
        held=held,
    )


def _facts(indicators: list[Indicator | Ratio]) -> dict[str, dict[str, str]]:
    """Return the columns of every fact that the indicators read."""
    found: dict[str, dict[str, str]] = {}
    for each in indicators:
        for part in catalogue.parts(each):
            found |= {fact.name: dict(fact.columns) for fact in part.reads}
    return found


def _tallies(found: Figures, code: str, *, seals: dict[int, _Seal]) -> Iterator[Tally]:
    nothing = _Seal(0, NOTHING)
    for org_id in found.column(code):
        figure = found[code, org_id]
        seal = seals.get(org_id, nothing)
        value = "" if figure.value is None else f"{figure.value:f}"
        exact = "" if figure.exact is None else f"{figure.exact:f}"
        yield code, org_id, value, exact, str(figure.state), seal.count, seal.sha256


class _Sealing:
    """Counts and fingerprints of records; a half that two indicators share is read once."""

    def __init__(self, now: Store, period: Period) -> None:
        self.now = now
        self.period = period
        self._known: dict[str, dict[int, _Seal]] = {}

    def of(self, indicator: Indicator | Ratio) -> dict[int, _Seal]:
        """Return count and fingerprint of the records behind a figure of each organisation."""
        if isinstance(indicator, Indicator):
            return self._read(compiling.records_of_all_sql(indicator, self.period))
        top, bottom = map(self.of, catalogue.parts(indicator))
        empty = _Seal(0, NOTHING)
        return {
            org_id: _joined(top.get(org_id, empty), bottom.get(org_id, empty))
            for org_id in top.keys() | bottom.keys()
        }

    def _read(self, sql: str) -> dict[int, _Seal]:
        if sql not in self._known:
            self._known[sql] = {
                org_id: _Seal(len(ids), figures.fingerprint(ids))
                for org_id, ids in self.now.grouped(sql)
            }
        return self._known[sql]


def joined(top: tuple[int, str], bottom: tuple[int, str]) -> tuple[int, str]:
    """Return count and fingerprint of a ratio from those of its halves."""
    both = f"{top[1]}\n{bottom[1]}"
    return top[0] + bottom[0], hashlib.sha256(both.encode()).hexdigest()


def _joined(top: _Seal, bottom: _Seal) -> _Seal:
    return _Seal(*joined((top.count, top.sha256), (bottom.count, bottom.sha256)))


def _quietly(done: int, total: int) -> None:
    """Tell nobody how far it is."""
