"""One line of writers for all processes of a file: two locked bytes in a file beside it.

A thread that is first in its process (queue.py) locks the turnstile, then the inside, then opens the
turnstile again. Who waits at the turnstile is therefore next when the one inside lets go, and a long
import of another process cannot slip in again before a check-in that waits (docs/adr/0027).

It is a courtesy, not a protection: SQLite's own lock still decides. So where no file can be locked
there is no gate, and nothing is lost but the order.
"""

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path

TURNSTILE, INSIDE = 0, 1  # the bytes
TOGETHER = 0.1  # seconds in which those who wait in one process may follow each other
FIRST_LOOK, LAST_LOOK = 0.0005, 0.005  # seconds between looks: locks of fcntl know no time-out


class Gate:
    """The gate as one process sees it; only whoever is first in the process's queue comes here.

    The locks belong to the process, so they fall when it dies, however it dies. A child of fork()
    has none of them and makes a gate of its own.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None
        self._since: float | None = None  # since when this process is inside

    def enter(self, *, timeout: float) -> bool:
        """Wait until this process is inside; False when that was not in time."""
        if self._since is not None or not self._is_there():
            return True
        ends = time.monotonic() + timeout
        if not self._lock(TURNSTILE, ends):
            return False
        try:
            if not self._lock(INSIDE, ends):
                return False
        finally:
            self._unlock(TURNSTILE)
        self._since = time.monotonic()
        return True

    def leave(self) -> None:
        """Let the next process in; nothing happens when this one is not inside."""
        if self._since is not None:
            self._since = None
            self._unlock(INSIDE)

    def is_awaited(self) -> bool:
        """Tell whether another process stands at the turnstile; asked by one that is inside."""
        if self._since is None:
            return False
        if not self._try(TURNSTILE):
            return True
        self._unlock(TURNSTILE)
        return False

    def is_long_inside(self) -> bool:
        """Tell whether others of this process have to stand in line again, behind other processes."""
        return self._since is not None and time.monotonic() - self._since > TOGETHER

    def close(self) -> None:
        """Give the file back, and every lock with it."""
        self._since = None
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _is_there(self) -> bool:
        if self._file is None:
            with suppress(OSError):
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._file is not None

    def _lock(self, byte: int, ends: float) -> bool:
        pause = FIRST_LOOK
        while True:
            if self._try(byte):
                return True
            if time.monotonic() >= ends:
                return False
            time.sleep(pause)
            pause = min(pause * 2, LAST_LOOK)

    def _try(self, byte: int) -> bool:
        with suppress(BlockingIOError, PermissionError):  # both mean: somebody else has it
            fcntl.lockf(self._handle(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
            return True
        return False

    def _unlock(self, byte: int) -> None:
        fcntl.lockf(self._handle(), fcntl.LOCK_UN, 1, byte)

    def _handle(self) -> int:
        if self._file is None:
            raise RuntimeError("the gate is closed")
        return self._file
