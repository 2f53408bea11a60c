"""Django's SQLite, with one line of writers per file instead of a scramble, also across processes.

A transaction begins IMMEDIATE, so it is a writer from its first statement: it waits in line, and
leaves when it commits, rolls back or closes. A single write outside a transaction does the same.
"""

import os
import threading
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import dbapi2 as Database
from typing import cast

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base, creation

from .gate import Gate
from .queue import Queue

REST, LONGEST_REST = 0.5, 0.025  # of the time inside; seconds
HURRY = 0.25  # seconds that a write waits which may as well be left out
LINE = "-line"  # the file beside the database in which processes stand in line
OLDEST = (3, 51, 3)  # older ones can corrupt a WAL file when two connections reset it at once
BUSY = 5  # SQLITE_BUSY
READS = ("SELECT", "PRAGMA", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "WITH", "BEGIN")

_queues: dict[str, Queue] = {}
_known: weakref.WeakSet["DatabaseWrapper"] = weakref.WeakSet()
_opening = threading.RLock()  # held while a connection opens, and while a file is lent
_lent: set[str] = set()  # files that another SQLite library of this process holds


def queue_of(name: str) -> Queue:
    """Return the line of those who write to this file; what lies in memory has one process only."""
    if name not in _queues:
        is_file = name and ":memory:" not in name and "mode=memory" not in name
        _queues.setdefault(name, Queue(Gate(Path(f"{name}{LINE}")) if is_file else None))
    return _queues[name]


def _begin_anew() -> None:
    for queue in _queues.values():
        if isinstance(queue.door, Gate):
            queue.door.close()
    _queues.clear()


os.register_at_fork(after_in_child=_begin_anew)


def check_version(version: tuple[int, ...]) -> None:
    """Refuse an SQLite that is known to lose data."""
    if version < OLDEST:
        raise ImproperlyConfigured(
            f"SQLite {'.'.join(map(str, version))} can corrupt this database; "
            f"{'.'.join(map(str, OLDEST))} or newer is needed (./qinghe installs it)."
        )


class Cursor(base.SQLiteCursorWrapper):
    """A cursor whose writes wait in line."""

    def __init__(self, connection: Database.Connection, *, wrapper: "DatabaseWrapper") -> None:
        super().__init__(connection)
        self.wrapper = wrapper

    def execute(self, query: str, params: Sequence[object] | None = None) -> "Cursor":
        """Run one statement."""
        with self.wrapper.in_line_for(query):
            return cast(Cursor, super().execute(query, params))

    def executemany(self, query: str, param_list: Sequence[Sequence[object]]) -> "Cursor":
        """Run one statement for each row."""
        with self.wrapper.in_line_for(query):
            return cast(Cursor, super().executemany(query, param_list))


class DatabaseCreation(creation.DatabaseCreation):
    """Test databases leave nothing behind."""

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        super()._destroy_test_db(test_database_name, verbosity)
        Path(f"{test_database_name}{LINE}").unlink(missing_ok=True)


class DatabaseWrapper(base.DatabaseWrapper):
    """One thread's connection."""

    creation_class = DatabaseCreation

    def __init__(self, settings_dict: dict[str, object], alias: str = "default") -> None:
        check_version(Database.sqlite_version_info)
        super().__init__(settings_dict, alias)
        self._entered = self._rests_until = 0.0
        self._patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))

    @property
    def queue(self) -> Queue:
        """Return the line of those who write to this file."""
        return queue_of(str(self.settings_dict["NAME"]))

    def get_new_connection(self, conn_params: dict[str, object]) -> Database.Connection:
        """Open the file, unless it is lent: then another thread waits, and the borrower is refused."""
        with _opening:
            if str(self.settings_dict["NAME"]) in _lent:
                raise RuntimeError("this thread has lent the database to another SQLite library")
            opened = super().get_new_connection(conn_params)
            _known.add(self)
            return opened

    @contextmanager
    def lent(self) -> Iterator[bool]:
        """Close this connection and lend the file to another SQLite library of this process.

        Says False, and lends nothing, while another thread has the file open: each library would
        undo the other's locks and cut off the index of the log under its feet.
        """
        name = str(self.settings_dict["NAME"])
        with _opening:
            self.close()
            if any(other.is_open and str(other.settings_dict["NAME"]) == name for other in _known):
                yield False
                return
            _lent.add(name)
            try:
                yield True
            finally:
                _lent.discard(name)

    @property
    def is_open(self) -> bool:
        """Test if the file is open."""
        return self.connection is not None

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """Have what is written inside wait no longer than a moment, in the line and for the lock."""
        patience = self._patience
        self._wait_for(HURRY)
        try:
            yield
        finally:
            self._wait_for(patience)

    def _wait_for(self, seconds: float) -> None:
        self.ensure_connection()
        self._patience = seconds
        self.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")

    def create_cursor(self, name: str | None = None) -> Cursor:
        """Return a cursor whose writes wait in line."""
        return cast(
            Cursor, self.connection.cursor(factory=lambda plain: Cursor(plain, wrapper=self))
        )

    @contextmanager
    def in_line_for(self, query: str) -> Iterator[None]:
        """Wait in line around a write that stands alone."""
        if self.queue.holds(self) or query.lstrip()[:9].upper().startswith(READS):
            yield
            return
        self._enter()
        try:
            yield
        finally:
            if self.connection is None or not self.connection.in_transaction:
                self._leave()

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        # A commit that fails leaves the transaction open; Django then rolls back.
        super()._commit()
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._leave()

    def _enter(self) -> None:
        # A check-in is several short transactions: without a rest each would wait for a long one.
        if (rest := self._rests_until - time.monotonic()) > 0:
            time.sleep(rest)
        if not self.queue.enter(self, timeout=self._patience):
            with self.wrap_database_errors:
                late = Database.OperationalError("database is locked: the line did not move")
                late.sqlite_errorcode = BUSY
                raise late
        self._entered = time.monotonic()

    def _leave(self) -> None:
        """Let the next one in; whoever kept others waiting rests before coming back."""
        if not self.queue.holds(self):
            return
        if self.queue.is_awaited():
            now = time.monotonic()
            self._rests_until = now + min((now - self._entered) * REST, LONGEST_REST)
        self.queue.leave(self)
