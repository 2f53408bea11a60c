"""A database that keeps silent: a request waits for seconds, and the others not at all (bar 44)."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import OperationalError, connection

from qinghe.config import databases
from qinghe.config.engines.postgresql import patience
from qinghe.config.engines.postgresql.base import DatabaseWrapper
from qinghe.edges.web import outages

SLEEP = "SELECT 'nobody waits for this', pg_sleep(50)"
RUNS = "SELECT count(*) FROM pg_stat_activity WHERE query = %s AND state = 'active'"


def wait_in_vain(silence):
    """Make a request that waits for a connection in vain."""
    with (
        pytest.raises(psycopg.errors.ConnectionTimeout),
        patience.no_longer_than(1),
        silence.asked("default"),
    ):
        raise psycopg.errors.ConnectionTimeout("connection timeout expired")


def ask(silence):
    """Make a request that is answered, unless it is told at once that it will not be."""
    with patience.no_longer_than(1), silence.asked("default"):
        return "answered"


def elsewhere(work, *given):
    """Do something in another thread, and return or raise what comes of it."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *given).result()


def test_while_one_asks_a_silent_database_others_are_told_at_once():
    silence = patience.Silence()
    wait_in_vain(silence)

    with (
        patience.no_longer_than(1),
        silence.asked("default"),
        pytest.raises(psycopg.OperationalError, match="does not answer"),
    ):
        elsewhere(ask, silence)

    with patience.no_longer_than(1), silence.asked("default"):
        assert elsewhere(ask, silence) == "answered"


def test_one_that_waited_in_vain_makes_room_for_the_next_that_asks():
    silence = patience.Silence()
    wait_in_vain(silence)
    wait_in_vain(silence)

    assert ask(silence) == "answered"


def test_a_request_waits_in_vain_once_and_another_database_may_still_answer():
    silence = patience.Silence()
    with patience.no_longer_than(1) as asked:
        asked.in_vain.add("read")

        with (
            pytest.raises(psycopg.OperationalError, match="does not answer"),
            silence.asked("read"),
        ):
            pytest.fail("it was asked again")
        with silence.asked("default"):
            pass


def test_work_that_is_no_request_asks_whatever_requests_were_told():
    silence = patience.Silence()
    wait_in_vain(silence)

    with patience.no_longer_than(1), silence.asked("default"):
        assert elsewhere(lambda: list(asks(silence))) == ["asked"]


def asks(silence):
    with silence.asked("default"):
        yield "asked"


@pytest.fixture
def own(db):
    """A connection as pages have it."""
    options = databases.postgresql("postgresql://a@b/c", web=True)["OPTIONS"]
    made = DatabaseWrapper({**connection.settings_dict, "OPTIONS": options}, "own")
    made.connect()
    yield made
    made.close()


def answer(own, statement, values=None):
    with own.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


@pytest.mark.postgres
def test_an_answer_that_does_not_come_is_given_up_and_comes_to_no_other_question(own):
    with patience.no_longer_than(0.2):
        with pytest.raises(OperationalError, match="does not answer") as told:
            answer(own, SLEEP)
        own.close()
        with pytest.raises(OperationalError, match="does not answer"):
            answer(own, "SELECT 2")

    assert outages.behind(told.value) == outages.AWAY
    assert answer(own, "SELECT 3") == (3,)
    ends = time.monotonic() + 30
    while answer(own, RUNS, [SLEEP]) != (0,):
        assert time.monotonic() < ends
        time.sleep(0.1)


@pytest.mark.postgres
def test_an_open_connection_that_is_silent_is_told_apart_from_one_that_is_lost(own, monkeypatch):
    monkeypatch.setattr(patience, "SIGN_OF_LIFE", 0.2)
    (backend,) = answer(own, "SELECT pg_backend_pid()")
    os.kill(backend, signal.SIGSTOP)
    try:
        with patience.no_longer_than(30), pytest.raises(OperationalError, match="not answer"):
            own.is_usable()
    finally:
        os.kill(backend, signal.SIGCONT)
    own.close()
    own.connect()
    own.connection.close()

    with patience.no_longer_than(30):
        assert own.is_usable() is False


@pytest.mark.postgres
def test_the_servers_own_no_is_no_silence(own):
    with patience.no_longer_than(30) as asked, own.cursor() as cursor:
        cursor.execute("SET statement_timeout = '50ms'")
        with pytest.raises(OperationalError, match="statement timeout"):
            cursor.execute(SLEEP)

    assert asked.in_vain == set()
    assert not own.connection.closed
