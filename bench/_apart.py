"""Lets a bench measure in a process of its own, on a data folder that goes with it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]


def measure(bench: str) -> dict[str, object]:
    """Run the module of a bench as a program, on SQLite, and return what it prints."""
    with TemporaryDirectory(prefix="qinghe-bench-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{bench}"],
            env=environment(folder),
            stdout=subprocess.PIPE,
            check=True,
            cwd=ROOT,
        )
    return json.loads(done.stdout)


def environment(folder: str) -> dict[str, str]:
    """Return what a process is started with that works on this folder, and on SQLite."""
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), given.get("PYTHONPATH", "")])
    return given | {"QINGHE_DATA": folder, "PYTHONPATH": path}
