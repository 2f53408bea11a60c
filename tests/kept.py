"""Worlds that tests stand on: built once for all that follow one another, undone after the last.

A world is built in a transaction around those of the tests, which roll back to it. What a test gets
of it is a copy, as are the files that were written with it, so that no test sees another's changes.
"""

import copy
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tests import entered

Make = Callable[[], object]


@dataclass(frozen=True)
class World:
    """What was built, and what undoes it."""

    make: Make
    around: transaction.Atomic
    folder: Path
    built: object


_makes: dict[object, Make] = {}
_below: list[World] = []  # what the tests stand on now: one, or none


def kept(make: Make) -> object:
    """Return a fixture that gives a test its copy of what a function builds."""

    def world(request: pytest.FixtureRequest, db: None, data_folder: Path) -> object:
        if not _below or _below[0].make is not make:  # the test empties all tables after it
            return make()
        shutil.copytree(_below[0].folder, data_folder, dirs_exist_ok=True)
        return copy.deepcopy(_below[0].built)

    _makes[world] = make
    return pytest.fixture(world)


def make_way(item: pytest.Item, *, alone: bool) -> None:
    """Undo the world of the tests before, unless this one stands on the same."""
    make = None if alone else asked(item)
    lost = connection.closed_in_transaction  # a test closed what the world stands in
    if _below and (_below[0].make is not make or lost):
        leave()


def stand(item: pytest.Item, *, folder: Callable[[], Path], alone: bool) -> None:
    """Put the world that a test asks for below it, if it does not stand there yet."""
    make = None if alone else asked(item)
    if make is not None and not _below:
        _below.append(_build(make, folder()))


def asked(item: pytest.Item) -> Make | None:
    """Return what builds the world that a test asks for, if it asks for any."""
    known = item._fixtureinfo.name2fixturedefs.values()
    found = [_makes[one[-1].func] for one in known if one[-1].func in _makes]
    if len(found) > 1:
        raise pytest.UsageError(f"{item.nodeid} stands on {len(found)} worlds; keep one of them")
    return found[0] if found else None


def leave() -> None:
    """Undo the world that the tests stand on."""
    while _below:
        transaction.set_rollback(True)
        _below.pop().around.__exit__(None, None, None)


def _build(make: Make, folder: Path) -> World:
    around = transaction.atomic()
    around._from_testcase = True  # what has to be durable may stand in it, as in a test
    around.__enter__()
    try:
        entered.enter_missing()
        files = {"MEDIA_ROOT": folder / "files", "QINGHE_KEYS": folder / "keys"}
        with override_settings(QINGHE_DATA=folder, **files):
            return World(make, around, folder, make())
    except BaseException:
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
        raise
