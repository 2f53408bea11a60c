"""The worker: takes what waits in the queue, one lane for long jobs and one for all the rest.

One worker a data folder, held by a lock on a file that the system lets go of when the process
dies, however it dies. So whoever holds the lock knows that what is marked as running is broken
off, and can put it back in the queue at once. The queue is looked at with a plain read; the write
lock that the library takes to claim a task is asked for only when one waits.
"""

import fcntl
import io
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeAlias

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, close_old_connections, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from . import ending, models
from .models import State
from .runners import runner_of
from .running import MOST_ATTEMPTS
from .tasks import LONG, run_job

logger = logging.getLogger(__name__)
GLANCE = 1.0  # seconds between looks at an empty queue
BEAT = 10.0  # seconds between two signs of life
# Seconds for which a thread keeps the interpreter from others that want it. With Python's own 5 ms a
# page beside an import waits that long after each of its statements.
TURN = 0.001
CUT_OFF = "任务在执行中因系统停止而中断；已经办完的部分保留，没有办完的没有写入。请核对后重新提交。"
Lane: TypeAlias = Callable[[QuerySet[DBTaskResult]], QuerySet[DBTaskResult]]


class Chore(Protocol):
    """A command of `manage` that is done again and again; it finds by itself what is due."""

    @property
    def every(self) -> timedelta:
        """Return how long to wait before it is done again."""

    @property
    def command(self) -> str:
        """Return what `manage` calls it."""


class Shift:
    """One worker at work in threads of this process, until told to stop.

    `chores` are done at once and then each after its time, so a stop is caught up with at the start.
    """

    def __init__(self, chores: Sequence[Chore] = ()) -> None:
        self._over = threading.Event()
        self._lanes = [
            threading.Thread(target=self._walk, args=(lane,), name=name, daemon=True)
            for name, lane in (("jobs", _long), ("tasks", _short))
        ]
        self._lanes += [
            threading.Thread(target=self._repeat, args=(chore,), name=chore.command, daemon=True)
            for chore in chores
        ]
        self._warden = threading.Thread(target=self._begin, name="worker", daemon=True)

    def start(self) -> None:
        """Begin as soon as no other process works on this data folder."""
        self._warden.start()

    def stop(self) -> None:
        """Take nothing new; what runs may end."""
        self._over.set()

    def wait(self) -> None:
        """Wait until what runs has ended."""
        self._warden.join()
        for lane in self._lanes:
            if lane.is_alive():
                lane.join()

    def _begin(self) -> None:
        held = None
        while held is None and not self._over.is_set():
            held = _lock()
            if held is None:
                self._over.wait(GLANCE)
        if held is None:
            return
        sys.setswitchinterval(TURN)
        for lane in self._lanes:
            lane.start()
        for lane in self._lanes:
            while lane.is_alive():
                with suppress(OSError):  # a disk that fails takes the sign of life, not the worker
                    os.utime(held)
                lane.join(BEAT)
        os.close(held)

    def _repeat(self, chore: Chore) -> None:
        while not self._over.is_set():
            _tried(lambda: call_command(chore.command, stdout=io.StringIO()))
            self._over.wait(chore.every.total_seconds())

    def _walk(self, lane: Lane) -> None:
        """Take one task after the other; after an outage, first what it broke off."""
        recovered = False
        while not self._over.is_set():
            if not recovered:
                recovered = _tried(lambda: recover(lane)) is not None
            found = _tried(lambda: _take(lane)) if recovered else None
            recovered = found is not None
            if not found:
                self._over.wait(GLANCE)


def last_beat() -> datetime | None:
    """Return when a worker last gave a sign of life in this data folder: the time on its lock."""
    try:
        return datetime.fromtimestamp(_path().stat().st_mtime, tz=UTC)
    except FileNotFoundError:
        return None


def work_off_alone() -> bool:
    """Run all that waits, what was broken off too; False when another process is at it."""
    held = _lock()
    if held is None:
        return False
    try:
        recover()
        work_off()
    finally:
        os.close(held)
    return True


def work_off() -> None:
    """Run all that waits, in this thread, and come back."""
    for lane in (_short, _long):
        while _take(lane):
            continue


def _all(waiting: QuerySet[DBTaskResult]) -> QuerySet[DBTaskResult]:
    return waiting


@transaction.atomic
def recover(lane: Lane = _all) -> int:
    """Put what was broken off back in the queue, or end it with a sentence; return how many.

    Only for whoever holds the lock and walks the lane: nothing in it that is marked as running runs.
    """
    broken = list(lane(DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)))
    for task in broken:
        job = _job_of(task)
        if job is not None and not _may_go_on(job):
            ending.stop(job=job, state=State.INTERRUPTED, reason=CUT_OFF, at=timezone.now())
        if len(task.worker_ids) > MOST_ATTEMPTS:
            task.status, task.finished_at = TaskResultStatus.FAILED, timezone.now()
        else:
            task.status, task.started_at = TaskResultStatus.READY, None
        task.save(update_fields=["status", "started_at", "finished_at"])
    return len(broken)


def _may_go_on(job: models.Job) -> bool:
    runner = runner_of(job.kind)
    return runner is not None and runner.again and job.attempts < MOST_ATTEMPTS


def _job_of(task: DBTaskResult) -> models.Job | None:
    if task.task_path != run_job.module_path:
        return None
    return models.Job.objects.filter(pk=task.args_kwargs["kwargs"]["job_id"]).first()


def _take(lane: Lane) -> bool:
    """Run the first task that waits in a lane; tell whether there was one."""
    waiting = lane(DBTaskResult.objects.ready())
    if not waiting.exists():
        return False
    worker = _worker()
    with transaction.atomic():  # a writer from its start: here too a transaction is IMMEDIATE
        task = waiting.select_for_update(skip_locked=True).first()
        if task is not None:
            task.claim(worker.worker_id)
    if task is not None:
        worker.run_task(task)
    return task is not None


def _long(waiting: QuerySet[DBTaskResult]) -> QuerySet[DBTaskResult]:
    return waiting.filter(queue_name=LONG)


def _short(waiting: QuerySet[DBTaskResult]) -> QuerySet[DBTaskResult]:
    return waiting.exclude(queue_name=LONG)


def _worker() -> Worker:
    return Worker(
        queue_names=[],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=get_random_string(32),
    )


def _tried(work: Callable[[], object]) -> bool | None:
    """Do it and tell whether there was something; None when it broke.

    A database or a disk that is away for a while is no reason to stop working for good, and neither
    is a bug that one task or one night meets.
    """
    try:
        close_old_connections()
        return bool(work())
    except (DatabaseError, OSError, CommandError):
        logger.exception("the work broke off")
    except Exception:
        logger.exception("the work met a bug")
    return None


def _lock() -> int | None:
    descriptor = os.open(_path(), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _path() -> Path:
    return Path(settings.QINGHE_DATA) / "worker.lock"
