"""What a watchdog is told: that it serves, whether it is ready, and to insiders what is wrong."""

import os
import time
from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from qinghe.edges.health import probes
from qinghe.edges.health.probes import State
from qinghe.edges.jobs import worker
from qinghe.kernel.access.queries import NOBODY
from qinghe.kernel.audit import services as audit

pytestmark = pytest.mark.django_db
GB = 1024**3
Disk = namedtuple("Disk", "total used free")


def state(code, at=None):
    """Return the state of one probe."""
    found = {each.probe.code: each.answer for each in probes.ask_all(at or timezone.now())}
    return found[code].state


@pytest.fixture
def broken(monkeypatch):
    """Return a database that does not answer."""

    def fail(*_):
        raise DatabaseError("connection refused")

    monkeypatch.setattr(connection, "cursor", fail)


def test_a_process_that_serves_is_alive_whatever_the_database_does(client, broken):
    assert client.get("/health/live").json() == {"live": True}


def test_a_house_that_works_is_ready(client):
    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert answer.json()["checks"]["database"] == "ok"
    assert answer["Cache-Control"] == "no-store"


def test_without_its_database_it_is_not_ready_and_says_so(client, broken):
    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()["state"]) == (503, "failed")
    assert answer.json()["checks"]["database"] == "failed"


def test_a_migration_that_waits_keeps_requests_away(client, monkeypatch):
    probes._up_to_date.clear()
    monkeypatch.setattr(probes.MigrationExecutor, "migration_plan", lambda *_: [object(), object()])

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert "还有2项数据表更新没有执行" in answer.json()["told"]["migrations"]["words"]


@pytest.mark.parametrize(
    ("free", "total", "found"),
    [
        (50 * GB, 100 * GB, State.OK),
        (9 * GB, 100 * GB, State.WARN),
        (1.9 * GB, 10 * GB, State.WARN),
        (0.1 * GB, 10 * GB, State.FAILED),
    ],
)
def test_a_disk_that_fills_up_is_told_before_it_is_full(monkeypatch, free, total, found):
    """Bar 8: below a tenth, or below 2 GB."""
    monkeypatch.setattr(probes.shutil, "disk_usage", lambda _: Disk(total, total - free, free))

    assert state("disk") == found


def test_facts_that_are_old_are_to_be_looked_at_and_no_reason_to_stop_serving(client):
    assert state("facts") == State.WARN  # none yet
    assert client.get("/health/ready").status_code == 200


def test_a_worker_gives_signs_of_life_and_is_missed_without(data_folder):
    assert state("worker") == State.WARN

    held = worker._lock()
    os.utime(held)
    now = timezone.now()
    assert state("worker", at=now) == State.OK
    assert state("worker", at=now + timedelta(minutes=2)) == State.WARN
    os.close(held)


def test_a_shift_gives_a_sign_of_life_while_it_lasts(data_folder, monkeypatch):
    monkeypatch.setattr(worker, "_tried", lambda work: False)
    lock = data_folder / "worker.lock"
    lock.touch()
    os.utime(lock, (0, 0))

    shift = worker.Shift()
    shift.start()
    for _ in range(200):
        if worker.last_beat().year > 1970:
            break
        time.sleep(0.02)
    shift.stop()
    shift.wait()

    assert timezone.now() - worker.last_beat() < timedelta(seconds=10)


def test_tasks_that_wait_too_long_are_told():
    now = timezone.now()
    DBTaskResult.objects.create(
        task_path="x", args_kwargs={}, backend_name="default", exception_class_path="", traceback=""
    )

    assert state("queue", at=now) == State.OK
    assert state("queue", at=now + timedelta(minutes=16)) == State.WARN


def test_a_chain_that_does_not_hold_is_told():
    now = timezone.now()
    audit.record_event(
        by=NOBODY,
        verb="audit.verify",
        at=now,
        detail={"seq": 7, "kind": "changed"},
        outcome="refused",
    )

    assert state("chain", at=now) == State.FAILED


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ({}, True),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        ({"HTTP_FORWARDED": "for=127.0.0.1"}, False),
        ({"REMOTE_ADDR": "203.0.113.9"}, False),
    ],
)
def test_what_is_wrong_is_told_on_this_machine_only(client, header, told):
    assert ("told" in client.get("/health/ready", **header).json()) is told
    assert client.get("/metrics", **header).status_code == (200 if told else 404)


@pytest.mark.parametrize(
    ("shown", "status"),
    [("Bearer s3cret-of-the-house", 200), ("Bearer other", 404), ("", 404)],
)
def test_where_a_token_is_set_only_the_token_opens(client, settings, shown, status):
    settings.QINGHE_METRICS_TOKEN = "s3cret-of-the-house"

    headers = {"HTTP_AUTHORIZATION": shown} if shown else {}

    assert client.get("/metrics", **headers).status_code == status


def test_a_probe_needs_no_host_name_and_is_not_led_to_another_scheme(client, settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["qinghe.example"], True

    assert client.get("/health/live", HTTP_HOST="10.0.0.7:8000").status_code == 200


def test_a_probe_only_reads(client):
    assert client.post("/health/live").status_code == 405
    assert client.post("/metrics").status_code == 405
