"""Migrations from an empty database, and from the first commit's with a whole district in it (bar 11).

The first commit that runs makes the half-year of its demo, on SQLite and on PostgreSQL; then
the house of today brings its tables up to date. Each migration is timed; on PostgreSQL each lock that
keeps others out of a table that was there is timed as well, from the statement that takes it to the
commit. What comes out must have every row, the tables of a new installation, and be found whole by
`verify`. It needs the history of the repository. `python -m bench.migrations --size small` tries it.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from bench import _clusters, _history
from bench._limits import at_most
from bench._served import ROOT, environment

LONGEST, LOCKED = 60, 3  # seconds: of a migration, of a lock
BAR = f"each migration ≤ {LONGEST} s on a whole district, each lock on a table in use ≤ {LOCKED} s"
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
OF_BOTH = ("rows gone", "unlike a new installation", "not whole")
LIMITS = (
    *(at_most(f"{name}: longest migration, seconds", LONGEST) for name in (SQLITE, POSTGRESQL)),
    at_most(f"{POSTGRESQL}: longest lock, seconds", LOCKED),
    *(at_most(f"{name}: {what}", 0) for name in (SQLITE, POSTGRESQL) for what in OF_BOTH),
)


def run() -> dict[str, object]:
    """Measure on a whole district."""
    return measure(size="full")


def brief() -> dict[str, object]:
    """Measure on a small district."""
    return measure(size="small")


def measure(*, size: str) -> dict[str, object]:
    """Measure on both databases, or on SQLite alone where there is no PostgreSQL."""
    with TemporaryDirectory(prefix="qinghe-bench-") as name:
        folder = Path(name)
        first = _history.laid_out(_history.FIRST, folder / "first")
        found = _on(SQLITE, folder / "sqlite", first, size=size, urls=("", ""))
        if _clusters.MISSING:
            found["left out on PostgreSQL"] = _clusters.MISSING
        else:
            with _clusters.cluster() as server:
                with psycopg.connect(server.url(name="postgres"), autocommit=True) as own:
                    own.execute("CREATE DATABASE fresh")
                urls = (server.url(name="fresh"), server.url())
                found |= _on(POSTGRESQL, folder / "postgresql", first, size=size, urls=urls)
    met = all(figure.holds for limit in LIMITS if (figure := limit(found)) is not None)
    return {
        "bar": BAR,
        "begins with the commit": _history.FIRST,
        "district": size,
        **found,
        "bar met": met,
    }


def _on(
    name: str, folder: Path, first: Path, *, size: str, urls: tuple[str, str]
) -> dict[str, object]:
    """Migrate a new installation, and the first commit's; return what is told of them."""
    new, old = (folder / place for place in ("new", "old"))
    for place in (new, old):
        place.mkdir(parents=True)
    fresh = json.loads(_today("-m", "bench._migrating", folder=new, url=urls[0]))
    began = time.perf_counter()
    told = {**environment(str(old)), "PYTHONPATH": str(first / "src")} | _database(urls[1])
    for words in (["migrate", "--verbosity", "0"], ["demo", "--size", size]):
        _run([sys.executable, str(first / "manage.py"), *words], told, cwd=first)
    entered = time.perf_counter() - began
    forward = json.loads(_today("-m", "bench._migrating", folder=old, url=urls[1]))
    whole = _is_whole(old, urls[1])
    return {
        f"{name}: from nothing, migrations": len(fresh["each"]),
        f"{name}: from nothing, seconds": fresh["seconds"],
        f"{name}: the first house's half-year, seconds": entered,
        f"{name}: rows of it": forward["rows"],
        f"{name}: brought up to date, migrations": len(forward["each"]),
        f"{name}: brought up to date, seconds": forward["seconds"],
        **_longest(name, forward["each"]),
        **(_locks(name, forward["each"]) if name == POSTGRESQL else {}),
        f"{name}: rows gone": forward["gone"],
        f"{name}: unlike a new installation": _unlike(fresh["tables"], forward["tables"]),
        f"{name}: not whole": 0 if whole else 1,
    }


def _unlike(one: list[str], other: list[str]) -> int:
    """Count what one has and the other has not, and say it."""
    found = set(one) ^ set(other)
    for line in sorted(found):
        sys.stderr.write(f"{'lacking' if line in set(one) else 'left over'}: {line}\n")
    return len(found)


def _longest(name: str, each: list[dict]) -> dict[str, object]:
    slowest = max(each, key=lambda migration: migration["seconds"])
    return {
        f"{name}: longest migration": slowest["name"],
        f"{name}: longest migration, seconds": slowest["seconds"],
    }


def _locks(name: str, each: list[dict]) -> dict[str, object]:
    """Return how many locks were held on tables that were there, and the longest."""
    held = [
        (lock["seconds"], f"{lock['mode']} on {lock['table']} by {migration['name']}")
        for migration in each
        for lock in migration["held"]
    ]
    longest, which = max(held, default=(0.0, "—"))
    return {
        f"{name}: locks on tables that were there": len(held),
        f"{name}: of these for more than a tenth of a second": sum(one > 0.1 for one, _ in held),
        f"{name}: longest lock": which,
        f"{name}: longest lock, seconds": longest,
    }


def _is_whole(folder: Path, url: str) -> bool:
    try:
        _today(str(ROOT / "manage.py"), "verify", folder=folder, url=url)
    except subprocess.CalledProcessError as error:
        sys.stderr.write(error.stdout)
        return False
    return True


def _today(*words: str, folder: Path, url: str) -> str:
    return _run([sys.executable, *words], environment(str(folder)) | _database(url), cwd=ROOT)


def _database(url: str) -> dict[str, str]:
    return {"DATABASE_URL": url}


def _run(command: list[str], told: Mapping[str, str], *, cwd: Path) -> str:
    given = {name: word for name, word in told.items() if word or name != "DATABASE_URL"}
    done = subprocess.run(
        command, env=given, cwd=cwd, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=("small", "medium", "full"), default="full")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    print(json.dumps(measure(size=parser.parse_args().size), ensure_ascii=False, indent=2))
