"""How long an answer of PostgreSQL is waited for: seconds by a request, longer by other work.

A server that was stopped, or whose machine is gone, takes what it is sent and says nothing, on
connections that are open too, and keeps none of its own limits. So the limit is on this side of the
wire; and once it was reached, one request of a process asks again while the others are told at once,
or every thread would stand and wait (docs/adr/0088).
"""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import psycopg

ANSWER = 4.0  # seconds: longer than the server's own lock_timeout, shorter than a user waits
SIGN_OF_LIFE = 2.0  # seconds for an open connection to answer at all
SILENT = "the server does not answer"


@dataclass
class Patience:
    """How many seconds an answer is waited for, and at which databases that was in vain."""

    seconds: float
    in_vain: set[str] = field(default_factory=set)


_current: ContextVar[Patience | None] = ContextVar("patience", default=None)


def current() -> Patience | None:
    """Return the patience of the request that this thread works for, if it works for one."""
    return _current.get()


@contextmanager
def no_longer_than(seconds: float) -> Iterator[Patience]:
    """Have no answer waited for longer inside, and nobody a second time who was waited for in vain."""
    outer = _current.get()
    patience = Patience(seconds, outer.in_vain if outer else set())
    mark = _current.set(patience)
    try:
        yield patience
    finally:
        _current.reset(mark)


class Silence:
    """Whether a database keeps silent towards this process."""

    def __init__(self) -> None:
        self._one = threading.Lock()
        self._lasts = False

    @contextmanager
    def asked(self, database: str) -> Iterator[None]:
        """Ask whether it is there, which a live server answers at once.

        Raises OperationalError in a request that waited in vain, or while another one asks.
        """
        patience = current()
        if patience is None:
            yield
            return
        alone = self._lasts
        if database in patience.in_vain or (alone and not self._one.acquire(blocking=False)):
            raise psycopg.OperationalError(SILENT)
        try:
            yield
        except psycopg.errors.ConnectionTimeout:
            patience.in_vain.add(database)
            raise
        finally:
            self._lasts = database in patience.in_vain
            if alone:
                self._one.release()


SILENCES: defaultdict[str, Silence] = defaultdict(Silence)
