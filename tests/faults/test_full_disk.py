"""The disk is filled to the brim while devices check people in (bar 8)."""

import json

import pytest

from qinghe.edges.web.outages import FULL

from .clients import Clients
from .conftest import assert_kept
from .house import until

pytestmark = [pytest.mark.whole, pytest.mark.slow, pytest.mark.sqlite]


@pytest.fixture(scope="module")
def house(house_on_disk):
    """The house on the disk."""
    return house_on_disk


def facts(house):
    """Return the file of facts that pages read."""
    return (house.folder / "facts" / "current.duckdb").resolve(strict=True)


def test_a_full_disk_takes_nothing_loses_nothing_and_is_used_again_without_a_restart(
    disk, house, books, numbers, times
):
    house.manage("rebuild-facts")
    house.start()
    before, workers = facts(house), house.workers()

    with Clients(house, books, numbers) as clients:
        for _ in range(times(2, 5)):
            clients.until_acknowledged(40)
            refused = len(clients.history.refused())
            disk.fill()
            until(lambda before=refused: len(clients.history.refused()) > before + 20, seconds=60)
            ready, live = house.get("/health/ready"), house.get("/health/live")
            with pytest.raises(AssertionError):
                house.manage("rebuild-facts")
            assert facts(house) == before
            disk.free()
            clients.until_acknowledged(20)
            assert (ready[0], live[0]) == (503, 200)
            assert json.loads(ready[1])["checks"]["disk"] == "failed"

    assert house.workers() == workers
    for each in clients.history.refused():
        assert each.status == 503
        assert json.loads(each.words)["title"] == FULL.reason
    assert {each.status for each in clients.history.reads} == {200}
    assert_kept(house, clients.history)
    house.manage("rebuild-facts")
    assert facts(house) != before
