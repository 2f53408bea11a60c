"""How long a whole district takes to be entered, from an empty folder to its figures."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench._limits import at_most

ROOT = Path(__file__).resolve().parents[1]
BAR = "full size in < 4 min, packages installed"
LIMIT = 240.0
LIMITS = (at_most("seconds", LIMIT),)


def run() -> dict[str, object]:
    """Fill a folder of its own at full size and return the seconds."""
    with tempfile.TemporaryDirectory(prefix="qinghe-bench-") as folder:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        env = {**kept, "QINGHE_DATA": folder}
        started = time.perf_counter()
        for words in (["migrate", "--verbosity", "0"], ["demo", "--size", "full"]):
            subprocess.run(
                [sys.executable, str(ROOT / "manage.py"), *words],
                env=env,
                check=True,
                capture_output=True,
            )
        seconds = time.perf_counter() - started
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    return {
        "bar": BAR,
        "seconds": seconds,
        "share of the limit": seconds / LIMIT,
        "megabytes in the data folder": size // 1_000_000,
        "bar met": seconds < LIMIT,
    }
