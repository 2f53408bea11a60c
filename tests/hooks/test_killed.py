"""kill -9 between the act and its sending: nothing is lost, and what comes twice says so (bar 1)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import migrated

SCRIPT = Path(__file__).with_name("killed.py")


def run(address, *when, folder):
    environment = {
        **{key: word for key, word in os.environ.items() if key != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "qinghe.config.settings",
        "QINGHE_DATA": str(folder),
    }
    return subprocess.run(  # our own script
        [sys.executable, str(SCRIPT), address, *when],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.parametrize(("when", "times"), [("committed", 1), ("sending", 2)])
def test_what_was_done_is_told_after_the_process_was_killed(when, times, house, tmp_path):
    killed = run(house.address, when, folder=migrated.into(tmp_path))
    assert killed.returncode == -9, killed.stderr

    again = run(house.address, folder=tmp_path)

    assert again.stdout == "1", again.stderr
    assert len(house.got) == times
    assert len({headers["webhook-id"] for headers, _ in house.got}) == 1
    assert len({body for _, body in house.got}) == 1
