"""Checking in over HTTP: one scan a request by four clients, and five hundred a request (bars 1, 6, 12).

A real server, real tokens, a full database: what a leader's device meets. `python -m bench.check_in
--size small` tries it quickly, `--kill 100` kills the server with -9 so often while scans come in and
then looks for every scan that was acknowledged. DATABASE_URL chooses PostgreSQL.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from uuid import uuid4

from bench import _served
from bench._limits import at_least, at_most

CLIENTS, BATCH, TOKENS = 4, 500, 240
FLOOR = {"sqlite": 120, "postgresql": 150}  # scans a second, one a request
P95, BATCHED = 0.080, 2_000  # seconds; scans a second, five hundred a request
SIZES = {  # attendances of the half-year before, and seconds of the measure
    "tiny": (1_000, 3),
    "small": (20_000, 10),
    "full": (472_000, 30),
}
SINGLE, BATCHES = 12_000, 10
LIMITS = (
    at_least("one a request: scans a second", FLOOR["sqlite"]),
    at_most("one a request: p95, seconds", P95),
    at_least("five hundred a request: scans a second", BATCHED),
    at_most("acknowledged and missing", 0),
)


@dataclass
class Heard:
    """What clients were answered: how long each took, and which scans the server acknowledged."""

    waits: list[float] = field(default_factory=list)
    nonces: list[str] = field(default_factory=list)
    faults: int = 0


def run() -> dict[str, object]:
    """Measure on a full database."""
    return measure(size="full")


def measure(*, size: str, begin: Callable[[Path], object] = Path) -> dict[str, object]:
    """Measure one scan a request, then five hundred; `begin` may spare the migrating, as below."""
    with TemporaryDirectory(prefix="qinghe-bench-") as folder:
        begin(Path(folder))
        told = _prepare(folder, size=size)
        numbers = iter(told["numbers"])
        with _served.Server(folder, port=PORT) as server:
            server.started()
            _while_it_lasts(told, numbers, seconds=1)  # the first ones set up what all share
            began = time.perf_counter()
            heard = _while_it_lasts(told, numbers, seconds=SIZES[size][1])
            single = len(heard.nonces) / (time.perf_counter() - began)
            began = time.perf_counter()
            batched = _batches(told)
            many = len(batched.nonces) / (time.perf_counter() - began)
        lost = _missing(folder, [*heard.nonces, *batched.nonces])
    vendor = told["vendor"]
    p95 = sorted(heard.waits)[int(len(heard.waits) * 0.95)]
    return {
        "bar": f"≥ {FLOOR[vendor]}/s on {vendor}, p95 < {P95 * 1000:.0f} ms; batch ≥ {BATCHED}/s",
        "attendances on the books": SIZES[size][0],
        "one a request: scans a second": round(single, 1),
        "one a request: p95, seconds": round(p95, 4),
        "one a request: faults": heard.faults + batched.faults,
        "five hundred a request: scans a second": round(many),
        "acknowledged and missing": lost,
        "bar met": single >= FLOOR[vendor] and p95 < P95 and many >= BATCHED and not lost,
    }


def kill(
    *, kills: int, size: str = "small", each: int = 50, begin: Callable[[Path], object] = Path
) -> dict[str, object]:
    """Kill the server whenever it acknowledged so many scans, and look for all of them.

    `begin` may put a migrated database into the folder, so that migrating is spared.
    """
    heard = Heard()
    with TemporaryDirectory(prefix="qinghe-bench-") as folder:
        begin(Path(folder))
        told = _prepare(folder, size=size)
        numbers = iter(told["numbers"])
        for done in range(1, kills + 1):
            with (
                _served.Server(folder, port=PORT) as server,
                ThreadPoolExecutor(max_workers=1) as pool,
            ):
                server.started()
                enough = Event()
                load = pool.submit(_until, told, numbers, heard=heard, stop=enough.is_set)
                patience = time.monotonic() + 60
                while len(heard.nonces) < done * each and time.monotonic() < patience:
                    time.sleep(0.01)
                server.kill()
                enough.set()
                load.result()
        lost = _missing(folder, heard.nonces)
    return {
        "kills": kills,
        "acknowledged": len(heard.nonces),
        "unanswered": heard.faults,
        "acknowledged and missing": lost,
        "bar met": lost == 0 and bool(heard.nonces),
    }


PORT = _served.free_port()


def _while_it_lasts(told: dict, numbers: Iterator[str], *, seconds: float) -> Heard:
    heard = Heard()
    end = time.perf_counter() + seconds
    _until(told, numbers, heard=heard, stop=lambda: time.perf_counter() >= end)
    return heard


def _until(told: dict, numbers: Iterator[str], *, heard: Heard, stop: Callable[[], bool]) -> None:
    share = TOKENS // CLIENTS

    def client(place: int) -> None:
        tokens = told["tokens"][place * share : (place + 1) * share]
        connection = HTTPConnection("127.0.0.1", PORT, timeout=20)
        turn = 0
        while not stop():
            nonce = uuid4().hex
            body = {"volunteer": next(numbers), "nonce": nonce}
            began = time.perf_counter()
            turn += 1
            try:
                _post(connection, told["path"], body, token=tokens[turn % share])
            except (OSError, HTTPException):
                heard.faults += 1
                connection.close()
                time.sleep(0.05)
                continue
            heard.waits.append(time.perf_counter() - began)
            heard.nonces.append(nonce)
        connection.close()

    with ThreadPoolExecutor(max_workers=CLIENTS) as pool:
        for done in [pool.submit(client, place) for place in range(CLIENTS)]:
            done.result()


def _batches(told: dict) -> Heard:
    heard = Heard()
    connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
    for place in range(BATCHES):
        now = told["now"]
        scans = [
            {"nonce": uuid4().hex, "volunteer": number, "at": now}
            for number in told["queued"][place * BATCH : (place + 1) * BATCH]
        ]
        began = time.perf_counter()
        body = {"sent_at": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()), "scans": scans}
        answers = _post(connection, f"{told['path']}/batch", body, token=told["tokens"][place])
        heard.waits.append(time.perf_counter() - began)
        heard.nonces += [one["nonce"] for one in answers if one["verdict"] == "recorded"]
        heard.faults += sum(one["verdict"] != "recorded" for one in answers)
    connection.close()
    return heard


def _post(connection: HTTPConnection, path: str, body: dict, *, token: str):
    connection.request(
        "POST",
        path,
        json.dumps(body),
        {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    answer = connection.getresponse()
    said = answer.read()
    if answer.status != 200:
        raise AssertionError(said.decode())
    return json.loads(said)


def _apart(folder: str, *words: str, given: str = "") -> dict:
    """Ask a process of its own, whose Django looks at this database."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.check_in", *words],
        env=_served.environment(folder), input=given, stdout=subprocess.PIPE, check=True, cwd=_served.ROOT, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def _prepare(folder: str, *, size: str) -> dict:
    return _apart(folder, "--prepare", size)


def _missing(folder: str, nonces: list[str]) -> int:
    return _apart(folder, "--missing", given=json.dumps(nonces))["missing"]


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench.check_in", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="full")
    parser.add_argument("--kill", type=int, default=0, metavar="TIMES")
    parser.add_argument("--prepare", choices=SIZES, help=argparse.SUPPRESS)
    parser.add_argument("--missing", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.prepare or asked.missing:
        from bench import _check_in_books as books  # noqa: PLC0415  it sets Django up

        if asked.prepare:
            told = books.fill(
                SIZES[asked.prepare][0], tokens=TOKENS, single=SINGLE, queued=BATCHES * BATCH
            )
        else:
            told = {"missing": books.missing(json.load(sys.stdin))}
    elif asked.kill:
        told = kill(kills=asked.kill, size=asked.size)
    else:
        told = measure(size=asked.size)
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
