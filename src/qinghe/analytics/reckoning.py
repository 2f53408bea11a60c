"""Counts: asks a store, and makes of the answers one value and one state for each organisation."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

import ibis.expr.types as ir
import numpy

from qinghe.lib.periods import Period, local_day

from . import catalogue, compiling, formulas
from .indicators import Indicator, Kind, Ratio
from .store import Facts, Share, outdated
from .values import WORST_FIRST, Column, Figures, State

RANK = {state: place for place, state in enumerate(WORST_FIRST)}
Ranks: TypeAlias = "numpy.ndarray[tuple[int], numpy.dtype[numpy.int8]]"


@dataclass(frozen=True)
class Coverage:
    """What is asked beside a reported figure: rows that gave a number, answers due, answers in."""

    given: Indicator
    due: Indicator
    came: Indicator


@dataclass(frozen=True)
class Answer:
    """What one indicator comes to, for each organisation in the order of all columns."""

    exact: Sequence[Decimal | None]
    ranks: Ranks  # of the state, as places in `WORST_FIRST`


def figures(store: Facts, indicators: Iterable[Indicator | Ratio], period: Period) -> Figures:
    """Compute indicators for every organisation of the tree at the period's end.

    Raises Refused: facts_outdated.
    """
    wanted = {each.code: each for each in indicators}
    places = {
        org_id: at
        for at, (org_id,) in enumerate(store.ask(compiling.orgs_sql(period, store.dialect)))
    }
    sums = _sums(store, asked(wanted.values()), period, places=places)
    made = _Maker(store=store, period=period, sums=sums, org_ids=list(places))
    answers = {code: made.answer(each) for code, each in wanted.items()}
    return Figures(
        period=period,
        as_of=store.as_of,
        described=wanted,
        columns={code: Column(places, found.exact) for code, found in answers.items()},
        states={code: Column(places, made.states(found)) for code, found in answers.items()},
    )


def asked(indicators: Iterable[Indicator | Ratio]) -> tuple[Indicator, ...]:
    """Return all that must be counted for some figures and their states, each once."""
    parts = dict.fromkeys(part for each in indicators for part in catalogue.parts(each))
    return tuple(dict.fromkeys(each for part in parts for each in (part, *beside(part))))


def check_loaded(store: Facts, indicator: Indicator) -> None:
    """Refuse to count a fact that the file lacks or keeps in other columns.

    Raises Refused: facts_outdated.
    """
    if store.columns.get(indicator.over.name) != dict(indicator.over.columns):
        raise outdated()


@lru_cache(maxsize=1024)
def coverage(indicator: Indicator) -> Coverage | None:
    """Return what tells how far an indicator has been reported; nothing for one from records."""
    if indicator.answered is None:
        return None
    given = replace(indicator, kind=Kind.COUNT, of=None, per=1, answered=None)
    due = replace(given, over=indicator.answered.over, where=indicator.answered.where)
    return Coverage(given=given, due=due, came=replace(due, kind=Kind.SUM, of=_answered))


def _answered(rows: ir.Table) -> ir.Column:
    return rows.answered


def beside(indicator: Indicator) -> tuple[Indicator, ...]:
    """Return what must be counted too for the state of an indicator."""
    told = coverage(indicator)
    return () if told is None else (told.given, told.due, told.came)


def _sums(
    store: Facts,
    indicators: tuple[Indicator, ...],
    period: Period,
    *,
    places: Mapping[int, int],
) -> dict[Indicator, Sequence[int]]:
    """Ask the facts: for each indicator a whole number for each organisation, in their order."""
    for each in indicators:
        check_loaded(store, each)
    found: dict[Indicator, Sequence[int]] = {}
    for question in compiling.compiled(indicators, period, store.dialect):
        if not question.cells:
            _, *numbers = zip(*store.ask(question.sql), strict=True)
            for indicator, column in zip(question.indicators, numbers, strict=True):
                found[indicator] = [int(number) for number in column]
            continue
        found |= _by_word(store, question, places)
    return found


def _by_word(
    store: Facts, question: compiling.Compiled, places: Mapping[int, int]
) -> dict[Indicator, Sequence[int]]:
    """Ask for many words at once, and put each word's numbers where their organisations stand."""
    wanted: dict[str, list[tuple[Indicator, int]]] = {}
    for indicator, (word, measure) in zip(question.indicators, question.cells, strict=True):
        wanted.setdefault(word, []).append((indicator, measure))
    nothing = [0] * len(places)
    found: dict[Indicator, Sequence[int]] = dict.fromkeys(question.indicators, nothing)
    org_ids = numpy.fromiter(places, dtype=numpy.int64, count=len(places))
    for word, ids, numbers in store.ask_by_word(question.sql):
        at = numpy.searchsorted(org_ids, ids)
        for indicator, measure in wanted[word]:
            column = numpy.zeros(len(places), dtype=numpy.int64)
            column[at] = numbers[measure]
            found[indicator] = column.tolist()
    return found


