"""Houses to hurt: served by real processes, with devices that keep a history."""

import json
import os

import pytest

from tests import migrated

from .disk import Disk, may_mount
from .house import House


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A house on SQLite, with a session of today; not served yet."""
    folder = migrated.served_before(tmp_path_factory.mktemp("house"))
    made = House(folder, log=folder.with_name("log"))
    yield made
    made.kill()


@pytest.fixture(scope="module")
def many():
    """How many volunteers may come."""
    return 12_000


@pytest.fixture(scope="module")
def books(house, many):
    """What devices need to know of it."""
    return json.loads(house.script("books.py", "fill", str(many)))


@pytest.fixture(scope="module")
def numbers(books):
    """Volunteers who did not come yet."""
    return iter(books["numbers"])


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    """A disk of its own, where this machine lets us mount one."""
    if not may_mount(tmp_path_factory.mktemp("try")):
        pytest.skip("no disk can be mounted here (root, mount, mkfs.ext4)")
    made = Disk(tmp_path_factory.mktemp("mounted"), megabytes=128)
    yield made
    made.unmount()


@pytest.fixture(scope="module")
def house_on_disk(disk, tmp_path_factory):
    """A house whose records lie on it; not served yet."""
    migrated.served_before(disk.path)
    os.sync()  # a house that was served long ago loses nothing of it in a cut
    made = House(disk.path, log=tmp_path_factory.mktemp("log") / "log")
    yield made
    made.kill()


@pytest.fixture(scope="module")
def house_on_cluster(cluster, tmp_path_factory):
    """A house whose records lie in the cluster of its module; not served yet."""
    folder = tmp_path_factory.mktemp("house")
    made = House(
        folder, log=folder.with_name("log"), DATABASE_URL=cluster.address, QINGHE_THROWAWAY="0"
    )
    yield made
    made.kill()


@pytest.fixture
def times(request):
    """Return how often a fault is made: a few times, or with --all as often as its bar says."""
    return lambda few, bar: bar if request.config.getoption("--all") else few


def assert_kept(house: House, *histories) -> None:
    """Everything acknowledged is there, once, and rows, trail and chain agree."""
    acknowledged = [nonce for history in histories for nonce in history.acknowledged]
    assert acknowledged
    found = json.loads(house.script("books.py", "look", given=json.dumps(acknowledged)))
    (count,) = found.pop("counts")
    assert found == {"lost": 0, "doubled": 0, "chain": "", "file": "ok"}
    assert count >= len(acknowledged)
