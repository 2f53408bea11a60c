"""PostgreSQL is killed in the midst of a burst, started again, and killed again; or stands still (bar 3).

It is a cluster of its own with everything on that is on by default: the tests' is faster, and forgets.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from qinghe.edges.web.outages import AWAY
from tests import migrated

from .clients import Clients
from .cluster import USER, Cluster
from .conftest import assert_kept
from .house import until

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
LONGEST = 5.0  # seconds until somebody is told, bar 44
STILL, SOON = 30, 10  # seconds, bar 44


@pytest.fixture(scope="module")
def cluster(django_db_setup, django_db_blocker):
    """A cluster with the database of a new house."""
    with tempfile.TemporaryDirectory(prefix="qinghe-pg-", ignore_cleanup_errors=True) as folder:
        made = Cluster(Path(folder))
        try:
            made.start()
            with django_db_blocker.unblock(), migrated.apart() as template:
                made.load(template)
            yield made
        finally:
            made.kill()


@pytest.fixture(scope="module")
def house(house_on_cluster):
    """A house on it."""
    return house_on_cluster


def test_what_was_acknowledged_outlives_every_kill_and_the_server_goes_on(
    cluster, house, books, numbers, times
):
    house.serve()
    server, workers = house.process.pid, set(house.workers())

    with Clients(house, books, numbers) as clients:
        for _ in range(times(3, 50)):
            clients.until_acknowledged(40)
            cluster.kill()
            refused = len(clients.history.refused())
            until(lambda before=refused: len(clients.history.refused()) > before + 3, seconds=20)
            cluster.start()
            clients.until_acknowledged(10)

    assert house.process.pid == server
    assert workers <= set(house.workers())
    assert_told(clients.history.refused())
    assert_kept(house, clients.history)


def assert_told(refused):
    """Nobody waited long, and everybody was told what became of the scan."""
    assert refused
    for each in refused:
        assert (each.status, each.seconds < LONGEST) == (503, True), each
        told = json.loads(each.words)
        assert told["type"] == "/problems/unavailable"
        assert "数据库暂时没有应答" in told["title"]


def test_a_page_says_so_too_and_comes_back_by_itself(cluster, house):
    house.serve()
    cluster.kill()
    began = time.monotonic()
    away = house.get("/accounts/login/"), house.get("/health/ready"), house.get("/health/live")
    waited = time.monotonic() - began

    cluster.start()

    assert [status for status, _ in away] == [503, 503, 200]
    assert "数据库暂时没有应答" in away[0][1]
    assert waited < LONGEST
    assert house.get("/accounts/login/")[0] == 200


@pytest.mark.whole
def test_a_server_that_stands_still_holds_nobody_up_and_ten_seconds_later_all_is_as_before(
    cluster, house, books, numbers
):
    """Bar 44: for half a minute, on connections that were open."""
    house.serve()
    workers, pages = set(house.workers()), []

    with Clients(house, books, numbers, readers=3, pause=0.2) as clients:
        clients.until_acknowledged(60)
        cluster.stand_still()
        stopped = time.monotonic()
        while time.monotonic() < stopped + STILL:
            for path in ("/accounts/login/", "/health/ready", "/health/live"):
                began = time.monotonic()
                pages.append((path, *house.get(path), time.monotonic() - began))
            time.sleep(0.2)
        cluster.go_on()
        went_on = time.monotonic()
        time.sleep(SOON)
        clients.until_acknowledged(60)

    answers = [*clients.history.scans, *clients.history.reads]
    while_still = [each for each in answers if stopped + LONGEST < each.at < went_on]
    waits = [each.seconds for each in answers] + [seconds for *_, seconds in pages]
    sys.stdout.write(
        f"{len(while_still)} told, longest wait {max(waits):.2f} s, "
        f"the next scan {clients.history.next_after(went_on):.2f} s after it went on\n"
    )
    assert clients.history.unanswered == 0
    assert max(waits) < LONGEST
    assert_told([each for each in answers if each.status != 200])
    assert {each.status for each in while_still} == {503}
    assert {each.status for each in answers if each.at > went_on + SOON} == {200}
    for path, status, text, _ in pages:
        assert status == (200 if path == "/health/live" else 503), path
        assert path != "/accounts/login/" or AWAY.reason in text
    assert workers <= set(house.workers())
    assert_kept(house, clients.history)


def test_a_server_killed_in_the_midst_has_kept_all_that_it_acknowledged(house, books, numbers):
    """Bar 1."""
    house.serve()
    with Clients(house, books, numbers) as clients:
        clients.until_acknowledged(40)
        house.kill()

    assert_kept(house, clients.history)


def test_a_start_refuses_a_database_that_is_told_to_forget(cluster, house):
    house.kill()
    change(cluster, f"ALTER ROLE {USER} SET synchronous_commit = off")

    try:
        with pytest.raises(AssertionError, match=r"PostgreSQL 关闭了 synchronous_commit.*没有启动"):
            house.start()
    finally:
        change(cluster, f"ALTER ROLE {USER} RESET synchronous_commit")


def change(cluster, statement):
    """Have an administrator of the database change something."""
    with psycopg.connect(cluster.address, autocommit=True) as connection:
        connection.execute(statement)
