"""A server is killed with -9 in the midst of a job; the next one ends it, with its effects once (bar 1)."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import migrated

KILLED = Path(__file__).with_name("killed.py")


@pytest.mark.slow
def test_a_job_killed_half_way_is_ended_by_the_next_worker_with_its_effects_once(tmp_path):
    first = run(migrated.into(tmp_path), "--kill")
    second = run(tmp_path)

    assert first.returncode == -signal.SIGKILL
    assert second.returncode == 0, second.stderr
    assert json.loads(second.stdout) == {
        "state": "done",
        "attempts": 2,
        "exports": 1,
        "trail": 1,
        "files": 1,
    }


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, KILLED, *arguments],
        env=environment | {"QINGHE_DATA": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
