"""Reads facts out of the database as columns, never all of them at once.

ADBC is the road: it fills Arrow columns about four times as fast as row tuples are made. It brings
its own SQLite, and two SQLite libraries in one process undo each other's locks on a file; so
Django's connection lends the file to ADBC, ADBC opens it read-only, and a process that serves pages
leaves all this to a child (`rebuild.in_child`). Where the file cannot be lent, because another
thread has it open, and in an open transaction, whose rows only it can see, Django reads.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeAlias
from urllib.parse import quote

import adbc_driver_manager.dbapi as adbc
import adbc_driver_postgresql.dbapi as adbc_postgresql
import adbc_driver_sqlite.dbapi as adbc_sqlite
import pyarrow as pa
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.postgresql.psycopg_any import mogrify
from psycopg.conninfo import make_conninfo

from .facts import Fact

Read: TypeAlias = Callable[[Fact], Iterator[pa.RecordBatch]]

BATCH = 65_536
ARROW = {"int64": pa.int64(), "date": pa.date32(), "string": pa.string(), "boolean": pa.bool_()}
# SQLite keeps days as text and truth as a number.
FITTING: Mapping[str, tuple[Callable[[pa.DataType], bool], ...]] = {
    "int64": (pa.types.is_integer,),
    "date": (pa.types.is_date, pa.types.is_string),
    "string": (pa.types.is_string, pa.types.is_large_string),
    "boolean": (pa.types.is_boolean, pa.types.is_integer),
}
LIBPQ = (
    "connect_timeout", "options", "passfile", "service", "sslcert", "sslkey", "sslmode", "sslrootcert",
    "target_session_attrs",
)  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """A query as a driver wants it."""

    sql: str
    parameters: tuple[str | int | float | None, ...] = ()


class Unfit(ValueError):
    """A fact's rows are not what its declaration says. The declaration is wrong, not the user."""


@contextmanager
def open_database(facts: Iterable[Fact], *, using: str = "default") -> Iterator[Read]:
    """Find the way to the facts that sees what this process has written."""
    if not connections[using].in_atomic_block:
        with through_adbc(facts, using=using) as read:
            if read is not None:
                yield read
                return
    with through_django(using=using) as read:
        yield read


@contextmanager
def through_django(*, using: str = "default") -> Iterator[Read]:
    """Read facts row by row over Django's own connection."""

    def read(fact: Fact) -> Iterator[pa.RecordBatch]:
        return _rows(fact, using)

    yield read


@contextmanager
def through_adbc(facts: Iterable[Fact], *, using: str = "default") -> Iterator[Read | None]:
    """Read facts in columns over a second, read-only connection, all as of one moment.

    Gives None where the file cannot be lent.
    """
    statements = {fact.name: _statement(fact, using) for fact in facts}
    with _lent(using) as lent:
        if not lent:
            yield None
            return
        with _cursors(using) as open_cursor:

            def read(fact: Fact) -> Iterator[pa.RecordBatch]:
                statement = statements[fact.name]
                if statement is not None:
                    with open_cursor() as cursor:
                        yield from _columns(fact, cursor, statement)

            yield read


@contextmanager
def _lent(using: str) -> Iterator[bool]:
    connection = connections[using]
    if lend := getattr(connection, "lent", None):  # SQLite's; a server's connections share nothing
        with lend() as lent:
            yield bool(lent)
        return
    connection.close()
    yield True


def _statement(fact: Fact, using: str) -> Statement | None:
    """Return the SQL of a fact as the driver wants it, or None where it cannot have rows."""
    connection = connections[using]
    query = fact.records().order_by().query
    try:
        sql, given = query.get_compiler(using).as_sql()
    except EmptyResultSet:
        return None
    if connection.vendor == "postgresql":
        return Statement(mogrify(sql, given, connection))
    if re.search(r"\bdjango_\w+\(", sql):
        raise Unfit(
            f"fact {fact.name} uses a function that only Django's connection knows: "
            "use LocalDay, or keep the day in the record"
        )
    return Statement(sql % tuple("?" for _ in given), tuple(_plain(value) for value in given))


def _plain(given: object) -> str | int | float | None:
    """Return a parameter as Django's SQLite would store it."""
    if isinstance(given, bool):
        return int(given)
    if given is None or isinstance(given, str | int | float):
        return given
    return given.isoformat() if isinstance(given, date) else str(given)


@contextmanager
def _cursors(using: str) -> Iterator[Callable[[], adbc.Cursor]]:
    """Open the database read-only and hand out cursors that all see the same moment."""
    settings = connections[using].settings_dict
    if connections[using].vendor == "postgresql":
        with adbc_postgresql.connect(_conninfo(settings)) as connection:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection.cursor
        return
    with adbc_sqlite.connect(f"file:{quote(str(settings['NAME']))}?mode=ro") as connection:

        def open_cursor() -> adbc.Cursor:
            cursor = connection.cursor()
            cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(BATCH)})
            return cursor

        yield open_cursor


def _conninfo(settings: Mapping[str, object]) -> str:
    given = {k: v for k, v in _strings(settings["OPTIONS"]).items() if k in LIBPQ}
    names = {"dbname": "NAME", "host": "HOST", "port": "PORT", "user": "USER"}
    for ours, theirs in {**names, "password": "PASSWORD"}.items():
        if settings[theirs]:
            given[ours] = str(settings[theirs])
    return make_conninfo("", **given)


def _strings(options: object) -> dict[str, str]:
    if not isinstance(options, Mapping):
        return {}
    return {key: value for key, value in options.items() if isinstance(value, str)}


def _columns(fact: Fact, cursor: adbc.Cursor, statement: Statement) -> Iterator[pa.RecordBatch]:
    """Read one fact, refusing columns of another name or type than it declares.

    A driver that meets a value of another type later than in its first batch says so itself.
    """
    try:
        cursor.execute(statement.sql, statement.parameters or None)
        for batch in cursor.fetch_record_batch():
            if batch.num_rows:  # without rows there are no types to check
                _check(fact, batch.schema)
                yield batch
    except (adbc.Error, OSError) as error:
        raise Unfit(f"fact {fact.name} cannot be read: {error}") from error


def _check(fact: Fact, schema: pa.Schema) -> None:
    if set(schema.names) != set(fact.columns):
        raise Unfit(f"fact {fact.name} gives {schema.names}, it declares {list(fact.columns)}")
    for column, kind in fact.columns.items():
        found = schema.field(column).type
        if not any(fits(found) for fits in FITTING[kind]):
            raise Unfit(f"fact {fact.name} declares {column} as {kind}, its rows hold {found}")


def _rows(fact: Fact, using: str) -> Iterator[pa.RecordBatch]:
    rows = fact.records().order_by().using(using).iterator(chunk_size=BATCH)
    schema = pa.schema([(name, ARROW[kind]) for name, kind in fact.columns.items()])
    while chunk := list(islice(rows, BATCH)):
        if set(chunk[0]) != set(fact.columns):
            raise Unfit(
                f"fact {fact.name} gives {list(chunk[0])}, it declares {list(fact.columns)}"
            )
        try:
            yield pa.RecordBatch.from_pylist(chunk, schema=schema)
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise Unfit(f"fact {fact.name} has a value of another type: {error}") from error
