"""A freezing is killed with -9 at one moment after another; the next leaves one, and a whole one (bar 1)."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import migrated

SCRIPT = Path(__file__).with_name("freezing.py")
BEFORE = ("some rows", "named")


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """A data folder with a counted half-year, never frozen."""
    folder = migrated.into(tmp_path_factory.mktemp("counted"))
    done = run(folder, "make")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def data(counted, tmp_path):
    """A copy of it to be killed in."""
    return Path(shutil.copytree(counted, tmp_path / "data"))


@pytest.mark.slow
@pytest.mark.parametrize("moment", BEFORE)
def test_killed_before_its_end_a_freezing_is_not_there_and_the_next_is_whole(data, moment):
    killed = run(data, "freeze", moment)
    found = run_whole(data)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    before = found["before"]
    assert (before["freezings"], before["rows"], before["trail"]) == ([], 0, 0)
    assert found["said"] == ""
    assert (before["left over"] > 0, found["now"]["left over"]) == (True, 0)
    assert_one_and_whole(found["now"])


@pytest.mark.slow
def test_killed_right_after_its_end_a_freezing_stands_and_is_not_made_twice(data):
    killed = run(data, "freeze", "kept")
    found = run_whole(data)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert found["before"] == found["now"]
    assert found["said"] == "reason_needed"
    assert_one_and_whole(found["now"])


def assert_one_and_whole(found):
    assert found["freezings"] == found["folders"] == ["2022H1-1"]
    assert found["rows"] == found["expected rows"] > 0
    assert (found["formulas"], found["trail"]) == (found["expected formulas"], 1)
    assert found["equal"] == [True]


def run_whole(folder: Path) -> dict[str, dict]:
    done = run(folder, "freeze")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, SCRIPT, *arguments],
        env=environment | {"QINGHE_DATA": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
