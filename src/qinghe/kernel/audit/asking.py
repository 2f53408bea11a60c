"""Who asks, from where: set around a request, read when an entry is written.

Not who acts: that is `by=`, handed to each service. A job or a command has no address.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Asker:
    """The address that a request came from, its id in the log, and the account that sent it."""

    address: str = ""
    request_id: str = ""
    account_id: int = 0


NOBODY = Asker()
_asker: ContextVar[Asker] = ContextVar("asker", default=NOBODY)


def current() -> Asker:
    """Return who asks for what is done now; nobody outside a request."""
    return _asker.get()


def is_account(account_id: int) -> None:
    """Say whose account asks, when it comes out only after the request was taken in."""
    _asker.set(replace(_asker.get(), account_id=account_id))


@contextmanager
def asked_by(asker: Asker) -> Iterator[None]:
    """Let every entry written meanwhile say who asked."""
    token = _asker.set(asker)
    try:
        yield
    finally:
        _asker.reset(token)
