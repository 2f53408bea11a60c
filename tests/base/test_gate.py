"""One line of writers for all processes of an SQLite file: fair, and free again when one dies (bar 5)."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from qinghe.config.engines.sqlite import base, gate, queue
from qinghe.config.engines.sqlite.gate import Gate
from qinghe.config.engines.sqlite.queue import Queue

pytestmark = pytest.mark.sqlite

# Another process: it goes in, says so, and leaves (and comes again) when it is told to.
OTHER = """
import sys
from pathlib import Path
from qinghe.config.engines.sqlite.gate import Gate

gate = Gate(Path(sys.argv[1]))
for line in sys.stdin:
    if line == "in\\n":
        assert gate.enter(timeout=20)
    else:
        gate.leave()
    print("done", flush=True)
"""
# An import in a process of its own: chunk after chunk, without a breath between them.
IMPORT = """
import sys, time
from pathlib import Path
from qinghe.config.engines.sqlite.gate import Gate

gate = Gate(Path(sys.argv[1]))
for chunk in range(10_000):
    assert gate.enter(timeout=20)
    if not chunk:
        print("begun", flush=True)
    time.sleep(0.02)
    gate.leave()
"""


@pytest.fixture
def place(tmp_path):
    return tmp_path / "house.sqlite3-line"


@pytest.fixture
def start(place):
    started = []

    def run(program):
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def tell(process, word):
    process.stdin.write(f"{word}\n")
    process.stdin.flush()


def heard(process):
    return process.stdout.readline()


def test_a_process_waits_while_another_is_inside(place, start):
    other, own = start(OTHER), Gate(place)
    tell(other, "in")
    heard(other)

    assert not own.enter(timeout=0.05)

    tell(other, "out")
    heard(other)
    assert own.enter(timeout=5)


def test_who_waits_is_next_even_if_the_one_inside_comes_back_at_once(place, start):
    start_of_import = start(IMPORT)
    own, waits = Gate(place), []
    heard(start_of_import)

    for _ in range(40):
        asked = time.monotonic()
        assert own.enter(timeout=20)
        waits.append(time.monotonic() - asked)
        own.leave()

    # One chunk takes 0.02 s. Unfair, one of these would wait for dozens of them.
    assert sorted(waits)[len(waits) // 2] < 0.2
    assert max(waits) < 2


def test_a_killed_process_lets_the_next_one_in(place, start):
    other, own = start(OTHER), Gate(place)
    tell(other, "in")
    heard(other)

    other.send_signal(signal.SIGKILL)

    assert own.enter(timeout=10)


def test_who_waited_in_vain_leaves_the_turnstile_open(place, start):
    inside, third, own = start(OTHER), start(OTHER), Gate(place)
    tell(inside, "in")
    heard(inside)
    assert not own.enter(timeout=0.05)

    tell(third, "in")
    tell(inside, "out")

    assert heard(third) == "done\n"


def test_a_fork_has_no_lock_and_takes_none_away(place, start):
    own, other = Gate(place), start(OTHER)
    assert own.enter(timeout=1)

    child = os.fork()
    if not child:  # it closes what it has inherited, as the engine lets it, and ends
        own.close()
        os._exit(0)
    os.waitpid(child, 0)
    tell(other, "in")
    answers = threading.Thread(target=heard, args=(other,))
    answers.start()
    answers.join(0.3)

    assert answers.is_alive()
    own.leave()
    answers.join(10)
    assert not answers.is_alive()


def test_the_engine_forgets_its_lines_in_a_fork(place, monkeypatch):
    monkeypatch.setattr(base, "_queues", {})
    line = base.queue_of(str(place).removesuffix(base.LINE))
    line.enter(line, timeout=1)
    assert place.exists()

    base._begin_anew()

    assert base._queues == {}


def test_what_lies_in_memory_has_no_gate():
    assert base.queue_of("file:memorydb_default?mode=memory&cache=shared").door is None


def test_where_no_file_can_be_made_nobody_is_stopped():
    assert Gate(Path("/nowhere/at/all-line")).enter(timeout=0)


class Counted:
    """A gate that tells how often it was passed."""

    def __init__(self) -> None:
        self.passed, self.long = 0, False
        self.inside = False

    def enter(self, *, timeout: float) -> bool:
        self.passed += not self.inside
        self.inside = True
        return True

    def leave(self) -> None:
        self.inside = False

    def is_awaited(self) -> bool:
        return False

    def is_long_inside(self) -> bool:
        return self.long


class Holder:
    """Someone who stands in line."""


@pytest.mark.parametrize(("long", "passed"), [(False, 1), (True, 2)])
def test_those_of_one_process_follow_each_other_but_not_for_long(long, passed):
    door, first, second = Counted(), Holder(), Holder()
    line = Queue(door)
    line.enter(first, timeout=1)
    waiting = threading.Thread(target=line.enter, args=(second,), kwargs={"timeout": 5})
    waiting.start()
    while not line._waiting:
        time.sleep(0.001)
    door.long = long

    line.leave(first)
    waiting.join()

    assert line.holds(second)
    assert door.passed == passed
    line.leave(second)
    assert not door.inside


def test_who_does_not_pass_the_gate_in_time_is_not_in_line_any_more(place, start):
    other = start(OTHER)
    tell(other, "in")
    heard(other)
    line, holder = Queue(Gate(place)), Holder()

    assert not line.enter(holder, timeout=0.05)
    assert not line.holds(holder)


def test_one_inside_knows_that_another_process_waits(place, start):
    own, other = Gate(place), start(OTHER)
    own.enter(timeout=1)
    assert not own.is_awaited()

    tell(other, "in")
    ends = time.monotonic() + 20
    while not own.is_awaited() and time.monotonic() < ends:
        time.sleep(0.01)

    assert own.is_awaited()
    own.leave()
    assert heard(other) == "done\n"


@pytest.mark.django_db(transaction=True)
def test_whoever_kept_others_waiting_rests_before_coming_back():
    waiting = threading.Thread(target=write_once)
    with transaction.atomic():
        waiting.start()
        while not connection.queue.is_awaited():
            time.sleep(0.001)
        time.sleep(0.02)
    waiting.join()

    assert 0 < connection._rests_until - connection._entered < 20


@pytest.mark.django_db(transaction=True)
def test_whom_nobody_waits_for_does_not_rest():
    connection._rests_until = 0.0
    with transaction.atomic():
        Group.objects.create(name="alone")

    assert connection._rests_until == 0


def write_once():
    Group.objects.create(name="waited")
    connection.close()


def test_the_looks_at_a_lock_stay_short():
    assert gate.LAST_LOOK < queue.GLANCE
