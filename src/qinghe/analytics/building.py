"""Builds the facts file whole, beside the old one, and swaps it in.

A folder holds `facts-<time>.duckdb` files and the link `current.duckdb`. DuckDB allows one writer
or many readers; building another file makes that a non-issue. A build that fails or is killed
leaves the link where it was; what a killed one left behind goes with the next.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import duckdb
import pyarrow as pa

from qinghe.kernel.orgs.queries import Line
from qinghe.lib.verdicts import Refused

from . import reading
from .facts import Fact
from .layout import LINEAGE, LINK, LOADED, SQL_TYPES
from .store import Loaded

Source: TypeAlias = Callable[[Sequence[Fact]], AbstractContextManager[reading.Read]]

LIMITS = {"memory_limit": "384MB", "preserve_insertion_order": "false"}


@dataclass(frozen=True)
class Built:
    """A finished rebuild."""

    path: Path
    rows: Mapping[str, int]
    seconds: float

    @property
    def total(self) -> int:
        """Return the number of rows of all facts."""
        return sum(self.rows.values())


def build(
    *,
    facts: Iterable[Fact],
    lineage: Iterable[Line],
    at: datetime,
    folder: Path,
    source: Source = reading.open_database,
) -> Built:
    """Read all facts into a new file and make it the current one.

    The lineage is asked for after the facts: an organisation opened meanwhile is in it then.

    Raises Refused: already_rebuilding. Raises Unfit when a fact's rows are not what it declares.
    """
    wanted = tuple(facts)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        _clear(folder, "building-*")
        started = time.perf_counter()
        path = _free_path(folder, at)
        new = path.with_name(path.name.replace("facts-", "building-"))
        try:
            rows = _fill(new, wanted, lineage=lineage, at=at, source=source)
            new.replace(path)
            _point(folder, path)
        except BaseException:
            _clear(folder, "building-*")
            raise
        return Built(path, rows, time.perf_counter() - started)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "building.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                "already_rebuilding", "数据正在重新汇总，现有数字不受影响，请稍后再试。"
            ) from None
        yield


def _fill(
    path: Path,
    facts: Sequence[Fact],
    *,
    lineage: Iterable[Line],
    at: datetime,
    source: Source,
) -> dict[str, int]:
    with duckdb.connect(str(path), config={**LIMITS, "temp_directory": f"{path}.spill"}) as db:
        _begin(db, facts, at=at)
        with source(facts) as read:
            loaded = {fact.name: _load(db, fact, read(fact)) for fact in facts}
        insert_rows(db, "lineage", LINEAGE, lineage_rows(lineage))
        for fact in facts:
            if loaded[fact.name].rows:
                _check_in_tree(db, fact)
        rows = [(name, one.rows, one.first_day, one.last_day) for name, one in loaded.items()]
        insert_rows(db, "loaded", LOADED, _in_columns(LOADED, rows))
        return {name: each.rows for name, each in loaded.items()}


def _begin(db: duckdb.DuckDBPyConnection, facts: Iterable[Fact], *, at: datetime) -> None:
    """Make all tables, empty, in one transaction: each of its own would wait for the disk."""
    db.execute("BEGIN")
    db.execute("CREATE TABLE meta (as_of VARCHAR NOT NULL)")
    db.execute("INSERT INTO meta VALUES (?)", [at.isoformat()])
    db.execute('CREATE TABLE loaded (fact VARCHAR, "rows" BIGINT, first DATE, last DATE)')
    create_table(db, "lineage", LINEAGE)
    for fact in facts:
        create_table(db, fact.name, fact.columns)
    db.execute("COMMIT")


def _load(db: duckdb.DuckDBPyConnection, fact: Fact, batches: Iterable[pa.RecordBatch]) -> Loaded:
    """Load one fact batch by batch, so that no more than a batch is in memory."""
    given = 0
    try:
        db.execute("BEGIN")
        for batch in batches:
            given += batch.num_rows
            insert_rows(db, fact.name, fact.columns, pa.Table.from_batches([batch]))
        db.execute("COMMIT")
    except duckdb.Error as error:
        raise reading.Unfit(f"fact {fact.name}: {error}") from error
    if not given:
        return Loaded(0, None, None)
    ((rows, different, first, last),) = db.execute(
        f'SELECT count(*), count(DISTINCT record_id), min(day), max(day) FROM "{fact.name}"'  # noqa: S608 - a fact's name is checked
    ).fetchall()
    if rows != different:
        raise reading.Unfit(f"fact {fact.name} gives {rows - different} records more than once")
    return Loaded(int(rows), first, last)


def _check_in_tree(db: duckdb.DuckDBPyConnection, fact: Fact) -> None:
    ((lost,),) = db.execute(
        f'SELECT count(*) FROM "{fact.name}" ANTI JOIN lineage USING (org_id)'  # noqa: S608 - the same
    ).fetchall()
    if lost:
        raise reading.Unfit(f"fact {fact.name} has {lost} rows of organisations outside the tree")


def create_table(db: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str]) -> None:
    """Make the table of a fact or of the lineage, empty."""
    declared = ", ".join(
        f'"{column}" {SQL_TYPES[kind]} NOT NULL' for column, kind in columns.items()
    )
    db.execute(f'CREATE TABLE "{name}" ({declared})')


def insert_rows(
    db: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: pa.Table
) -> None:
    """Put rows into a table, each column in its declared type."""
    cast = ", ".join(f'CAST("{column}" AS {SQL_TYPES[kind]})' for column, kind in columns.items())
    db.register("incoming", rows)
    db.execute(f'INSERT INTO "{name}" SELECT {cast} FROM incoming')  # noqa: S608 - names are checked
    db.unregister("incoming")


def lineage_rows(lines: Iterable[Line]) -> pa.Table:
    """Return the lineage as columns."""
    rows = [(line.ancestor_id, line.org_id, line.starts_on, line.ends_on) for line in lines]
    return _in_columns(LINEAGE, rows)


def _in_columns(kinds: Mapping[str, str], rows: Sequence[tuple[object, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return pa.table(
        {
            name: pa.array(column, reading.ARROW[kinds[name]])
            for name, column in zip(kinds, columns, strict=True)
        }
    )


def _free_path(folder: Path, at: datetime) -> Path:
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%S%f")
    path, again = folder / f"facts-{stamp}.duckdb", 1
    while path.exists():
        again += 1
        path = folder / f"facts-{stamp}-{again}.duckdb"
    return path


def _point(folder: Path, path: Path) -> None:
    """Swap the link in one step, then drop all but the new file and the one it replaces."""
    link = folder / LINK
    kept = {path, link.resolve()}
    fresh = folder / "building-link"
    fresh.symlink_to(path.name)
    os.replace(fresh, link)
    for old in folder.glob("facts-*.duckdb"):
        if old.resolve() not in {each.resolve() for each in kept}:
            old.unlink(missing_ok=True)


def _clear(folder: Path, pattern: str) -> None:
    for path in folder.glob(pattern):
        if path.name == "building.lock":
            continue
        if path.is_dir() and not path.is_symlink():
            _clear(path, "*")
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
