"""Writes that nobody asked for, such as when a token was last used.

They come along with reading. Whoever reads would wait for them as long as another program holds the
database, and on a full disk would read nothing at all; so they are left out then, and made the next time.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress

from django.db import OperationalError, connection


@contextmanager
def left_out_when_busy() -> Iterator[None]:
    """Write what is inside, or nothing of it when the database lets nobody write just now.

    Not inside a transaction: what failed would take the rest along.
    """
    hurried = getattr(connection, "hurried", nullcontext)  # PostgreSQL locks rows, and 3 s at most
    with suppress(OperationalError), hurried():
        yield
