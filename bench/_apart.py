"""Lets a bench measure in a process of its own: on a folder that goes with it, or on a whole demo."""

import atexit
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import _served
from bench._served import ROOT


@dataclass(frozen=True)
class Demo:
    """A data folder with the whole demo, and how many seconds it took to make."""

    folder: Path
    seconds: float


def measure(bench: str) -> dict[str, object]:
    """Run the module of a bench as a program, on SQLite, and return what it prints."""
    with TemporaryDirectory(prefix="qinghe-bench-") as folder:
        return _printed(f"bench.{bench}", folder=folder)


def on_the_demo(bench: str) -> dict[str, object]:
    """Run what a bench measures on the whole demo, on SQLite, and return it."""
    return _printed("bench._inside", bench, folder=str(whole_demo().folder))


@cache
def whole_demo() -> Demo:
    """Make the demo at full size, once for all benches of a run; it goes with this process."""
    folder = Path(tempfile.mkdtemp(prefix="qinghe-bench-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    started = time.perf_counter()
    for words in (["migrate", "--verbosity", "0"], ["demo", "--size", "full"]):
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *words],
            env=environment(str(folder)),
            check=True,
            capture_output=True,
        )
    return Demo(folder, time.perf_counter() - started)


def environment(folder: str) -> dict[str, str]:
    """Return what a process is started with that works on this folder, and on SQLite."""
    given = _served.environment(folder)
    given.pop("DATABASE_URL", None)
    return given


def _printed(module: str, *words: str, folder: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env=environment(folder),
        stdout=subprocess.PIPE,
        check=True,
        cwd=ROOT,
    )
    return json.loads(done.stdout)
