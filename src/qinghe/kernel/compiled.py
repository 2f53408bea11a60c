"""Questions that are asked again and again, compiled into SQL once (docs/adr/0085).

Django compiles a question whenever it is asked. For a row found by its key that takes a third of a
millisecond, where SQLite finds it in a twentieth; a scan at a door asks eight of them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

R = TypeVar("R")
Value: TypeAlias = int | str | date | datetime
KEPT = "_compiled"  # where a connection keeps what was compiled for it: threads share no connection


class Compiled(Generic[R]):
    """A question by what it is asked about: `build` returns its rows for values given by name.

    The values stand in conditions only and are never None, and for all of them the question has the
    same shape. Called with them it answers with a list; nothing is prefetched.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, R]]) -> None:
        self._build = build

    def __call__(self, **values: Value) -> list[R]:
        """Return the rows for these values."""
        connection = connections[DEFAULT_DB_ALIAS]
        kept = vars(connection).setdefault(KEPT, {})
        made = kept.get(self)
        if made is None:
            made = kept[self] = _compiled(self._build, values, connection=connection)
        return made.rows(values)


class _Statement:
    """A question that is compiled, with the place of each value in it."""

    def __init__(self, rows: QuerySet, names: Mapping[object, str]) -> None:
        self._rows = rows
        self._compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._params = self._compiler.as_sql()
        self._places = {
            place: names[param] for place, param in enumerate(self._params) if param in names
        }
        if set(self._places.values()) != set(names.values()):
            raise ValueError(f"not every value stands in the question: {self._sql}")
        self._now: Sequence[object] = self._params
        self._compiler.as_sql = self._filled  # type: ignore[method-assign]
        rows.query.get_compiler = lambda *_, **__: self._compiler  # type: ignore[method-assign]

    def rows(self, values: Mapping[str, Value]) -> list:
        """Ask it with other values."""
        told = {
            name: _as_stored(self._compiler.connection, value) for name, value in values.items()
        }
        self._now = [
            told[self._places[place]] if place in self._places else given
            for place, given in enumerate(self._params)
        ]
        return list(self._rows._iterable_class(self._rows))  # type: ignore[call-overload]  # its stub has no __iter__

    def _filled(self, *_: object, **__: object) -> tuple[str, Sequence[object]]:
        return self._sql, self._now


def _compiled(
    build: Callable[..., QuerySet], values: Mapping[str, Value], *, connection: BaseDatabaseWrapper
) -> _Statement:
    """Compile a question for stand-ins, which say where each value goes."""
    stand_ins = {
        name: _stand_in(value, number)
        for number, (name, value) in enumerate(sorted(values.items()))
    }
    names = {_as_stored(connection, value): name for name, value in stand_ins.items()}
    return _Statement(build(**stand_ins).using(DEFAULT_DB_ALIAS), names)


def _stand_in(value: Value, number: int) -> Value:
    """Return a value of the same kind that no question has of its own."""
    if isinstance(value, str):
        return f"the value of place {number}"
    if isinstance(value, datetime):
        return datetime(1901, 1, 1, 1, 1, 1, tzinfo=UTC) + timedelta(days=number)
    if isinstance(value, date):
        return date(1902, 1, 1) + timedelta(days=number)
    return 2_000_000_011 + number


def _as_stored(connection: BaseDatabaseWrapper, value: Value) -> object:
    """Return a value as it goes to the database."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
