"""Runs the command line as a user does, on a data folder of its own, always on SQLite.

The suite's PostgreSQL run has its own database; what these tests hold is the command line.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests import migrated

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}


def manage(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one command and return what it said."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env={**ENVIRONMENT, "QINGHE_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def told(folder: Path, size: str) -> Path:
    """Fill a folder with a demo and return it."""
    done = manage(migrated.served_before(folder), "demo", "--size", size)
    assert done.returncode == 0, done.stderr
    return folder


def told_once(shared: Path) -> Path:
    """Return the data folder of the small demo in a folder that all processes of a run share.

    The first who needs it tells it. It is for reading: whoever changes it takes a copy.
    """
    whole, begun = shared / "small-demo", shared / "small-demo-begun"
    with (shared / "small-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            told(begun, "small").rename(whole)
    return whole


def figures(folder: Path) -> list[dict[str, str]]:
    """Return the district's figures of the first half of 2022."""
    said = manage(folder, "figures", "--period", "2022H1", "--json")
    assert said.returncode == 0, said.stderr
    return [json.loads(line) for line in said.stdout.splitlines()]
