"""The bundled database: durable, and one fair line of writers."""

import threading
import time
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError, connection, connections, transaction

from qinghe.config.engines.sqlite import base
from qinghe.config.engines.sqlite.queue import Queue
from qinghe.kernel import courtesy
from tests import alone

pytestmark = pytest.mark.sqlite


def pragma(name):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def in_line():
    own = connections["default"]
    return own.queue.holds(own)


def in_threads(jobs):
    """Run all jobs at once; return what went wrong in them."""
    errors = []

    def run(job):
        try:
            job()
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("synchronous", 2),
        ("journal_mode", "wal"),
        ("mmap_size", 0),
        ("journal_size_limit", 67_108_864),
        ("foreign_keys", 1),
    ],
)
def test_every_connection_is_durable(db, name, value):
    """Bars 2 and 4."""
    assert pragma(name) == value


@pytest.mark.django_db(transaction=True)
def test_a_connection_of_another_thread_is_as_durable():
    """Bar 2."""
    seen = []

    in_threads([lambda: seen.append((pragma("synchronous"), pragma("journal_mode")))])

    assert seen == [(2, "wal")]


def test_transactions_begin_as_writers_and_requests_are_none():
    """Bar 5."""
    settings = connection.settings_dict

    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert settings["ATOMIC_REQUESTS"] is False


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_an_sqlite_that_loses_data_is_refused(monkeypatch, version):
    """Bar 4."""
    monkeypatch.setattr(base.Database, "sqlite_version_info", version)

    with pytest.raises(ImproperlyConfigured, match=r"3\.51\.3"):
        base.DatabaseWrapper(connection.settings_dict, "other")


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_all_get_through():
    """Bar 5."""

    def write(writer):
        for turn in range(20):
            if turn % 2:
                Group.objects.create(name=f"{writer}-{turn}")
                continue
            with transaction.atomic():
                Group.objects.count()
                Group.objects.create(name=f"{writer}-{turn}")

    errors = in_threads([lambda writer=writer: write(writer) for writer in range(12)])

    assert errors == []
    assert Group.objects.count() == 12 * 20


@pytest.mark.django_db(transaction=True)
def test_writers_are_served_in_the_order_of_asking():
    """Bar 5."""
    served, line = [], connection.queue

    def write(place):
        connection.ensure_connection()
        while len(line._waiting) < place:
            time.sleep(0.001)
        with transaction.atomic():
            served.append(place)

    with transaction.atomic():
        writers = [
            threading.Thread(target=in_threads, args=([lambda p=p: write(p)],)) for p in range(6)
        ]
        for writer in writers:
            writer.start()
        while len(line._waiting) < len(writers):
            time.sleep(0.001)
    for writer in writers:
        writer.join()

    assert served == [0, 1, 2, 3, 4, 5]


@pytest.mark.django_db(transaction=True)
def test_the_line_is_free_again_after_a_transaction_that_failed():
    @transaction.atomic
    def fail_halfway():
        Group.objects.create(name="half")
        raise LookupError

    with pytest.raises(LookupError):
        fail_halfway()

    assert not in_line()
    assert in_threads([lambda: Group.objects.create(name="next")]) == []


@pytest.mark.django_db(transaction=True)
def test_the_line_is_free_again_after_a_write_that_failed():
    Group.objects.create(name="one")

    with pytest.raises(DatabaseError):
        Group.objects.create(name="one")

    assert not in_line()


@pytest.mark.django_db(transaction=True)
def test_the_line_is_free_again_after_a_connection_closed_within_a_transaction():
    @transaction.atomic
    def lose_the_connection():
        Group.objects.create(name="lost")
        connection.close()
        Group.objects.count()

    with pytest.raises(DatabaseError):
        lose_the_connection()

    assert not in_line()
    assert not Group.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_transactions_within_a_transaction_stand_in_line_once():
    with transaction.atomic():
        with transaction.atomic():
            Group.objects.create(name="inner")

        assert in_line()

    assert not in_line()


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_is_told_so():
    def write():
        own = connections["default"]
        options = {**own.settings_dict["OPTIONS"], "timeout": 0.1}
        own.settings_dict = {**own.settings_dict, "OPTIONS": options}
        Group.objects.create(name="late")

    with transaction.atomic():
        errors = in_threads([write])

    assert [type(error) for error in errors] == [OperationalError]
    assert "locked" in str(errors[0])


@pytest.mark.django_db(transaction=True)
def test_readers_do_not_wait_for_the_writer():
    counts = []

    with transaction.atomic():
        Group.objects.create(name="unseen")
        errors = in_threads([lambda: counts.append(Group.objects.count())])

    assert errors == []
    assert counts == [0]


class Holder:
    """Someone who stands in line."""


def test_who_died_while_inside_does_not_hold_up_the_line():
    queue = Queue()
    thread = threading.Thread(target=lambda: queue.enter(holders[0], timeout=1))
    holders = [Holder(), Holder()]
    thread.start()
    thread.join()

    assert queue.enter(holders[1], timeout=2)


def test_who_is_forgotten_while_inside_does_not_hold_up_the_line():
    queue, first, second = Queue(), Holder(), Holder()
    queue.enter(first, timeout=1)
    del first

    assert queue.enter(second, timeout=2)


def test_leaving_without_being_inside_lets_nobody_in():
    queue, first, second, third = Queue(), Holder(), Holder(), Holder()
    queue.enter(first, timeout=1)

    queue.leave(second)

    assert not queue.enter(third, timeout=0.05)


@contextmanager
def open_elsewhere():
    """Keep a connection of another thread open."""
    opened, done = threading.Event(), threading.Event()

    def keep():
        pragma("synchronous")
        opened.set()
        done.wait(timeout=60)

    thread = threading.Thread(target=in_threads, args=([keep],))
    thread.start()
    opened.wait(timeout=60)
    yield
    done.set()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_the_file_is_lent_while_no_other_thread_has_it_open():
    alone.close_others()
    with connection.lent() as lent:
        assert lent
        with pytest.raises(RuntimeError, match="lent"):
            pragma("synchronous")

    with open_elsewhere(), connection.lent() as lent:
        assert not lent
        assert pragma("synchronous") == 2

    with connection.lent() as lent:
        assert lent


@pytest.mark.django_db(transaction=True)
def test_whoever_opens_a_lent_file_waits_until_it_is_given_back():
    alone.close_others()
    order = []
    thread = threading.Thread(
        target=in_threads, args=([lambda: order.append(pragma("synchronous"))],)
    )

    with connection.lent():
        thread.start()
        thread.join(timeout=0.3)
        order.append("given back")
    thread.join()

    assert order == ["given back", 2]


@pytest.mark.django_db(transaction=True)
def test_a_write_that_nobody_asked_for_is_left_out_while_another_writes():
    other = connection.copy("other")
    other.cursor().execute("BEGIN IMMEDIATE")
    began = time.monotonic()

    with courtesy.left_out_when_busy():
        Group.objects.create(name="left out")
    waited = time.monotonic() - began
    other.cursor().execute("ROLLBACK")
    other.close()
    with courtesy.left_out_when_busy():
        Group.objects.create(name="made")

    assert waited < 2
    assert list(Group.objects.values_list("name", flat=True)) == ["made"]
    assert pragma("busy_timeout") == 20_000
