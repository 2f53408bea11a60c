"""Running one job: as the person who asked, with the roles of now."""

import logging
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.http import Http404
from django.utils import timezone

from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.models import Account
from qinghe.kernel.people.models import Person
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused

from . import ending, models
from .models import State
from .runners import Arguments, Runner, Stopped, runner_of

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 3
TOO_OFTEN = (
    f"任务执行中断了{MOST_ATTEMPTS}次，没有再继续；已经办完的部分保留，请联系系统管理员后重新提交。"
)
BROKEN = "任务没有完成：系统出错，已记入日志；已经办完的部分保留，请稍后重新提交。"
GONE = "任务没有办理：您已没有查看这份资料的权限。"
CLOSED = "任务没有办理：提交任务的账号已停用。"
SLOWLY = 0.5  # seconds between two words on progress


@dataclass
class Context:
    """What a runner is given; see runners.Running."""

    job_id: int
    arguments: Arguments
    by: Actor
    at: datetime
    told_at: datetime | None = None

    def progress(self, done: int, total: int) -> None:
        """Say how far it is, now and then, in a transaction of its own. Raises Stopped."""
        now = timezone.now()
        if self.told_at and done < total and (now - self.told_at).total_seconds() < SLOWLY:
            return
        self.told_at = now
        if _told(self.job_id, done, total) and done < total:
            raise Stopped


def run(job_id: int) -> None:
    """Run a job to its end and note what became of it. Nothing happens when it has ended."""
    job = ending.begin(job_id=job_id)
    if job is None:
        return
    runner = runner_of(job.kind)
    if runner is None or job.attempts > MOST_ATTEMPTS:
        ending.stop(job=job, state=State.INTERRUPTED, reason=TOO_OFTEN, at=timezone.now())
        return
    # Only when the fault is gone, with what was half read, can this connection write again.
    if why := _what_stopped(job, runner=runner):
        ending.stop(job=job, state=why[0], reason=why[1], at=timezone.now())


def actor_of(job: models.Job) -> Actor:
    """Return the person who asked for a job, with the roles of today.

    Raises Refused: account_closed.
    """
    if Account.objects.filter(person_id=job.person_id, user__is_active=False).exists():
        raise Refused("account_closed", CLOSED)
    person = Person.objects.get(pk=job.person_id)
    return access.actor_of_person(person.pk, person.name, periods.local_day(timezone.now()))


def _what_stopped(job: models.Job, *, runner: Runner) -> tuple[State, str] | None:
    try:
        _run(job, runner=runner)
    except Stopped:
        return State.CANCELLED, ending.CANCELLED
    except Refused as refusal:
        return State.REFUSED, refusal.reason
    except Http404:
        return State.REFUSED, GONE
    except Exception as fault:
        logger.exception("job %s (%s) broke", job.pk, job.kind)
        traceback.clear_frames(fault.__traceback__)  # whoever keeps the log keeps these
        return State.FAILED, BROKEN
    return None


def _run(job: models.Job, *, runner: Runner) -> None:
    at = timezone.now()
    context = Context(job_id=job.pk, arguments=job.arguments, by=actor_of(job), at=at)
    result = runner.run(context)
    ending.finish(job=job, result=result, at=timezone.now())


def _told(job_id: int, done: int, total: int) -> bool:
    """Say how far a job is, and return whether somebody asked for its end.

    On a connection of its own: a list half read is a snapshot, in which nobody's wish is seen, and
    SQLite lets nobody write who holds one that is older than the last write (bar 7).
    """
    if connection.in_atomic_block:
        return _tell(job_id, done, total)
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(_tell_and_close, job_id, done, total).result()


def _tell_and_close(job_id: int, done: int, total: int) -> bool:
    try:
        return _tell(job_id, done, total)
    finally:
        connection.close()


def _tell(job_id: int, done: int, total: int) -> bool:
    row = models.Job.objects.filter(pk=job_id)
    row.update(done=done, total=total)
    return row.filter(cancel_asked=True).exists()
