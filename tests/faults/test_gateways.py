"""SMS, e-mail and another house hang and are gone while people work: nobody waits, all arrives once (bar 44)."""

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from uuid import uuid4

import pytest

from qinghe.systems.privacy.views.steps import NOT_SENT
from tests import migrated

from .clients import Clients
from .clocks import MINUTE, Clock
from .conftest import assert_kept
from .gateway import Gateway
from .house import House, until
from .registrants import register_all

pytestmark = [pytest.mark.whole, pytest.mark.slow, pytest.mark.sqlite]
BASE = 10 * MINUTE  # later than the tokens were made
LONGEST = 5.0  # seconds, bar 44
LEFT = "SELECT count(*) FROM {table} WHERE state = '{state}'"
WAYS = {"sms", "mail", "hook"}
SERVED = 12  # people whose hours another house is told of


@pytest.fixture(scope="module")
def gateway():
    made = Gateway()
    yield made
    made.refuse()


@pytest.fixture(scope="module")
def clock(tmp_path_factory):
    return Clock(tmp_path_factory.mktemp("clock") / "off")


@pytest.fixture(scope="module")
def house(clock, gateway, tmp_path_factory):
    """A house whose ways out all lead through the gateway."""
    folder = migrated.served_before(tmp_path_factory.mktemp("house"))
    settings = clock.environment | gateway.environment
    made = House(folder, log=folder.with_name("log"), **settings)
    yield made
    made.kill()


@pytest.fixture(scope="module")
def told(house, books, gateway):
    """Who is told outside, and at which desk they are signed up."""
    return json.loads(house.script("told.py", "fill", gateway.hook))


def ask(house, path, token, body) -> float:
    """Send something until it is done, as a device does; return the longest wait for an answer."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    status, waits = 503, []
    while status == 503:  # too many at once: it is told to come again
        connection = HTTPConnection("127.0.0.1", house.port, timeout=30)
        began = time.monotonic()
        connection.request("POST", path, json.dumps(body), headers)
        answer = connection.getresponse()
        status, said = answer.status, answer.read().decode()
        waits.append(time.monotonic() - began)
        connection.close()
    assert status == 200, said
    return max(waits)


def sign_up(house, told, numbers) -> list[float]:
    """Sign people up at the desks; each is told of it by SMS and by e-mail."""
    tokens = told["tokens"]
    return [
        ask(house, told["path"], tokens[place % len(tokens)], {"volunteer": number})
        for place, number in enumerate(numbers)
    ]


def pass_doors(house, books, numbers, kind) -> list[float]:
    """Scan people in or out at a door; of their hours another house is told."""
    tokens = books["tokens"]
    return [
        ask(
            house,
            books["path"],
            tokens[-1 - place % 8],
            {"volunteer": number, "nonce": uuid4().hex, "kind": kind},
        )
        for place, number in enumerate(numbers)
    ]


def waiting(house) -> int:
    """Count what is on its way."""
    return (
        house.ask(LEFT.format(table="notices_delivery", state="queued"))
        + house.ask(LEFT.format(table="hooks_dispatch", state="waiting"))
        + house.ask("SELECT count(*) FROM hooks_happening WHERE NOT spread")
    )


def test_while_gateways_hang_and_are_gone_nobody_waits_and_all_arrives_once(
    house, books, numbers, told, gateway, clock
):
    clock.move(BASE)
    house.serve()
    own, waits, crowd = told["numbers"], [], ThreadPoolExecutor(12)
    served = [next(numbers) for _ in range(SERVED)]
    pass_doors(house, books, served, "in")
    clock.move(BASE + 30 * MINUTE)

    with Clients(house, books, numbers, devices=3) as clients:
        gateway.hang()
        asking = register_all(house, crowd, [f"139{place:08d}" for place in range(12)])
        waits += sign_up(house, told, own[:20])
        waits += pass_doors(house, books, served[:6], "out")
        clients.until_acknowledged(60)
        codes = [each.result() for each in asking]
        until(lambda: gateway.came.keys() == WAYS, seconds=60)

        gateway.refuse()
        waits += sign_up(house, told, own[20:])
        waits += pass_doors(house, books, served[6:], "out")
        clients.until_acknowledged(60)
        before = len(gateway.taken)

        gateway.answer()
        for minutes in range(1, 20):
            clock.move(BASE + (30 + minutes) * MINUTE)
            time.sleep(1.5)
            if not waiting(house):
                break
        clients.until_acknowledged(20)

    assert before == 0
    assert all(NOT_SENT in said for _, said in codes)
    scans = [each.seconds for each in (*clients.history.scans, *clients.history.reads)]
    assert max(*waits, *scans, *(seconds for seconds, _ in codes)) < LONGEST
    assert {each.status for each in clients.history.refused()} <= {503}
    assert {each.status for each in clients.history.reads} <= {200, 503}
    assert once(gateway, "sms") == once(gateway, "mail") == len(own)
    assert once(gateway, "hook") == SERVED
    look = json.loads(house.script("told.py", "look"))
    assert look["tries"] <= 8, look
    assert_kept(house, clients.history)


def once(gateway, way) -> int:
    """Count what arrived by a way, each to whom or of what it is; fail when one came twice."""
    came = Counter(
        headers.get("webhook-id", path) for path, headers, _ in gateway.taken if f"/{way}/" in path
    )
    assert set(came.values()) == {1}, came
    return len(came)
