"""The clock of the machine is moved, back too, while devices check people in (bar 1); nothing is lost, doubled or misjudged."""

import json
from http.client import HTTPConnection
from uuid import uuid4

import pytest

from tests import migrated

from .clients import Clients
from .clocks import HOUR, MINUTE, Clock
from .conftest import assert_kept
from .house import House, until

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]
BASE = 10 * MINUTE  # later than the tokens were made, which hold from then on


@pytest.fixture(scope="module")
def clock(tmp_path_factory):
    return Clock(tmp_path_factory.mktemp("clock") / "off")


@pytest.fixture(scope="module")
def house(clock, tmp_path_factory):
    """A house whose clock can be moved while it serves."""
    folder = migrated.served_before(tmp_path_factory.mktemp("house"))
    made = House(folder, log=folder.with_name("log"), **clock.environment)
    yield made
    made.kill()


@pytest.fixture(autouse=True)
def _served(house, books, clock):
    clock.move(BASE)
    house.serve()


def ask(house, books, scan):
    connection = HTTPConnection("127.0.0.1", house.port, timeout=30)
    headers = {"Authorization": f"Bearer {books['tokens'][7]}", "Content-Type": "application/json"}
    connection.request("POST", books["path"], json.dumps(scan), headers)
    answer = connection.getresponse()
    told = answer.status, json.loads(answer.read())
    connection.close()
    return told


def test_what_was_acknowledged_outlives_a_clock_that_jumps(house, books, numbers, clock):
    with Clients(house, books, numbers, devices=2) as clients:
        for minutes in (0, 9, -9, 0):
            clock.move(BASE + minutes * MINUTE)
            clients.until_acknowledged(40)
        clock.move(4 * HOUR)  # the session of three hours is long over
        until(lambda: len(clients.history.refused()) > 8, seconds=30)
        clock.move(BASE)
        clients.until_acknowledged(20)

    refused = clients.history.refused()
    assert {each.status for each in refused} == {409}
    assert all("活动已经结束" in json.loads(each.words)["title"] for each in refused)
    assert {each.status for each in clients.history.reads} == {200}
    assert_kept(house, clients.history)


def test_the_same_scan_is_answered_the_same_at_whatever_time_it_comes_again(
    house, books, numbers, clock
):
    scan = {"volunteer": next(numbers), "nonce": uuid4().hex}
    first = ask(house, books, scan)

    answers = []
    for seconds in (-9 * MINUTE, 9 * MINUTE, 5 * HOUR, -9 * MINUTE):
        clock.move(BASE + seconds)
        answers.append(ask(house, books, scan))

    assert first[0] == 200
    assert answers == [first] * 4


def test_who_leaves_before_they_came_by_a_clock_put_back_has_no_negative_hours(
    house, books, numbers, clock
):
    volunteer = next(numbers)
    clock.move(BASE + 5 * MINUTE)
    came = ask(house, books, {"volunteer": volunteer, "nonce": uuid4().hex})

    clock.move(BASE - 5 * MINUTE)
    left = ask(house, books, {"volunteer": volunteer, "nonce": uuid4().hex, "kind": "out"})
    clock.move(BASE + 15 * MINUTE)
    later = ask(house, books, {"volunteer": volunteer, "nonce": uuid4().hex, "kind": "out"})

    assert came[0] == 200
    assert (left[0], left[1]["minutes"]) == (200, 0), left  # it waits for a coming before it
    assert later[0] == 200, later
    assert 0 <= later[1]["minutes"] <= 10, later
