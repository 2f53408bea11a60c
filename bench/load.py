"""A Saturday morning in a whole district, and then more than that, over HTTP on both databases (bars 6, 34, 44).

The demo's district is served as an operator serves it. Locust plays its people: leaders who scan
cards, devices that bring what they kept, volunteers who tap the code at the door, look around and
sign up, secretaries who file returns, an officer who writes the report. Then come even streams,
timed from when each request was due: fifty check-ins a second and a hundred, a queue of a thousand,
fifty people who sign in within five seconds; at last ten times the load, and what is left of it
afterwards. At the end all that was acknowledged is looked for. `python -m bench.load small --from DIR` tries
it on one database, on a copy of a demo that was made before; DATABASE_URL chooses PostgreSQL.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from tempfile import TemporaryDirectory

from bench import _served
from bench._limits import at_most
from bench._load_day import PACE, QUEUE, SIGNING_IN, WARM, Day, Size

NO_POSTGRES = 3  # how .ci/with-postgres says that it is not here
DATABASES = ("SQLite", "PostgreSQL")
FEW = {"Leader": 3, "Device": 1, "AtTheDoor": 5, "Looking": 5, "Secretary": 2, "Officer": 1}
MANY = {"Leader": 12, "Device": 3, "AtTheDoor": 20, "Looking": 20, "Secretary": 4, "Officer": 1}
SIZES = {
    "tiny": Size("small", 5, 2, FEW),
    "small": Size("small", 20, 10, FEW),
    "full": Size("full", 300, 60, MANY),
}
HELD = (  # what of each database is held against which limit
    ("morning: errors", 0),
    ("morning: check-ins, p99, seconds", 1),
    ("50 a second: p95, seconds", 0.3),
    ("50 a second: p99, seconds", 1),
    ("50 a second: errors", 0),
    ("100 a second: p99, seconds", 2),
    ("100 a second: errors", 0),
    ("1,000 queued scans: seconds", 15),
    ("50 sign-ins in 5 s: p95, seconds", 3),
    ("50 sign-ins in 5 s: errors", 0),
    ("ten times the load: p99 of what was done, seconds", 2),
    ("ten times the load: longest answer of any kind, seconds", 5),
    ("ten times the load: answers but 200, 429 and 503", 0),
    ("ten times the load: memory, times that before", 2),
    ("after it: p95, seconds", 0.3),
    ("after it: errors", 0),
    ("acknowledged and missing or twice", 0),
)
LIMITS = tuple(at_most(f"{name}, {what}", most) for name in DATABASES for what, most in HELD)


def run() -> dict[str, object]:
    """Measure on both databases at full size, one after the other."""
    return measured("full")


def brief() -> dict[str, object]:
    """Measure a slice of it in a small district; the rates are the same."""
    return measured("small")


def measured(size: str, *, ready: str = "") -> dict[str, object]:
    """Measure on SQLite and, where it is installed, on PostgreSQL that really writes to the disk."""
    own = [sys.executable, "-m", "bench.load", size]
    found = {
        "SQLite": _program([*own, *(["--from", ready] if ready else [])]),
        "PostgreSQL": _program([str(_served.ROOT / ".ci" / "with-postgres"), *own]),
    }
    values = {
        f"{name}, {what}": value
        for name, told in found.items()
        for what, value in (told or {"left out": "not installed here"}).items()
    }
    met = all(told["bar met"] for told in found.values() if told)
    return {key: value for key, value in values.items() if not key.endswith("bar met")} | {
        "bar met": met
    }


def _program(command: list[str]) -> dict | None:
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    given |= {"QINGHE_POSTGRES_DURABLE": "1", "PYTHONPATH": _served.environment("")["PYTHONPATH"]}
    done = subprocess.run(command, env=given, stdout=subprocess.PIPE, check=False, cwd=_served.ROOT)
    if done.returncode == NO_POSTGRES:
        return None
    done.check_returncode()
    return json.loads(done.stdout)


def measure(size: Size, *, ready: str = "") -> dict[str, object]:
    """Measure on the database that DATABASE_URL names, else on SQLite."""
    with TemporaryDirectory(prefix="qinghe-bench-") as folder:
        _make_district(folder, size, ready=ready)
        arriving = size.people["AtTheDoor"] * size.morning // 5 + 10
        cards = _cards(size)
        told = _books(
            folder, "--fill", json.dumps({"cards": cards, "phones": arriving + 200,
            "signing_in": SIGNING_IN, "hours": (size.morning + 900) / 3600}),
        )  # fmt: skip
        port, values = _served.free_port(), {}
        with _served.Server(folder, port=port) as server:
            server.started()
            day = Day(told, size=size, port=port, server=server.process.pid)
            values |= day.morning(arriving=arriving) | day.streams() | day.overload()
        lost = _books(folder, "--missing", json.dumps(day.acknowledged))
    values["acknowledged"] = sum(len(some) for some in day.acknowledged.values())
    values["acknowledged and missing or twice"] = sum(lost.values())
    values["bar met"] = all(_number(values[what]) <= most for what, most in HELD)
    return values


def _number(value: object) -> float:
    return float(str(value))


def _cards(size: Size) -> int:
    """Return how many cards will be scanned at most."""
    people = size.people
    morning = size.morning * 4 * (people["Leader"] + 4 * people["Device"]) + 500
    return (
        morning + PACE * (3 * size.stream + 2 * WARM) + QUEUE + PACE * 10 * size.stream // 4 + 500
    )


def _make_district(folder: str, size: Size, *, ready: str) -> None:
    """Have the demo's district in a folder: entered anew, or copied from where it was entered."""
    if ready:
        shutil.copytree(ready, folder, dirs_exist_ok=True)
        return
    for words in (["migrate", "--verbosity", "0"], ["demo", "--size", size.demo]):
        subprocess.run(
            [sys.executable, str(_served.ROOT / "manage.py"), *words],
            env=_served.environment(folder), stdout=sys.stderr, check=True,
        )  # fmt: skip


def _books(folder: str, *words: str) -> dict:
    """Ask a process of its own, whose Django looks at this database."""
    *flag, given = words
    done = subprocess.run(
        [sys.executable, "-m", "bench.load", *flag], env=_served.environment(folder), input=given,
        stdout=subprocess.PIPE, check=True, cwd=_served.ROOT, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("size", nargs="?", choices=SIZES, default="full")
    parser.add_argument("--from", dest="ready", default="", metavar="DIR")
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--missing", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.fill or asked.missing:
        from bench import _load_books as books  # noqa: PLC0415  it sets Django up

        given = json.load(sys.stdin)
        told = books.fill(**given) if asked.fill else books.missing(given)
    else:
        told = measure(SIZES[asked.size], ready=asked.ready)
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
