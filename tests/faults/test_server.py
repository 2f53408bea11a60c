"""The server on SQLite is hurt while devices check people in: nothing acknowledged is lost or doubled."""

import time

import pytest

from .clients import Clients
from .conftest import assert_kept

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
SOON = 2.0  # seconds, bar 1


@pytest.fixture(scope="module")
def histories():
    """All histories of this module, which share one house."""
    return []


@pytest.fixture(scope="module", autouse=True)
def _served(house, books):
    house.start()


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


def test_the_whole_server_is_killed_in_the_midst_and_all_that_was_acknowledged_is_there(
    house, books, numbers, histories
):
    """Bar 1."""
    with Clients(house, books, numbers) as clients:
        clients.until_acknowledged(40)
        house.kill()

    assert_kept(house, *histories, clients.history)
