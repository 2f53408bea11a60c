"""The server on SQLite is hurt while devices check people in: nothing acknowledged is lost or doubled."""

import json
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from qinghe.edges.web.outages import BUSY

from .clients import Clients
from .conftest import assert_kept

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
SOON = 2.0  # seconds, bar 1
MINUTE, LONGEST = 60, 1.0  # seconds, bar 5


@pytest.fixture(scope="module")
def histories():
    """All histories of this module, which share one house."""
    return []


@pytest.fixture(scope="module")
def many(request):
    """More than elsewhere, where faults are made a hundred times."""
    return 60_000 if request.config.getoption("--all") else 12_000


@pytest.fixture(autouse=True)
def _served(house, books):
    house.serve()


def test_a_killed_worker_is_replaced_and_devices_go_on_within_two_seconds(
    house, books, numbers, histories, times
):
    """Bar 1."""
    waits = []

    with Clients(house, books, numbers) as clients:
        for _ in range(times(3, 100)):
            clients.until_acknowledged(times(20, 200))
            killed, moment = house.kill_worker(), time.monotonic()
            clients.until_acknowledged(10)
            waits.append(clients.history.next_after(moment))
            assert killed not in house.workers()

    histories.append(clients.history)
    assert clients.history.refused() == []
    assert max(waits) <= SOON, waits


def test_while_another_program_holds_the_database_writers_wait_and_readers_go_on(
    house, books, numbers, histories, times
):
    """Bar 5; a writer that waited in vain is told so, and sends the same scan again."""
    with Clients(house, books, numbers, readers=2) as clients:
        clients.until_acknowledged(20)
        held = sqlite3.connect(house.folder / "qinghe.sqlite3", isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
        since = time.monotonic()
        time.sleep(times(3, 20))  # as long as the fault lasts
        let_go = time.monotonic()
        held.execute("ROLLBACK")
        held.close()
        clients.until_acknowledged(40)

    histories.append(clients.history)
    meanwhile = [each for each in clients.history.reads if since < each.at < let_go]
    assert len(meanwhile) > times(10, 60)
    assert {each.status for each in clients.history.reads} == {200}
    for each in clients.history.refused():
        assert (each.status, BUSY.reason in str(json.loads(each.words))) == (503, True), each


@pytest.mark.whole
def test_of_four_writers_that_never_rest_for_a_minute_nobody_waits_for_a_second(
    house, books, numbers, histories
):
    """Bar 5: two threads of the served house, and two processes beside it."""
    with (
        ThreadPoolExecutor(2) as beside,
        Clients(house, books, numbers, devices=2, readers=1) as clients,
    ):
        writers = [beside.submit(house.script, "writing.py", str(MINUTE)) for _ in range(2)]
        told = [json.loads(each.result()) for each in writers]

    histories.append(clients.history)
    scans, reads = clients.history.scans, clients.history.reads
    longest = [max(each.seconds for each in scans), *(each["longest"] for each in told)]
    written = [len(scans), *(each["written"] for each in told)]
    sys.stdout.write(f"written {written}, longest waits {[round(each, 3) for each in longest]} s\n")
    assert [each["refused"] for each in told] == [[], []]
    assert {each.status for each in (*scans, *reads)} == {200}
    assert clients.history.unanswered == 0
    assert max(longest) < LONGEST
    assert min(written) > 5 * MINUTE  # each had its turns


def test_the_whole_server_is_killed_in_the_midst_and_all_that_was_acknowledged_is_there(
    house, books, numbers, histories
):
    """Bars 1 and 5."""
    with Clients(house, books, numbers) as clients:
        clients.until_acknowledged(40)
        house.kill()

    assert_kept(house, *histories, clients.history)
