"""The parts of the load bench's day, played one after the other against one server."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count

from bench import _served
from bench._load_streams import HANDS, Heard, Pages, Scans, Send, SignIns, even, part
from bench._load_watch import Watch

PACE, SIGNING_IN, SIGN_IN_SECONDS, WARM = 50, 50, 5, 2  # a second; people; seconds; seconds
QUEUE, DEVICES = 1_000, 4  # scans, and the devices that bring them
TIMES, MANY_HANDS, ONE_IN = 10, 400, 4  # of the pace; on their way at most; one scan in so many
ROUNDS = 6  # of looking at each page before, so that every process has been asked for it
CALM = 10  # seconds after which an overload has to be over
ANSWERS = (200, 429, 503)  # of an overload


@dataclass(frozen=True)
class Size:
    """How long and with how many people; the rates of the bars are the same in each size."""

    demo: str
    morning: int  # seconds
    stream: int  # seconds of each even stream
    people: Mapping[str, int]


class Day:
    """One server, from the morning until it has had too much."""

    def __init__(self, told: dict, *, size: Size, port: int, server: int) -> None:
        self.told, self.size, self.port, self.server = told, size, port, server
        self.acknowledged: dict[str, list] = {"scans": []}
        self.cards = iter(told["cards"])
        self.scans = Scans(told, self.cards)
        self._begin()

    def _begin(self) -> None:
        """Open each page and scan for a moment, as whoever came before the morning did."""
        self._even(self.scans.one, rate=PACE / 2, seconds=WARM)
        (_, phone), (filing, _, secretary) = self.told["phones"][0], self.told["filings"][0]
        report = self.told["report"]
        session = self.told["posts"][0][0]
        paths = {
            phone: ("find/", f"sessions/{session}/", "sign-ups/", "scan/"),
            secretary: ("", f"filings/{filing}/", f"filings/{filing}/submit/"),
            report["session"]: (f"{report['report']}/", f"{report['report']}/report.docx"),
        }
        bases = ("/volunteering/mine/", "/returns/", "/drafting/")
        tour = [
            (f"{base}{ending}", key)
            for base, (key, endings) in zip(bases, paths.items(), strict=True)
            for ending in endings
        ]
        for path, key in tour * ROUNDS:
            line = HTTPConnection("127.0.0.1", self.port, timeout=60)
            status, _ = Pages([key], path=path).one(line, 0)
            line.close()
            if status != 200:
                raise AssertionError(f"{path} answers {status}")

    def morning(self, *, arriving: int) -> dict[str, object]:
        """Play the morning, and say how it went by each kind of action."""
        share = self.size.morning * 4
        people = self.size.people
        mine = share * (people["Leader"] + 4 * people["Device"]) + 400
        asked = {
            "host": f"http://127.0.0.1:{self.port}",
            "told": self.told | {"cards": [next(self.cards) for _ in range(mine)]},
            "seconds": self.size.morning,
            "people": dict(people),
            "arriving": arriving,
        }
        with Watch(self.server, port=self.port) as watch:
            done = subprocess.run(
                [sys.executable, "-m", "bench._load_people"], input=json.dumps(asked),
                stdout=subprocess.PIPE, check=True, cwd=_served.ROOT, text=True,
            )  # fmt: skip
        heard = json.loads(done.stdout)
        for name, some in heard["acknowledged"].items():
            self.acknowledged.setdefault(name, []).extend(some)
        every = [wait for waits in heard["waits"].values() for wait in waits]
        coming = [w for name, waits in heard["waits"].items() if "check in" in name for w in waits]
        return _named(
            "morning",
            {
                "answers a second": round(len(every) / heard["seconds"], 1),
                "errors": sum(heard["faults"].values()),
                "which errors": _said(heard["faults"]),
                "all, n: p50 | p95 | p99, seconds": f"{len(every)}: {_parts(every)}",
                **{
                    f"{name}, n: p50 | p95 | p99, seconds": f"{len(waits)}: {_parts(waits)}"
                    for name, waits in sorted(heard["waits"].items())
                },
                "check-ins, p99, seconds": round(part(coming, 0.99), 3),
                **watch.told(),
            },
        )

    def streams(self) -> dict[str, object]:
        """Send even streams of check-ins, a queue, and people who sign in."""
        found: dict[str, object] = {}
        for pace in (PACE, 2 * PACE):
            with Watch(self.server, port=self.port) as watch:
                heard = self._even(self.scans.one, rate=pace, seconds=self.size.stream)
            found |= _named(f"{pace} a second", _measures(heard) | watch.told())
        found |= self._queue()
        heard = self._even(
            SignIns(self.told).one, rate=SIGNING_IN / SIGN_IN_SECONDS, seconds=SIGN_IN_SECONDS
        )
        return found | _named(f"{SIGNING_IN} sign-ins in {SIGN_IN_SECONDS} s", _measures(heard))

    def overload(self) -> dict[str, object]:
        """Ask ten times as much as a busy morning does, then no more than that."""
        find = Pages([key for _, key in self.told["phones"]], path="/volunteering/mine/find/").one

        def either(line: HTTPConnection, number: int) -> tuple[int, str]:
            return self.scans.one(line, number) if number % ONE_IN == 0 else find(line, number)

        with Watch(self.server, port=self.port) as watch:
            heard = self._even(
                either, rate=TIMES * PACE, seconds=self.size.stream, hands=MANY_HANDS
            )
        answers = heard.statuses()
        told = {
            "answers by status": _said(answers),
            "answers a second": round(len(heard.answers) / watch.seconds, 1),
            "done a second": round(len(heard.taken()) / watch.seconds, 1),
            "p99 of what was done, seconds": round(part(heard.taken(), 0.99), 3),
            "longest answer of any kind, seconds": round(max(s for _, s in heard.answers), 3),
            "answers but 200, 429 and 503": sum(
                number for status, number in answers.items() if status not in ANSWERS
            ),
            "memory, times that before": round(watch.grown(), 2),
        }
        time.sleep(CALM)
        after = self._even(self.scans.one, rate=PACE, seconds=self.size.stream / 4)
        return _named("ten times the load", told | watch.told()) | _named(
            "after it", _measures(after)
        )

    def _queue(self) -> dict[str, object]:
        numbers, size = count(), QUEUE // DEVICES

        def device() -> list[str]:
            line = HTTPConnection("127.0.0.1", self.port, timeout=60)
            recorded = self.scans.queue(line, number=next(numbers), size=size)
            line.close()
            return recorded

        began = time.perf_counter()
        with ThreadPoolExecutor(max_workers=DEVICES) as pool:
            sent = [pool.submit(device) for _ in range(DEVICES)]
            recorded = [nonce for one in sent for nonce in one.result()]
        self.acknowledged["scans"] += recorded
        told = {"seconds": round(time.perf_counter() - began, 2), "recorded": len(recorded)}
        return _named(f"{QUEUE:,} queued scans", told)

    def _even(self, send: Send, *, rate: float, seconds: float, hands: int = HANDS) -> Heard:
        heard = even(send, port=self.port, rate=rate, seconds=seconds, hands=hands)
        self.acknowledged["scans"] += heard.acknowledged
        return heard


def _measures(heard: Heard) -> dict[str, object]:
    return {
        "sent": len(heard.waits),
        "errors": heard.errors(),
        "p50, seconds": round(part(heard.waits, 0.50), 3),
        "p95, seconds": round(part(heard.waits, 0.95), 3),
        "p99, seconds": round(part(heard.waits, 0.99), 3),
        "worst, seconds": round(max(heard.waits), 3),
    }


def _parts(waits: list[float]) -> str:
    return " | ".join(f"{part(waits, share):.3f}" for share in (0.50, 0.95, 0.99))


def _said(counted: Mapping[object, int]) -> str:
    return ", ".join(f"{name}: {number}" for name, number in Counter(counted).most_common(8)) or "—"


def _named(what: str, values: Mapping[str, object]) -> dict[str, object]:
    return {f"{what}: {name}": value for name, value in values.items()}
