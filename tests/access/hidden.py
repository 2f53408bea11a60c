"""What is out of sight, and what does not exist: asked alike, answered alike (bar 21)."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.cookies import SimpleCookie
from itertools import zip_longest

from django.db import connection
from django.test import Client

from . import marks, sweep
from .noting import undone
from .objects import MAKERS
from .routes import Route
from .world import Somebody

NOBODYS = 2_000_000_011  # no row has this number
NO_SUCH = "NOSUCH"
SAVEPOINT = re.compile(r'"s\d+_x\d+"')
LISTED = re.compile(r"\((?:%s(?:, )?)+\)")
TOKEN = re.compile(rb"[A-Za-z0-9_-]{64}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}")


@dataclass(frozen=True)
class Answer:
    """What was answered, but for what names the record or the request, and what was asked for it."""

    status: int
    leads_to: str
    body: bytes
    statements: tuple[str, ...]

    def differs_from(self, other: "Answer") -> str:
        """Say in what the two differ first, or nothing."""
        if self.status != other.status:
            return f"{self.status}, not there {other.status}"
        if (self.leads_to, self.body) != (other.leads_to, other.body):
            return f"{self.leads_to}{_first(self.body, other.body)}"
        for mine, gone in zip_longest(self.statements, other.statements):
            if mine != gone:
                return f"asks {mine}, not there {gone}"
        return ""

    def differs_in_number_from(self, other: "Answer") -> str:
        """Say in what the two differ first where their statements may, but not in number."""
        mine, gone = (replace(each, statements=()) for each in (self, other))
        many, more = len(self.statements), len(other.statements)
        told = f"asks {many} times, not there {more}" if many != more else ""
        return mine.differs_from(gone) or told


def _first(mine: bytes, gone: bytes) -> str:
    place = next((at for at, (a, b) in enumerate(zip(mine, gone, strict=False)) if a != b), 0)
    begins = max(place - 30, 0)
    return f"says {mine[begins : place + 30]!r}, not there {gone[begins : place + 30]!r}"


class Asking:
    """Somebody who asks for a record at an address, and for one that does not exist."""

    def __init__(self, somebody: Somebody) -> None:
        self.client: Client = somebody.client()
        self.client.get(f"/inbox/?org={somebody.places['inside'].code}")  # the session has begun
        self.client.get("/nowhere/")  # what its frame counts is kept for a while
        self.cookies = self.client.cookies.output(header="", sep=";")

    def both(self, route: Route, method: str, made: dict[str, object]) -> tuple[Answer, Answer]:
        """Return what is answered for a record, and for none."""
        return self.answer(route, method, made), self.answer(route, method, gone(route, made))

    def answer(self, route: Route, method: str, made: dict[str, object]) -> Answer:
        """Ask once, and undo whatever it left."""
        url = route.url(made)
        with self._asking(), undone(), stating() as statements:
            answer = sweep._asked(self.client, method, url, sent=sent(route, made), filled=None)
            body = marks.text_of(answer)
        leads_to = answer.headers.get("Location", "")
        return Answer(
            answer.status_code,
            leads_to.replace(url, ""),
            TOKEN.sub(b"", body.replace(url.encode(), b"")),
            tuple(statements),
        )

    def seconds(self, url: str) -> float:
        """Return how long an address takes to be answered."""
        with self._asking(), undone():
            begun = time.perf_counter()
            self.client.get(url)
            return time.perf_counter() - begun

    @contextmanager
    def _asking(self) -> Iterator[None]:
        sweep.limits.forget()
        self.client.cookies = SimpleCookie(self.cookies)
        yield


def named(route: Route, made: dict[str, object]) -> list[str]:
    """Return the names in an address that lead to a record."""
    keys = (route.key(name, made) for name in route.names)
    return [key for key in keys if key in MAKERS and isinstance(made.get(key), int | str)]


def gone(route: Route, made: dict[str, object]) -> dict[str, object]:
    """Return what stands at a place, but for the records of an address: they lead nowhere."""
    nowhere = {
        key: NOBODYS if isinstance(made[key], int) else NO_SUCH for key in named(route, made)
    }
    return {**made, **nowhere}


def sent(route: Route, made: dict[str, object]) -> dict[str, object] | None:
    """Return what the API is sent, the same for both."""
    return sweep._sent(route, made)


@contextmanager
def stating() -> Iterator[list[str]]:
    """Collect the shapes of the statements that are made meanwhile."""
    statements: list[str] = []

    def state(execute, sql, params, many, context):
        statements.append(LISTED.sub("(…)", SAVEPOINT.sub("", sql)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(state):
        yield statements
