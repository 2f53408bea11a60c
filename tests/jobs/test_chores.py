"""What the worker does again and again: at its start, and then after its time."""

import threading
from dataclasses import dataclass
from datetime import timedelta

from qinghe.config import schedule
from qinghe.edges.jobs import worker


@dataclass(frozen=True)
class Chore:
    every: timedelta
    command: str


def test_a_chore_is_done_at_the_start_and_again(monkeypatch):
    done, twice = [], threading.Event()

    def call(command, **options):
        done.append(command)
        if len(done) == 2:
            twice.set()

    monkeypatch.setattr(worker, "call_command", call)
    monkeypatch.setattr(worker, "_tried", lambda work: bool(work()))
    monkeypatch.setattr(worker, "_take", lambda lane: False)
    monkeypatch.setattr(worker, "recover", lambda lane: 0)
    monkeypatch.setattr(worker, "_lock", lambda: worker.os.open("/dev/null", worker.os.O_RDONLY))
    shift = worker.Shift([Chore(timedelta(milliseconds=10), "keep-sign-ups")])

    shift.start()
    came_again = twice.wait(10)
    shift.stop()
    shift.wait()

    assert came_again
    assert set(done) == {"keep-sign-ups"}


def test_what_is_done_often_is_a_command():
    assert [chore.command for chore in schedule.OFTEN] == [
        "deliver-hooks",
        "keep-sign-ups",
        "deliver-notices",
        "expire-transfers",
        "carry-out-plans",
        "supervise",
        "begin-secondments",
    ]
