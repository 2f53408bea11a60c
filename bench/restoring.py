"""A machine is lost right after a backup: how much is gone, and how long until another one serves (bar 9).

A whole district, into which somebody writes all the while. It is backed up as a folder, again as a
folder, and as a sealed file; then the writer is killed and the machine is gone. Another one restores the
sealed file with the keys that were kept apart, brings its tables up to date, builds the facts, verifies
everything, and serves. What is lost at most is what the timer of deploy/ waits, and one backup.
`python -m bench.restoring --postgresql` does the same there.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from bench import _apart, _clusters, _served
from bench._limits import at_most
from bench._served import ROOT

LOST, AWAY = 15 * 60, 30 * 60  # seconds of work, seconds until it serves again
BAR = f"at most {LOST // 60} minutes of work are lost, and it serves again within {AWAY // 60}"
LIMITS = (
    at_most("acknowledged before the last backup and missing", 0),
    at_most("lost at most, seconds of work", LOST),
    at_most("from nothing to serving again, seconds", AWAY),
)
TIMER = ROOT / "deploy/systemd/qinghe-backup.timer"


def run() -> dict[str, object]:
    """Measure on a whole district, on SQLite."""
    with TemporaryDirectory(prefix="qinghe-bench-") as name:
        shutil.copytree(_apart.whole_demo().folder, Path(name) / "house")
        return measure(Path(name), before="", after="")


def on_postgresql() -> dict[str, object]:
    """Measure on PostgreSQL."""
    with _clusters.cluster() as server, TemporaryDirectory(prefix="qinghe-bench-") as name:
        house = Path(name) / "house"
        house.mkdir()
        with psycopg.connect(server.url(name="postgres"), autocommit=True) as own:
            own.execute("CREATE DATABASE again")
        for words in (["migrate", "--verbosity", "0"], ["demo", "--size", "full"]):
            _manage(house, server.url(), *words)
        return measure(Path(name), before=server.url(), after=server.url(name="again"))


def measure(root: Path, *, before: str, after: str) -> dict[str, object]:
    """Lose the house in a folder, with its database, and have another one in its place."""
    house, again, phrase = root / "house", root / "again", root / "passphrase"
    phrase.write_text("correct horse battery staple of the bench\n")
    with (root / "said").open("w") as said:  # a pipe that nobody reads would stop it
        writer = subprocess.Popen(
            [sys.executable, "-m", "bench._writing"],
            env=_told(house, before), cwd=ROOT, stdout=said,
        )  # fmt: skip
    try:
        first = _timed(house, before, "backup", root / "plain")
        second = _timed(house, before, "backup", root / "plain")
        began = time.time()
        sealed = _timed(house, before, "backup", root / "away", "--keys", root / "keys",
                        "--passphrase", phrase, "--keep", "3")  # fmt: skip
    finally:
        writer.kill()
        lost = time.time()
        writer.wait()
    shutil.rmtree(house)
    again.mkdir()
    restored = _timed(again, after, "restore", root / "away", "--keys", root / "keys",
                      "--passphrase", phrase)  # fmt: skip
    started = time.perf_counter()
    with _served.Server(
        str(again), port=_served.free_port(), settings={"DATABASE_URL": after}
    ) as server:
        server.started()
        serving = time.perf_counter() - started
    told = (root / "said").read_text()
    acknowledged = dict(map(_line, told[: told.rfind("\n") + 1].splitlines()))
    there = set(json.loads(_run("-m", "bench._writing", "look", folder=again, url=after)))
    missing = sum(at < began and number not in there for number, at in acknowledged.items())
    last = max((at for number, at in acknowledged.items() if number in there), default=began)
    at_most_lost, away = _wait() + sealed, restored + serving
    return {
        "bar": BAR,
        "a backup as a folder, seconds": first,
        "a second one beside it, seconds": second,
        "a sealed backup, seconds": sealed,
        "a folder, megabytes": _size(root / "plain") // 2_000_000,
        "a sealed file, megabytes": _size(root / "away") // 1_000_000,
        "written and acknowledged meanwhile": len(acknowledged),
        "acknowledged before the last backup and missing": missing,
        "lost when the machine goes right after it, seconds of work": lost - last,
        "between two backups, seconds": _wait(),
        "lost at most, seconds of work": at_most_lost,
        "restored, facts built, verified: seconds": restored,
        "started until it answers, seconds": serving,
        "from nothing to serving again, seconds": away,
        "bar met": not missing and at_most_lost <= LOST and away <= AWAY,
    }


def _wait() -> int:
    """Return how many seconds the timer lets go by between two backups."""
    said = re.search(r"^OnCalendar=\*:0/(\d+)$", TIMER.read_text(), re.MULTILINE)
    if said is None:
        raise AssertionError(f"{TIMER.name} does not say so many minutes, day and night")
    return int(said[1]) * 60


def _line(told: str) -> tuple[int, float]:
    number, at = told.split()
    return int(number), float(at)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _timed(folder: Path, url: str, *words: object) -> float:
    began = time.perf_counter()
    _manage(folder, url, *words)
    return time.perf_counter() - began


def _manage(folder: Path, url: str, *words: object) -> None:
    _run(ROOT / "manage.py", *words, folder=folder, url=url)


def _run(*words: object, folder: Path, url: str) -> str:
    command = [sys.executable, *map(str, words)]
    done = subprocess.run(
        command, env=_told(folder, url), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def _told(folder: Path, url: str) -> Mapping[str, str]:
    return _apart.environment(str(folder)) | ({"DATABASE_URL": url} if url else {})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgresql", action="store_true", help="measure on PostgreSQL")
    found = on_postgresql() if parser.parse_args().postgresql else run()
    print(json.dumps(found, ensure_ascii=False, indent=2))
