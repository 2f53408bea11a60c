"""The power of the disk is cut in the midst of work; what was acknowledged is there at the next start (bar 2)."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests import migrated
from tests.sheets import makers
from tests.sheets.test_kill import LOADER

from .clients import Clients
from .conftest import assert_kept
from .house import ROOT, House, until

pytestmark = [pytest.mark.whole, pytest.mark.slow, pytest.mark.sqlite]
FREEZING = ROOT / "tests" / "analytics" / "freezing.py"
WORKS = Path(__file__).with_name("works.py")


@pytest.fixture(scope="module")
def house(house_on_disk):
    """The house on the disk."""
    return house_on_disk


@pytest.fixture
def apart(disk, tmp_path):
    """A house of its own on the same disk, for work that no page waits for."""
    folder = Path(tempfile.mkdtemp(dir=disk.path))
    found = migrated.served_before(folder)
    os.sync()  # as house_on_disk does
    yield House(found, log=tmp_path / "log")
    shutil.rmtree(folder)


def test_a_forgetful_writer_is_found_out(disk):
    """The cut has teeth: what is said before it is synced is lost."""
    told = disk.path / "told"
    told.write_text("acknowledged")

    disk.cut()
    disk.come_back()

    assert not told.exists() or told.read_text() == ""


def test_every_scan_acknowledged_before_a_cut_is_there_after_it(disk, house, books, numbers, times):
    histories = []

    for _ in range(times(3, 30)):
        house.start()
        with Clients(house, books, numbers) as clients:
            clients.until_acknowledged(random.randint(20, 200))
            disk.cut()
            refused = len(clients.history.refused())
            until(lambda before=refused: len(clients.history.refused()) > before, seconds=30)
        house.kill()
        disk.come_back()
        histories.append(clients.history)

    assert {each.status for history in histories for each in history.refused()} == {503}
    assert_kept(house, *histories)


def cut_while(disk, house, words, *, begun, wait=0.0):
    """Cut the power at some moment of a program's work; return what it had said by then."""
    process = subprocess.Popen(
        [sys.executable, *words], env=house.environment, cwd=ROOT, stdout=subprocess.PIPE
    )
    until(lambda: begun() or process.poll() is not None, seconds=120, pause=0.001)
    time.sleep(wait)  # the moment is left to chance
    disk.cut()
    process.kill()
    said, _ = process.communicate()
    disk.come_back()
    return said.decode()


def has_written(house, size):
    """Return what tells that a house has so many bytes in its database's log."""
    log = house.folder / "qinghe.sqlite3-wal"
    return lambda: log.exists() and log.stat().st_size > size


def test_a_rebuild_of_the_facts_that_lost_power_leaves_facts_that_open(disk, house, times):
    house.manage("rebuild-facts")
    facts = house.folder / "facts"

    def begun():
        return list(facts.glob("building-*"))

    for _ in range(times(3, 10)):
        wait = random.uniform(0, 0.5)
        cut_while(disk, house, [ROOT / "manage.py", "rebuild-facts"], begun=begun, wait=wait)
        assert house.script("works.py", "facts") == "1"

    house.manage("rebuild-facts")
    assert begun() == []


@pytest.mark.parametrize("size", [150_000, 300_000, 450_000])
def test_an_import_that_lost_power_is_completed_by_the_next_run(disk, apart, tmp_path, size):
    book = tmp_path / "people.xlsx"
    book.write_bytes(makers.book(makers.people_rows(2_300)))

    cut_while(disk, apart, [LOADER, book, "0"], begun=has_written(apart, size))
    again = json.loads(apart.run(LOADER, book, "0"))

    assert (again["people"], again["numbers"], again["written"]) == (2_300, 2_300, 2_300)
    assert (again["trail"], again["state"]) == (5, "loaded")


@pytest.mark.parametrize("wait", [0.0, 0.05, 0.2, 1.0])
def test_a_freezing_that_lost_power_is_whole_or_not_there(disk, apart, wait):
    apart.run(FREEZING, "make")
    frozen = apart.folder / "frozen"

    def begun():
        return frozen.exists() and any(frozen.iterdir())

    said = cut_while(disk, apart, [FREEZING, "freeze"], begun=begun, wait=wait)
    found = json.loads(apart.run(FREEZING, "freeze"))

    if said:
        assert found["before"]["freezings"] == ["2022H1-1"]
    assert found["now"]["freezings"] == found["now"]["folders"] == ["2022H1-1"]
    assert (found["now"]["equal"], found["now"]["left over"]) == ([True], 0)
    assert found["now"]["rows"] == found["now"]["expected rows"] > 0


@pytest.mark.parametrize(("size", "wait"), [(300_000, 0), (4_000_000, 0.3), (4_000_000, 1.5)])
def test_files_that_were_kept_before_a_cut_are_whole_after_it(disk, apart, size, wait):
    """With the log grown to its full length, syncing it brings no names of other files along."""
    said = cut_while(disk, apart, [WORKS, "keep"], begun=has_written(apart, size), wait=wait)
    numbers = [int(line) for line in said[: said.rfind("\n") + 1].split()]

    assert len(numbers) > 3
    assert apart.run(WORKS, "kept", given=json.dumps(numbers)) == "0"
