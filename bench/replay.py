"""The half-year's check-ins and check-outs, played through the real HTTP API; then the figures are counted (bars 12 and 15).

The whole district of the demo is entered without its attendances. Then every one of them comes in
as devices send it: at one session in ten scan by scan while it happens, at the others in batches
after it has ended. Of the scans 1 % are sent twice, 1 % before the one that they follow, and for
1 % a forged card is held up beside them. The server is the default one, on the database that
DATABASE_URL names, else on SQLite. `python -m bench.replay 10000` plays a district with so many
attendances.
"""

import http.client
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import _served
from bench._limits import at_most

BAR = "all check-ins of a half-year over HTTP in < 20 min; every figure as it was planned"
LIMIT = 20 * 60
ONE_BY_ONE = 10  # one session in so many
ODD = 100  # one scan in so many is sent twice, one too early, one is forged
CLIENTS, MOST = 4, 500
WHOLE = 472_000
LIMITS = (at_most("share of the limit", 1), at_most("answered otherwise than expected", 0))


def run() -> dict[str, object]:
    """Play the whole half-year in a process with a data folder of its own."""
    return measured(WHOLE)


def brief() -> dict[str, object]:
    """Play a tenth of it: the limit is a tenth as well."""
    return measured(WHOLE // 10)


def measured(person_times: int, *, begin: Callable[[Path], object] = Path) -> dict[str, object]:
    """Play a district with so many attendances, and return what was measured.

    `begin` may put a migrated database into the folder, so that migrating is spared.
    """
    with TemporaryDirectory(prefix="qinghe-bench-") as folder:
        begin(Path(folder))
        done = subprocess.run(
            [sys.executable, "-m", "bench.replay", str(person_times)],
            env=_served.environment(folder),
            stdout=subprocess.PIPE,
            check=True,
            cwd=_served.ROOT,
        )
    return json.loads(done.stdout)


def main() -> None:
    """Enter the district, play its half-year, count it, and say what came of it."""
    import django  # noqa: PLC0415  only this process is set up by itself

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    from bench import _replay_district as district  # noqa: PLC0415

    told = district.enter(int(sys.argv[1]))
    with served() as port:
        began = time.monotonic()
        played = play(told, port=port)
        seconds = time.monotonic() - began
    counted = district.counted(told)
    sent = played.sent
    measured = {
        "bar": BAR,
        "database": told.database,
        "person-times": len(told.rows),
        "sessions": len(told.at_session()),
        "scans sent": sent["single"] + sent["batched"],
        "of these one by one": sent["single"],
        "of these sent twice": sent["twice"],
        "of these sent before what they follow": sent["early"],
        "forged beside them": sent["forged"],
        "forged and refused": played.refused,
        "answered otherwise than expected": len(played.faults),
        "seconds": seconds,
        "share of the limit": seconds / (LIMIT * len(told.rows) / WHOLE),
        "scans a second": (sent["single"] + sent["batched"]) / seconds,
        **{f"{code}, planned and counted": f"{a} | {b}" for code, (a, b) in counted.items()},
        "bar met": not played.faults
        and played.refused == sent["forged"]
        and all(a == b for a, b in counted.values())
        and seconds < LIMIT * len(told.rows) / WHOLE,
    }
    for fault in played.faults[:5]:
        sys.stderr.write(f"{fault}\n")
    sys.stdout.write(json.dumps(measured))


# ── What devices send ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Scan:
    """One scan: whose card, coming or leaving, when."""

    nonce: str
    volunteer: str
    kind: str
    at: datetime


@dataclass(frozen=True)
class Sitting:
    """A session with all that was scanned at it, in the order of the day."""

    pk: int
    ends_at: datetime
    scans: tuple[Scan, ...]


@dataclass
class Played:
    """What was sent, and what was answered otherwise than it had to be."""

    sent: Counter[str]
    faults: list[str]
    refused: int = 0


def play(told, *, port: int) -> Played:
    """Send all scans by several clients, each taking session after session."""
    played, lock = Played(Counter(), []), threading.Lock()
    sittings = iter(enumerate(told.sittings()))

    def work() -> None:
        client = Client(port, token=told.token)
        while True:
            with lock:
                number, sitting = next(sittings, (0, None))
            if sitting is None:
                return
            dice = random.Random(number)
            send = _one_by_one if number % ONE_BY_ONE == 0 else _in_batches
            mine = send(client, sitting, dice)
            with lock:
                played.sent += mine.sent
                played.faults += mine.faults
                played.refused += mine.refused

    with ThreadPoolExecutor(CLIENTS) as pool:
        for done in [pool.submit(work) for _ in range(CLIENTS)]:
            done.result()
    return played


def _one_by_one(client: "Client", sitting: Sitting, dice: random.Random) -> Played:
    mine = Played(Counter(), [])
    path = f"/api/v1/volunteering/sessions/{sitting.pk}/check-ins"
    for scan in sitting.scans:
        for again in range(1 + _by_chance(dice)):
            body = {"nonce": scan.nonce, "volunteer": scan.volunteer, "kind": scan.kind}
            status, answer = client.post(path, body, at=scan.at)
            mine.sent["single"] += 1
            mine.sent["twice"] += again
            if status != 200:
                mine.faults.append(f"{scan} {status} {answer}")
        if _by_chance(dice):
            mine.sent["forged"] += 1
            forged = {"nonce": f"forged-{scan.nonce}", "volunteer": _forged(scan, dice)}
            mine.refused += client.post(path, forged, at=scan.at)[0] in (404, 409)
    return mine


def _in_batches(client: "Client", sitting: Sitting, dice: random.Random) -> Played:
    mine = Played(Counter(), [])
    path = f"/api/v1/volunteering/sessions/{sitting.pk}/check-ins/batch"
    early = {scan.nonce for scan in sitting.scans if scan.kind == "out" and _by_chance(dice)}
    twice = [scan for scan in sitting.scans if _by_chance(dice)]
    forged = [
        replace(scan, nonce=f"forged-{scan.nonce}", volunteer=_forged(scan, dice))
        for scan in sitting.scans
        if _by_chance(dice)
    ]
    first = [scan for scan in sitting.scans if scan.nonce in early]
    rest = [scan for scan in sitting.scans if scan.nonce not in early] + forged + twice
    dice.shuffle(rest)
    mine.sent += Counter(batched=len(sitting.scans) + len(twice), twice=len(twice))
    mine.sent += Counter(early=len(first), forged=len(forged))
    false = {scan.nonce for scan in forged}
    at = sitting.ends_at + timedelta(hours=1)
    for some in (*_parts(first), *_parts(rest)):
        body = {
            "sent_at": at.isoformat(),
            "device": f"bench-{sitting.pk}",
            "scans": [
                {"nonce": one.nonce, "volunteer": one.volunteer, "kind": one.kind,
                 "at": one.at.isoformat()}
                for one in some
            ],
        }  # fmt: skip
        status, answers = client.post(path, body, at=at)
        if status != 200:
            mine.faults.append(f"{sitting.pk} {status} {answers}")
            continue
        for answer in answers:
            if answer["nonce"] in false:
                mine.refused += answer["verdict"] == "refused"
            elif answer["verdict"] not in ("recorded", "already", "waiting"):
                mine.faults.append(str(answer))
    return mine


def _by_chance(dice: random.Random) -> bool:
    return dice.randrange(ODD) == 0


def _forged(scan: Scan, dice: random.Random) -> str:
    """Return a card that was never given: a number of nobody, or a seal that is guessed."""
    if dice.random() < 0.5:
        return f"FORGED{dice.randrange(10**8)}"
    return f"QHZ1.{scan.volunteer}.{dice.randbytes(16).hex()}"


def _parts(scans: list[Scan]) -> Iterator[list[Scan]]:
    for start in range(0, len(scans), MOST):
        yield scans[start : start + MOST]


class Client:
    """One device's connection, kept open."""

    def __init__(self, port: int, *, token: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def post(self, path: str, body: object, *, at: datetime) -> tuple[int, object]:
        """Send something at a moment of the half-year, and return what is answered."""
        head = self.head | {"X-Replay-At": at.isoformat()}
        self.line.request("POST", path, json.dumps(body), head)
        answer = self.line.getresponse()
        return answer.status, json.loads(answer.read())


# ── The server ────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def served() -> Iterator[int]:
    """Have the default server answer, by the clock of each request; yield its port."""
    port = _served.free_port()
    told = {"QINGHE_BIND": f"127.0.0.1:{port}", "QINGHE_WEB": "1", "QINGHE_WORKER": "separate"}
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "python:qinghe.config.server",
         "bench._replay_clock:application"],
        env=os.environ | told,
        cwd=_served.ROOT,
        stdout=sys.stderr,
    )  # fmt: skip
    try:
        _wait(lambda: socket.create_connection(("127.0.0.1", port), timeout=1).close())
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait(ready: Callable[[], object]) -> None:
    for _ in range(300):
        try:
            ready()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server did not begin to answer")


if __name__ == "__main__":
    main()
