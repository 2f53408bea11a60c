"""Running one job: as the person who asked, with the roles of now."""

import logging
from dataclasses import dataclass
from datetime import datetime

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
        """Say how far it is, now and then, in a transaction of its own."""
        now = timezone.now()
        if self.told_at and done < total and (now - self.told_at).total_seconds() < SLOWLY:
            return
        self.told_at = now
        row = models.Job.objects.filter(pk=self.job_id)
        row.update(done=done, total=total)
        if done < total and row.filter(cancel_asked=True).exists():
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
    try:
        _run(job, runner=runner)
    except Stopped:
        ending.stop(job=job, state=State.CANCELLED, reason=ending.CANCELLED, at=timezone.now())
    except Refused as refusal:
        ending.stop(job=job, state=State.REFUSED, reason=refusal.reason, at=timezone.now())
    except Http404:
        ending.stop(job=job, state=State.REFUSED, reason=GONE, at=timezone.now())
    except Exception:
        logger.exception("job %s (%s) broke", job.pk, job.kind)
        ending.stop(job=job, state=State.FAILED, reason=BROKEN, at=timezone.now())


def actor_of(job: models.Job) -> Actor:
    """Return the person who asked for a job, with the roles of today.

    Raises Refused: account_closed.
    """
    if Account.objects.filter(person_id=job.person_id, user__is_active=False).exists():
        raise Refused("account_closed", CLOSED)
    person = Person.objects.get(pk=job.person_id)
    return access.actor_of_person(person.pk, person.name, periods.local_day(timezone.now()))


def _run(job: models.Job, *, runner: Runner) -> None:
    at = timezone.now()
    context = Context(job_id=job.pk, arguments=job.arguments, by=actor_of(job), at=at)
    result = runner.run(context)
    ending.finish(job=job, result=result, at=timezone.now())
