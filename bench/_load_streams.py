"""Even streams of requests: each is due at its moment, whether those before it are answered or not.

A client that waits for its last answer sends less just when the server is slow, and so hides it
(open against closed loop). Here a wait counts from when a request was due, not from when it was sent.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count, cycle
from urllib.parse import urlencode
from uuid import uuid4

HANDS, PATIENCE = 200, 30  # requests on their way at most; seconds until one gives up
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
Send = Callable[[HTTPConnection, int], tuple[int, str]]


@dataclass
class Heard:
    """What was answered: seconds since due and since sent by status, and what was acknowledged."""

    waits: list[float] = field(default_factory=list)
    answers: list[tuple[int, float]] = field(default_factory=list)  # since it was sent
    acknowledged: list[str] = field(default_factory=list)

    def statuses(self) -> Counter[int]:
        """Count the answers by their status; 0 is none."""
        return Counter(status for status, _ in self.answers)

    def errors(self) -> int:
        """Count whatever was not done."""
        return sum(status not in (200, 302) for status, _ in self.answers)

    def taken(self) -> list[float]:
        """Return how long those took that were done, since they were sent."""
        return [seconds for status, seconds in self.answers if status in (200, 302)]


def part(waits: list[float], share: float) -> float:
    """Return the wait that this share of all stays below."""
    return sorted(waits)[min(int(len(waits) * share), len(waits) - 1)] if waits else 0.0


def even(send: Send, *, port: int, rate: float, seconds: float, hands: int = HANDS) -> Heard:
    """Send so many a second, each at its moment, and return what was heard."""
    heard, numbers, most = Heard(), count(), int(rate * seconds)
    began = time.perf_counter() + 0.2

    def hand() -> None:
        line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        while (number := next(numbers)) < most:
            due = began + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            sent = time.perf_counter()
            status, acknowledged = _tried(send, line, number)
            now = time.perf_counter()
            heard.waits.append(now - due)
            heard.answers.append((status, now - sent))
            if acknowledged:
                heard.acknowledged.append(acknowledged)
        line.close()

    with ThreadPoolExecutor(max_workers=hands) as pool:
        for done in [pool.submit(hand) for _ in range(hands)]:
            done.result()
    return heard


def _tried(send: Send, line: HTTPConnection, number: int) -> tuple[int, str]:
    try:
        return send(line, number)
    except (OSError, HTTPException):
        line.close()
        return 0, ""


class Scans:
    """Cards that are still to be scanned, at the doors in turn, by many devices."""

    def __init__(self, told: dict, cards: Iterator[str]) -> None:
        self.told, self.cards = told, cards
        self.tokens, self.doors = told["tokens"], told["doors"]

    def one(self, line: HTTPConnection, number: int) -> tuple[int, str]:
        """Scan one card."""
        nonce = uuid4().hex
        path = f"/api/v1/volunteering/sessions/{self.doors[number % len(self.doors)]}/check-ins"
        body = {"volunteer": next(self.cards), "nonce": nonce}
        status, _ = self._post(line, path, body, number=number)
        return status, nonce if status == 200 else ""

    def queue(self, line: HTTPConnection, *, number: int, size: int) -> list[str]:
        """Send what a device kept; return what was recorded."""
        now = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
        scans = [
            {"nonce": uuid4().hex, "volunteer": next(self.cards), "at": now} for _ in range(size)
        ]
        door = self.doors[number % len(self.doors)]
        path = f"/api/v1/volunteering/sessions/{door}/check-ins/batch"
        status, said = self._post(line, path, {"sent_at": now, "scans": scans}, number=number)
        answers = json.loads(said) if status == 200 else []
        return [one["nonce"] for one in answers if one["verdict"] == "recorded"]

    def _post(
        self, line: HTTPConnection, path: str, body: dict, *, number: int
    ) -> tuple[int, bytes]:
        token = self.tokens[number % len(self.tokens)]
        head = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        line.request("POST", path, json.dumps(body), head)
        answer = line.getresponse()
        return answer.status, answer.read()


class Pages:
    """A page that many volunteers open at once."""

    def __init__(self, keys: Sequence[str], *, path: str) -> None:
        self.path, self.keys = path, keys

    def one(self, line: HTTPConnection, number: int) -> tuple[int, str]:
        """Open it as the next of them."""
        head = {"Cookie": f"sessionid={self.keys[number % len(self.keys)]}"}
        line.request("GET", self.path, headers=head)
        answer = line.getresponse()
        answer.read()
        return answer.status, ""


class SignIns:
    """People who sign in with their password: the page, then its form."""

    def __init__(self, told: dict) -> None:
        self.names, self.password = cycle(told["names"]), told["password"]

    def one(self, line: HTTPConnection, number: int) -> tuple[int, str]:
        """Open the page and send it."""
        line.request("GET", "/accounts/login/")
        answer = line.getresponse()
        page = answer.read().decode()
        cookie = (answer.headers["Set-Cookie"] or "").partition(";")[0]
        found = CSRF.search(page)
        typed = urlencode(
            {
                "csrfmiddlewaretoken": found[1] if found else "",
                "login": next(self.names),
                "password": self.password,
            }
        )
        head = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", "/accounts/login/", typed, head)
        answer = line.getresponse()
        answer.read()
        return (answer.status if answer.status != 200 else 422), ""
