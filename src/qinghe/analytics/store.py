"""The DuckDB side, read-only: the facts as they were at the last rebuild."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, TypeAlias

import duckdb
import ibis
import ibis.expr.types as ir
import numpy
from django.conf import settings

from qinghe.lib.verdicts import Refused

from .layout import DUCKDB, LINK, SQL_TYPES

Whole: TypeAlias = "numpy.ndarray[tuple[int], numpy.dtype[numpy.int64]]"

LIMITS = {"memory_limit": "512MB"}
KINDS = {sql: kind for kind, sql in SQL_TYPES.items()}
_own = threading.local()  # DuckDB connections are not for sharing between threads


@dataclass(frozen=True)
class Loaded:
    """How much of one fact there is."""

    rows: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True)
class Share:
    """What there is of each fact from one organisation's id on, up to where the next share begins."""

    first_id: int
    loaded: Mapping[str, Loaded]


class Facts(Protocol):
    """What figures are counted from: facts as of one moment, wherever they are kept."""

    @property
    def dialect(self) -> str: ...

    @property
    def as_of(self) -> datetime: ...

    @property
    def shares(self) -> Sequence[Share]: ...

    @property
    def columns(self) -> Mapping[str, Mapping[str, str]]: ...

    def ask(self, sql: str) -> list[tuple[int, ...]]: ...

    def ask_by_word(self, sql: str) -> Iterator[tuple[str, Whole, list[Whole]]]: ...


class Store:
    """One facts file, open for reading by one thread."""

    dialect = DUCKDB

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = duckdb.connect(str(path), read_only=True, config=dict(LIMITS))
        self.as_of = self._as_of()
        self.loaded = self._loaded()
        self.columns = self._columns()

    @property
    def shares(self) -> Sequence[Share]:
        """Return the one share that a district is by itself."""
        return (Share(0, self.loaded),)

    def ask(self, sql: str) -> list[tuple[int, ...]]:
        """Run a query of whole numbers and return its rows."""
        return self._db.execute(sql).fetchall()

    def ask_by_word(self, sql: str) -> Iterator[tuple[str, Whole, list[Whole]]]:
        """Run a query of a word, an id and whole numbers, ordered by word.

        Yield each word with its ids and, for each number, as many of it. Rows come as columns.
        """
        return by_word(self._db.execute(sql).fetchnumpy())

    def grouped(self, sql: str) -> Iterator[tuple[int, list[int]]]:
        """Run a query of two whole numbers, ordered by the first; yield each first with its seconds.

        Rows come as columns: there may be millions of them.
        """
        firsts, seconds = self._db.execute(sql).fetchnumpy().values()
        for start, end in _runs(firsts):
            yield int(firsts[start]), seconds[start:end].tolist()

    def table(self, name: str) -> ir.Table:
        """Return a table to build an expression on; give the expression's SQL to `ask`.

        Raises Refused: facts_outdated.
        """
        if name not in self.columns:
            raise outdated()
        return ibis.table(self.columns[name], name=name)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _as_of(self) -> datetime:
        ((as_of,),) = self._db.execute("SELECT as_of FROM meta").fetchall()
        return datetime.fromisoformat(as_of)

    def _loaded(self) -> dict[str, Loaded]:
        rows = self._db.execute('SELECT fact, "rows", first, last FROM loaded').fetchall()
        return {name: Loaded(count, first, last) for name, count, first, last in rows}

    def _columns(self) -> dict[str, dict[str, str]]:
        known: dict[str, dict[str, str]] = {}
        rows = self._db.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " ORDER BY table_name, ordinal_position"
        )
        for name, column, kind in rows.fetchall():
            known.setdefault(name, {})[column] = KINDS.get(kind, "")
        return known


def by_word(
    rows: Mapping[str, numpy.ndarray],
) -> Iterator[tuple[str, Whole, list[Whole]]]:
    """Yield each word with its ids and numbers, from columns that are ordered by word."""
    words, *columns = rows.values()
    for start, end in _runs(words):
        ids, *numbers = (column[start:end] for column in columns)
        yield str(words[start]), ids, numbers


def _runs(column: numpy.ndarray) -> Iterator[tuple[int, int]]:
    """Yield where each run of equal values begins and ends."""
    if not len(column):
        return
    changes = (numpy.flatnonzero(column[1:] != column[:-1]) + 1).tolist()
    yield from zip([0, *changes], [*changes, len(column)], strict=True)


def current() -> Store:
    """Return the store as of the last rebuild, opened once by each thread.

    Raises Refused: no_facts.
    """
    link = folder() / LINK
    opened: Store | None = getattr(_own, "store", None)
    if not link.exists():
        raise Refused(
            "no_facts",
            "还没有汇总过数据，数字在每天夜里汇总后显示；登记和办理照常。"
            "急着看数字，可以请系统管理员立即汇总。",
        )
    path = link.resolve()
    if opened is not None and opened.path == path:
        return opened
    if opened is not None:
        opened.close()
    _own.store = fresh = Store(path)
    return fresh


def folder() -> Path:
    """Return the folder that holds the facts files."""
    return Path(settings.QINGHE_DATA) / "facts"


def outdated() -> Refused:
    """Say that the facts file was built before this indicator existed."""
    return Refused("facts_outdated", "指标定义已更新，现有汇总数据与之不符，请先重新汇总数据。")
