"""Indicators as SQL. Compiling is dearer than asking, and so is loading the compilers: it is done once.

It is done for days that stand in for those of any period, which are filled in afterwards; what comes of
it is remembered here, and by `remembered` for the processes that start later.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import ibis.expr.types as ir

from qinghe.lib import periods
from qinghe.lib.periods import Period

from . import formulas, remembered
from .indicators import Indicator, Time
from .layout import DUCKDB

# No record has these days, and no condition names them.
_STANDING_IN = Period(date(periods.FIRST_YEAR, 1, 2), date(periods.FIRST_YEAR, 12, 30), "")


@dataclass(frozen=True)
class Compiled:
    """A question as SQL."""

    indicators: tuple[Indicator, ...]
    sql: str
    cells: tuple[tuple[str, int], ...]


@lru_cache(maxsize=64)
def compiled(
    indicators: tuple[Indicator, ...], period: Period, dialect: str = DUCKDB
) -> tuple[Compiled, ...]:
    """Return the SQL that answers for these indicators, with the indicators each answers for."""
    return tuple(
        replace(each, sql=_filled_in(each.sql, period))
        for each in _compiled_once(indicators, dialect)
    )


def orgs_sql(period: Period, dialect: str = DUCKDB) -> str:
    """Return the SQL of the ids of all organisations of the tree at the period's end, in order."""
    return _filled_in(_orgs_sql_once(dialect), period)


def total_sql(indicator: Indicator, period: Period) -> str:
    """Return the SQL of one indicator asked by itself: a row for each organisation."""
    return _filled_in(_total_sql_once(indicator), period)


def records_of_all_sql(indicator: Indicator, period: Period) -> str:
    """Return the SQL of each organisation's id beside the ids of its records, all in order."""
    return _filled_in(_records_sql_once(indicator), period)


def records_sql(indicator: Indicator, period: Period, org_id: int) -> str:
    """Return the SQL of the ids of the records that count towards one figure, in order."""
    every = records_of_all_sql(indicator, period)
    return f"SELECT record_id FROM ({every}) WHERE ancestor_id = {int(org_id)} ORDER BY record_id"  # noqa: S608 - compiled by ibis


def prepare(asked: Iterable[tuple[Indicator, ...]]) -> None:
    """Compile what will be asked, so that who asks first does not wait for it."""
    _orgs_sql_once(DUCKDB)
    for indicators in asked:
        _compiled_once(indicators, DUCKDB)


@lru_cache(maxsize=64)
def _compiled_once(indicators: tuple[Indicator, ...], dialect: str) -> tuple[Compiled, ...]:
    def make() -> list[remembered.Text]:
        places = {each: place for place, each in enumerate(indicators)}
        return [
            remembered.Text(
                formulas.sql(question.expression, dialect),
                tuple(places[each] for each in question.indicators),
                question.cells,
            )
            for question in formulas.questions(indicators, _STANDING_IN)
        ]

    return tuple(
        Compiled(tuple(indicators[place] for place in text.places), text.sql, text.cells)
        for text in remembered.texts("questions", indicators, dialect, make)
    )


@lru_cache(maxsize=4)
def _orgs_sql_once(dialect: str) -> str:
    return _one("orgs", (), lambda: formulas.orgs(_STANDING_IN), dialect=dialect)


@lru_cache(maxsize=4096)
def _total_sql_once(indicator: Indicator) -> str:
    def total() -> ir.Table:
        # A condition that is no `Equals` is asked by itself, and not together with others like it.
        where = indicator.where
        alone = (
            replace(indicator, where=lambda rows: where(rows), answered=None)
            if where
            else indicator
        )
        (question,) = formulas.questions((alone,), _STANDING_IN)
        return question.expression

    return _one("total", (indicator,), total)


@lru_cache(maxsize=4096)
def _records_sql_once(indicator: Indicator) -> str:
    return _one("records", (indicator,), lambda: formulas.records(indicator, _STANDING_IN))


def _one(
    kind: str,
    indicators: tuple[Indicator, ...],
    expression: Callable[[], ir.Table],
    *,
    dialect: str = DUCKDB,
) -> str:
    def make() -> list[remembered.Text]:
        return [remembered.Text(formulas.sql(expression(), dialect))]

    (text,) = remembered.texts(kind, indicators, dialect, make)
    return text.sql


def _filled_in(text: str, period: Period) -> str:
    """Return SQL with a period's own days where others stood in for them."""
    for stands_in, day in zip(_days(_STANDING_IN), _days(period), strict=True):
        text = text.replace(_literal(stands_in), _literal(day))
    return text


def _days(period: Period) -> tuple[date, ...]:
    year = formulas.span_of(Time.ANNUAL, period)
    return period.start, period.end, year.start, year.end


def _literal(day: date) -> str:
    return f"MAKE_DATE({day.year}, {day.month}, {day.day})"
