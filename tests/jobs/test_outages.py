"""A worker whose database or disk was away for a while goes on, and takes up what broke off."""

import errno
import io
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError
from django.core.management.base import OutputWrapper
from django.db import OperationalError

from qinghe.config.management.commands import worker as command
from qinghe.edges.jobs import worker

from .test_chores import Chore


@pytest.fixture
def shift(monkeypatch):
    """Return how to begin a shift whose database and commands are these; it ends with the test."""
    begun = []

    def begin(*, take=lambda lane: False, recover=lambda lane: 0, call=None, chores=()):
        monkeypatch.setattr(worker, "GLANCE", 0.01)
        monkeypatch.setattr(worker, "close_old_connections", lambda: None)
        monkeypatch.setattr(worker, "_take", take)
        monkeypatch.setattr(worker, "recover", recover)
        monkeypatch.setattr(worker, "call_command", call)
        held = lambda: worker.os.open("/dev/null", worker.os.O_RDONLY)  # noqa: E731
        monkeypatch.setattr(worker, "_lock", held)
        begun.append(worker.Shift(chores))
        begun[0].start()

    yield begin
    begun[0].stop()
    begun[0].wait()


@pytest.mark.parametrize(
    "fault", [OperationalError("the connection is lost"), LookupError("a bug")]
)
def test_what_broke_off_is_recovered_before_the_next_task(shift, fault):
    told, again = [], threading.Event()

    def take(lane):
        if lane is not worker._long:
            return False
        told.append("take")
        if told.count("take") == 1:
            raise fault
        again.set()
        return False

    def recover(lane):
        if lane is not worker._long:
            return 0
        told.append("recover")
        if told.count("recover") == 2:
            raise OperationalError("it is still away")
        return 0

    shift(take=take, recover=recover)

    assert again.wait(10)
    assert told[:5] == ["recover", "take", "recover", "recover", "take"]


@pytest.mark.parametrize(
    "fault",
    [
        OperationalError("database or disk is full"),
        OSError(errno.ENOSPC, "No space left on device"),
        CommandError("不行"),
        LookupError("a bug"),
    ],
)
def test_a_chore_that_broke_is_done_again_after_its_time(shift, fault):
    done, again = [], threading.Event()

    def call(command, **_):
        done.append(command)
        if len(done) == 1:
            raise fault
        again.set()

    shift(call=call, chores=[Chore(timedelta(milliseconds=10), "keep-sign-ups")])

    assert again.wait(10)


def test_a_worker_waits_until_somebody_has_brought_the_tables_up_to_date(monkeypatch):
    told, waited = io.StringIO(), []
    found = iter([OperationalError("not there yet"), True, True, False])

    def is_behind(_connection):
        answer = next(found)
        if isinstance(answer, OperationalError):
            raise answer
        return answer

    monkeypatch.setattr(command.migrating, "is_behind", is_behind)
    monkeypatch.setattr(command, "connection", SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(command.time, "sleep", waited.append)
    command.wait_for_tables(OutputWrapper(told))

    assert waited == [command.GLANCE] * 3
    assert told.getvalue().count("等网页服务更新数据表") == 1
