"""Who does which kind of job. A system names its runners in its manifest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeAlias

from qinghe.kernel.access.actors import Actor

# S-10, bar 27: a file of personal data does not lie about.
PERSONAL_LASTS = timedelta(hours=24)
LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Result:
    """What a job leaves behind: a file, a page to look at, or both.

    `settle` writes the job's last effects; it runs in the transaction that ends the job.
    """

    file: Path | None = None
    name: str = ""
    lasts: timedelta = PERSONAL_LASTS
    url: str = ""
    words: str = ""
    settle: Callable[[], None] | None = None


Arguments: TypeAlias = Mapping[str, int | str]


class Running(Protocol):
    """What a runner is given: who asked, and where to say how far it is."""

    @property
    def job_id(self) -> int: ...
    @property
    def arguments(self) -> Arguments: ...
    @property
    def by(self) -> Actor: ...
    @property
    def at(self) -> datetime: ...

    def progress(self, done: int, total: int) -> None:
        """Say how far it is, in a transaction of its own. Raises Stopped when it is cancelled."""
        ...


class Stopped(Exception):
    """The person cancelled: what was done in whole steps stays."""


@dataclass(frozen=True)
class Runner:
    """One kind of job. `run` checks again what its person may do: roles may have gone meanwhile.

    `again` says that it may be started once more after a break: what it writes on the way counts
    itself, and everything else is written by `settle`. `is_open` tells, when its file is fetched,
    whether the person may still have it; `is_guarded`, whether they sign in anew before (bar 27).
    """

    kind: str
    label: str
    run: Callable[[Running], Result | None]
    again: bool = True
    cancellable: bool = True
    is_open: Callable[[Arguments, Actor, datetime], bool] | None = None
    is_guarded: Callable[[Arguments], bool] | None = None


RUNNERS: list[Runner] = []


def runner_of(kind: str) -> Runner | None:
    """Return who does this kind of job."""
    return next((runner for runner in RUNNERS if runner.kind == kind), None)
