"""PostgreSQL's own disk is filled to the brim while devices check people in (bar 8).

A table that cannot grow refuses one statement; a log that cannot grow ends the server, which then
comes back only once there is room, started by whoever starts it. The house serves all the time.
"""

import json
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from qinghe.edges.web.outages import AWAY, FULL
from tests import migrated

from .clients import Clients
from .cluster import Cluster
from .conftest import assert_kept
from .disk import Disk, may_mount
from .house import until

pytestmark = [pytest.mark.whole, pytest.mark.slow, pytest.mark.postgres]
SMALL_LOG = {"max_wal_size": "64MB", "min_wal_size": "32MB"}


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    """A disk of its own, at a path that is short enough for a socket."""
    if not may_mount(tmp_path_factory.mktemp("try")):
        pytest.skip("no disk can be mounted here (root, mount, mkfs.ext4)")
    folder = Path(tempfile.mkdtemp(prefix="qinghe-disk-"))
    folder.chmod(0o755)
    made = Disk(folder, megabytes=400)
    yield made
    made.unmount()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def cluster(disk, django_db_setup, django_db_blocker):
    """A cluster on it, with the database of a new house."""
    folder = disk.path / "pg"
    folder.mkdir()
    made = Cluster(folder, **SMALL_LOG)
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


def cut_the_log(cluster):
    """Have the log begin a new file, for which there is no room."""
    with suppress(psycopg.OperationalError), psycopg.connect(cluster.address) as own:
        for _ in range(8):
            own.execute("SELECT pg_switch_wal()")
            own.execute("SELECT txid_current()")
            own.commit()


def wait_for_refusals(clients, more):
    """Wait until so many more scans were refused."""
    had = len(clients.history.refused())
    until(lambda: len(clients.history.refused()) > had + more, seconds=60)


@pytest.mark.parametrize("more", [lambda cluster: None, cut_the_log], ids=["tables", "log"])
def test_a_full_disk_of_postgresql_takes_nothing_loses_nothing_and_the_house_goes_on(
    cluster, disk, house, books, numbers, times, more
):
    house.serve()
    server, started = house.process.pid, 0

    with Clients(house, books, numbers, pause=0.2) as clients:
        for _ in range(times(2, 5)):
            clients.until_acknowledged(40)
            disk.fill()
            more(cluster)
            wait_for_refusals(clients, 20)
            before = len(clients.history.acknowledged)
            wait_for_refusals(clients, 20)
            assert len(clients.history.acknowledged) == before
            disk.free()
            if cluster.process.poll() is not None:
                cluster.start()
                started += 1
            clients.until_acknowledged(20)

    told = [json.loads(each.words)["title"] for each in clients.history.refused()]
    sys.stdout.write(
        f"{told.count(FULL.reason)} told of the disk, {told.count(AWAY.reason)} of the database, "
        f"PostgreSQL started {started} times\n"
    )
    assert house.process.pid == server
    assert {each.status for each in clients.history.refused()} == {503}
    assert set(told) <= {FULL.reason, AWAY.reason}
    assert FULL.reason in told or started
    assert_kept(house, clients.history)
