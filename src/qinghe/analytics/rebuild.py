"""Rebuilds the facts of all installed systems."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.verdicts import Refused

from . import building, catalogue, store
from .building import Built

REFUSED = 2  # the exit code of a command that says no
SOURCES = Path(__file__).resolve().parents[2]


def in_this_process(*, at: datetime) -> Built:
    """Rebuild here. Not for a process that serves pages from SQLite: see `reading`.

    Raises Refused: already_rebuilding.
    """
    return building.build(
        facts=catalogue.FACTS.values(), lineage=_lineage(), at=at, folder=store.folder()
    )


def in_child() -> None:
    """Rebuild in a process of its own and wait for it; pages go on reading the old file.

    Raises Refused: rebuild_failed.
    """
    done = subprocess.run(
        [sys.executable, "-m", "django", "rebuild-facts"],
        env={
            # Its statements may take longer than those of the pages that it is begun beside.
            **{name: word for name, word in os.environ.items() if name != "QINGHE_WEB"},
            "PYTHONPATH": os.pathsep.join([str(SOURCES), os.environ.get("PYTHONPATH", "")]),
            "QINGHE_DATA": str(store.folder().parent),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == REFUSED:
        raise Refused("rebuild_failed", done.stderr.strip())
    if done.returncode:
        raise RuntimeError(f"rebuild-facts ended with {done.returncode}: {done.stderr}")


def _lineage() -> Iterator[orgs.Line]:
    yield from orgs.lineage()  # asked for when it is needed, which is after the facts
