"""A load is killed with -9 in the midst of a chunk (bars 1 and 41)."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import migrated

from . import makers

LOADER = Path(__file__).with_name("loader.py")


@pytest.mark.slow
def test_a_load_killed_in_the_midst_of_a_chunk_is_completed_by_the_next_run(saved, tmp_path):
    path = saved(makers.book(makers.people_rows(2_300)))

    migrated.into(tmp_path)

    killed = run(path, kill=4, folder=tmp_path)
    again = run(path, kill=0, folder=tmp_path)

    assert killed.returncode == -signal.SIGKILL
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout) == {
        "people": 2_300,
        "numbers": 2_300,
        "chunks": 2,  # three had been kept, the fourth was undone
        "trail": 5,
        "written": 2_300,
        "state": "loaded",
    }
    assert "没有重复写入" in run(path, kill=0, folder=tmp_path).stderr


def run(path: Path, *, kill: int, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, LOADER, path, str(kill)],
        env=environment | {"QINGHE_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
