"""The primary of a pair is killed while scans come in: what is lost, and how long nobody is answered (bars 3, 9).

Two PostgreSQL servers of the bench's own, the second a synchronous standby; the application knows both
hosts and takes the one that takes writes. The standby is promoted as soon as the primary is dead: how long
whoever promotes takes to notice is not measured.
"""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from tempfile import TemporaryDirectory
from threading import Event
from uuid import uuid4

from bench import _clusters, _served, check_in
from bench._limits import at_most

BEFORE, AFTER = 300, 300  # scans acknowledged by the one, and by the other
LIMITS = (
    at_most("acknowledged and missing", 0),
    at_most("seconds from the promotion to the next answer", 10),
)


def run() -> dict[str, object]:
    """Measure on a small district."""
    return measure(size="small", before=BEFORE, after=AFTER)


def measure(*, size: str, before: int, after: int) -> dict[str, object]:
    """Kill the primary after so many scans, promote the other, and wait for so many more."""
    with _clusters.cluster() as primary, TemporaryDirectory(prefix="qinghe-bench-") as folder:
        standby = primary.copied()
        primary.ask("ALTER SYSTEM SET synchronous_standby_names = 'copy'")
        primary.ask("SELECT pg_reload_conf()")
        given = os.environ.get("DATABASE_URL")
        os.environ["DATABASE_URL"] = both(primary, standby)
        try:
            return _killed(folder, primary, standby, size=size, before=before, after=after)
        finally:
            os.environ.pop("DATABASE_URL")
            if given is not None:
                os.environ["DATABASE_URL"] = given


def both(primary: _clusters.Cluster, standby: _clusters.Cluster) -> str:
    """Return the address of whichever of two takes writes."""
    hosts = ",".join(f"127.0.0.1:{one.port}" for one in (primary, standby))
    return f"postgresql://qinghe@{hosts}/qinghe?target_session_attrs=read-write"


def _killed(
    folder: str, primary: _clusters.Cluster, standby: _clusters.Cluster, *,
    size: str, before: int, after: int,
) -> dict[str, object]:  # fmt: skip
    told = check_in._prepare(folder, size=size)
    heard, enough = check_in.Heard(), Event()
    with (
        _served.Server(folder, port=check_in.PORT) as server,
        ThreadPoolExecutor(check_in.CLIENTS) as pool,
    ):
        server.started()
        numbers = iter(told["numbers"])
        clients = [
            pool.submit(_client, told, numbers, place=place, heard=heard, enough=enough)
            for place in range(check_in.CLIENTS)
        ]
        _until(heard, before)
        primary.kill()
        killed, sure = time.perf_counter(), len(heard.nonces)
        standby.promote()
        promoted = time.perf_counter()
        _until(heard, sure + check_in.CLIENTS + 1)  # more than were under way
        answered = time.perf_counter()
        _until(heard, sure + after)
        enough.set()
        for client in clients:
            client.result()
        missing = check_in._missing(folder, heard.nonces)
    return {
        "bar": "nothing acknowledged is lost; answers again within 10 s of the promotion",
        "acknowledged": len(heard.nonces),
        "acknowledged and missing": missing,
        "requests not answered with yes meanwhile": heard.faults,
        "longest of these, seconds": max(heard.waits, default=0.0),
        "seconds from the kill to the promotion": promoted - killed,
        "seconds from the promotion to the next answer": answered - promoted,
        "bar met": not missing and answered - promoted <= 10,
    }


def _until(heard: check_in.Heard, number: int) -> None:
    patience = time.monotonic() + 120
    while len(heard.nonces) < number:
        if time.monotonic() > patience:
            raise AssertionError(f"{len(heard.nonces)} scans acknowledged, {number} waited for")
        time.sleep(0.01)


def _client(
    told: dict, numbers: Iterator[str], *, place: int, heard: check_in.Heard, enough: Event
) -> None:
    """Send one scan after another; what is not answered with yes is sent no more."""
    share = check_in.TOKENS // check_in.CLIENTS
    tokens = told["tokens"][place * share : (place + 1) * share]
    connection = HTTPConnection("127.0.0.1", check_in.PORT, timeout=20)
    turn = 0
    while not enough.is_set():
        nonce, turn, began = uuid4().hex, turn + 1, time.perf_counter()
        scan = {"volunteer": next(numbers), "nonce": nonce}
        try:
            check_in._post(connection, told["path"], scan, token=tokens[turn % share])
        except (OSError, HTTPException, AssertionError):
            heard.faults += 1
            heard.waits.append(time.perf_counter() - began)
            connection.close()
            time.sleep(0.05)
            continue
        heard.nonces.append(nonce)
    connection.close()
