"""Devices at a door: each sends a scan until it is acknowledged, and all keep a history of it.

An answer that did not come says nothing: the scan may be there or not. So a device sends it again
under the same nonce, as the real ones do, and only what was answered 200 counts as acknowledged.
"""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from uuid import uuid4

from .house import House, until

PAUSE = 0.05  # seconds before the same scan is sent again


@dataclass(frozen=True)
class Answered:
    """One answer: when it came, with which status, after how long, in which words."""

    at: float
    status: int
    seconds: float
    words: str


@dataclass
class History:
    """What the devices and whoever read meanwhile were told."""

    acknowledged: list[str] = field(default_factory=list)
    scans: list[Answered] = field(default_factory=list)
    reads: list[Answered] = field(default_factory=list)
    unanswered: int = 0

    def refused(self) -> list[Answered]:
        """Return the scans that were answered, and not acknowledged."""
        return [each for each in self.scans if each.status != 200]

    def next_after(self, moment: float) -> float:
        """Return how many seconds after a moment the next scan was acknowledged."""
        return (
            min(each.at for each in self.scans if each.status == 200 and each.at > moment) - moment
        )


class Clients:
    """Several devices and readers at once, for as long as the block lasts."""

    def __init__(
        self,
        house: House,
        books: dict,
        numbers: Iterator[str],
        *,
        devices: int = 4,
        readers: int = 1,
        pause: float = PAUSE,
    ) -> None:
        self.history = History()
        self._house, self._books, self._numbers = house, books, numbers
        self._pause, self._devices = pause, devices
        self._over, self._guard = threading.Event(), threading.Lock()
        self._faults: list[BaseException] = []
        works = [self._scan] * devices + [self._read] * readers
        self._threads = [
            threading.Thread(target=self._kept, args=(work, place))
            for place, work in enumerate(works)
        ]

    def __enter__(self) -> "Clients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        assert not self._faults, self._faults

    def until_acknowledged(self, more: int, *, seconds: float = 60) -> None:
        """Wait until so many more scans are acknowledged."""
        had = len(self.history.acknowledged)
        try:
            until(lambda: len(self.history.acknowledged) >= had + more, seconds=seconds)
        except AssertionError:
            came, said = len(self.history.acknowledged) - had, self._house.log.read_text()
            told = (
                f"{came} of {more} came; last {self.history.scans[-3:]}; the server: {said[-4000:]}"
            )
            raise AssertionError(told) from None

    def _kept(self, work, place: int) -> None:
        connection = HTTPConnection("127.0.0.1", self._house.port, timeout=60)
        try:
            work(connection, place)
        except BaseException as error:  # noqa: BLE001  told by whoever waits for the thread
            self._faults.append(error)
        finally:
            connection.close()

    def _scan(self, connection: HTTPConnection, place: int) -> None:
        tokens = self._books["tokens"][place :: self._devices]
        turn = 0
        while not self._over.is_set():
            with self._guard:
                scan = {"volunteer": next(self._numbers), "nonce": uuid4().hex}
            while not self._over.is_set():
                turn += 1
                token = tokens[turn % len(tokens)]
                answered = self._ask(connection, "POST", self._books["path"], token, scan)
                if answered is not None:
                    self.history.scans.append(answered)
                    if answered.status == 200:
                        self.history.acknowledged.append(scan["nonce"])
                        break
                time.sleep(self._pause)

    def _read(self, connection: HTTPConnection, place: int) -> None:
        path = "/api/v1/volunteering/sessions"
        turn = 0
        while not self._over.is_set():
            turn += 1
            token = self._books["tokens"][turn % len(self._books["tokens"])]
            answered = self._ask(connection, "GET", path, token, None)
            if answered is not None:
                self.history.reads.append(answered)
            time.sleep(self._pause)

    def _ask(
        self, connection: HTTPConnection, method: str, path: str, token: str, body: dict | None
    ) -> Answered | None:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        began = time.monotonic()
        try:
            connection.request(method, path, json.dumps(body) if body else None, headers)
            answer = connection.getresponse()
            words = answer.read().decode()
        except (OSError, HTTPException):
            connection.close()
            self.history.unanswered += 1
            return None
        now = time.monotonic()
        return Answered(now, answer.status, now - began, words)
