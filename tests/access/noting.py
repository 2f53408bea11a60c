"""What a request writes: into which tables, in which transaction, and what of it was taken back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
BEGUN = re.compile(r'^SAVEPOINT "?(\w+)"?')
ENDED = re.compile(r'^RELEASE SAVEPOINT "?(\w+)"?')
TAKEN_BACK = re.compile(r'^ROLLBACK TO SAVEPOINT "?(\w+)"?')


@dataclass
class Noted:
    """What was written and stands, in order: the transaction that a write stood in, and the table.

    A walk lies in a transaction of its own, so what a request begins is a savepoint: the outermost
    is its transaction, and a write outside of any stands alone.
    """

    writes: list[tuple[str, str]] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _before: dict[str, int] = field(default_factory=dict)
    _alone: int = 0

    @property
    def tables(self) -> set[str]:
        """Return the tables that were written."""
        return {table for _, table in self.writes}

    def together(self) -> list[set[str]]:
        """Return the tables of each transaction that wrote any."""
        found: dict[str, set[str]] = {}
        for begun, table in self.writes:
            found.setdefault(begun, set()).add(table)
        return list(found.values())

    def note(self, sql: str) -> None:
        """Note one statement."""
        if found := WRITES.match(sql):
            self.writes.append((self._transaction(), found.group(1)))
        elif found := BEGUN.match(sql):
            self._open.append(found.group(1))
            self._before[found.group(1)] = len(self.writes)
        elif found := TAKEN_BACK.match(sql):
            del self.writes[self._before[found.group(1)] :]
        elif found := ENDED.match(sql):
            del self._open[self._open.index(found.group(1)) :]

    def _transaction(self) -> str:
        self._alone += not self._open
        return self._open[0] if self._open else f"alone {self._alone}"


@contextmanager
def noting() -> Iterator[Noted]:
    """Note what is written meanwhile; what a refusal takes back was not written."""
    noted = Noted()

    def note(execute, sql, params, many, context):
        noted.note(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield noted


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is written meanwhile."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