def _has_begun(share: Share, indicator: Indicator, until: date) -> bool:
    """Test if there is a record of what an indicator reads by then: if not, it is missing, not 0."""
    began = (share.loaded[fact.name].first_day for fact in indicator.reads)
    first_day = min(filter(None, began), default=None)
    return first_day is not None and first_day <= until


class _Maker:
    """Makes values and states of sums. Equal columns and numbers are kept once: most are alike."""

    def __init__(
        self,
        *,
        store: Facts,
        period: Period,
        sums: Mapping[Indicator, Sequence[int]],
        org_ids: Sequence[int],
    ) -> None:
        self.period = period
        self.sums = sums
        self.size = len(org_ids)
        firsts = [bisect_left(org_ids, share.first_id) for share in store.shares]
        self.shares = list(zip(store.shares, firsts, [*firsts[1:], self.size], strict=True))
        self.over = local_day(store.as_of) > period.end
        self._answers: dict[Indicator, Answer] = {}
        self._numbers: dict[tuple[int, int], Decimal] = {}
        self._states: dict[bytes, tuple[State, ...]] = {}

    def states(self, answer: Answer) -> tuple[State, ...]:
        key = answer.ranks.tobytes()
        if key not in self._states:
            self._states[key] = tuple(WORST_FIRST[rank] for rank in answer.ranks.tolist())
        return self._states[key]

    def answer(self, indicator: Indicator | Ratio) -> Answer:
        if isinstance(indicator, Ratio):
            return self._quotient(indicator)
        if indicator not in self._answers:
            told = coverage(indicator)
            self._answers[indicator] = (
                self._counted(indicator) if told is None else self._reported(indicator, told)
            )
        return self._answers[indicator]

    def _counted(self, indicator: Indicator) -> Answer:
        sums, per = self.sums[indicator], indicator.per
        until = formulas.span_of(indicator.time, self.period).end
        ranks = self._all(State.COMPLETE if self.over else State.PARTIAL)
        exact: list[Decimal | None] = []
        for share, start, end in self.shares:
            if _has_begun(share, indicator, until):
                exact += [self._number(number, per) for number in sums[start:end]]
            else:
                exact += [None] * (end - start)
                ranks[start:end] = RANK[State.MISSING]
        return Answer(exact, ranks)

    def _reported(self, indicator: Indicator, told: Coverage) -> Answer:
        """Give a value only where a number came in: whom it did not apply to has none, not 0."""
        due, came, given = (
            numpy.asarray(self.sums[each]) for each in (told.due, told.came, told.given)
        )
        reached = numpy.where(came < due, RANK[State.INCOMPLETE], RANK[State.COMPLETE])
        so_far = reached if self.over else RANK[State.PARTIAL]
        exact: list[Decimal | None] = [None] * self.size
        for place in numpy.flatnonzero((came > 0) & (given > 0)).tolist():
            exact[place] = self._number(self.sums[indicator][place], indicator.per)
        ranks = numpy.where(came > 0, so_far, RANK[State.MISSING])
        return Answer(exact, ranks.astype(numpy.int8))

    def _quotient(self, ratio: Ratio) -> Answer:
        # Decimal keeps 28 digits; no quotient of our sums comes so near to a half that they would
        # not tell on which side of it it lies.
        top, bottom = self.answer(ratio.top), self.answer(ratio.bottom)
        exact = [
            None if above is None or not below else ratio.scale * above / below
            for above, below in zip(top.exact, bottom.exact, strict=True)
        ]
        return Answer(exact, numpy.minimum(top.ranks, bottom.ranks))

    def _all(self, state: State) -> Ranks:
        return numpy.full(self.size, RANK[state], dtype=numpy.int8)

    def _number(self, number: int, per: int) -> Decimal:
        key = (number, per)
        if key not in self._numbers:
            self._numbers[key] = Decimal(number) if per == 1 else Decimal(number) / per
        return self._numbers[key]
