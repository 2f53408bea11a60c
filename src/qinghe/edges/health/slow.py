"""How many statements a piece of work asks the database, and which of them were slow.

A slow one is told by its shape: the statement with every value taken out. Values may be anybody's.
"""

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

logger = logging.getLogger("qinghe.slow")
LONGEST_SHAPE = 1_000
_TEXT = re.compile(r"'(?:[^']|'')*'")
_NUMBER = re.compile(r"(?<![\w.\"])\d+(?:\.\d+)?\b")
_SEVERAL = re.compile(r"(%s|\?)(?:\s*,\s*(?:%s|\?))+")
_SEVERAL_ROWS = re.compile(r"(\((?:%s|\?|…)\))(?:\s*,\s*\((?:%s|\?|…)\))+")


class Counted:
    """What a piece of work has asked so far."""

    def __init__(self) -> None:
        self.statements = self.slow = 0
        self.seconds = 0.0

    def run(self, execute: Callable[..., object], sql: str, *rest: object) -> object:
        """Run one statement, and tell of it when it took long."""
        started = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            took = time.perf_counter() - started
            self.statements += 1
            self.seconds += took
            if took >= settings.SLOW_STATEMENT_SECONDS:
                self.slow += 1
                told = {"ms": round(took * 1000), "shape": shape(sql)}
                logger.warning("slow statement", extra=told)


@contextmanager
def watched() -> Iterator[Counted]:
    """Count what this thread asks the database meanwhile."""
    counted = Counted()
    with connection.execute_wrapper(counted.run):
        yield counted


def shape(sql: str) -> str:
    """Return a statement without a single value, on one line."""
    text = _NUMBER.sub("?", _TEXT.sub("?", sql))
    text = _SEVERAL_ROWS.sub("(…)", _SEVERAL.sub("…", " ".join(text.split())))
    return text if len(text) <= LONGEST_SHAPE else f"{text[:LONGEST_SHAPE]}…"
