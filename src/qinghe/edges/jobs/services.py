"""Asking for long work, taking the wish back, and wiping what it left behind."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.verdicts import Refused

from . import ending, models, tasks
from .models import State
from .runners import Arguments, runner_of


@dataclass(frozen=True)
class Owner:
    """Whose job it is, when somebody else's word starts it."""

    person_id: int
    name: str


@transaction.atomic
def start(
    *,
    kind: str,
    title: str,
    arguments: Arguments,
    at: datetime,
    by: Actor,
    owner: Owner | None = None,
) -> models.Job:
    """Put a job in the queue; it is begun once the caller's transaction stands.

    It runs as its owner, who asked for it: `by`, unless somebody else's word starts it.

    Raises Refused: unknown_kind.
    """
    if runner_of(kind) is None:
        raise Refused("unknown_kind", f"没有名为{kind}的后台任务，没有任何改动。")
    owner = owner or Owner(by.person_id, str(by))
    job = models.Job.objects.create(
        kind=kind,
        title=title[:160],
        arguments=dict(arguments),
        at=at,
        by=owner.name,
        person_id=owner.person_id,
    )
    audit.record(by=by, verb="jobs.start", subject=job, at=at, detail={"kind": kind})
    tasks.run_job.enqueue(job_id=job.pk)
    return job


@transaction.atomic
def cancel(*, job: models.Job, at: datetime, by: Actor) -> models.Job:
    """Stop a job: at once while it waits, at its next whole step while it runs.

    Raises Refused: not_yours, job_ended, not_cancellable.
    """
    job = models.Job.objects.select_for_update().get(pk=job.pk)
    if job.person_id != by.person_id:
        raise Refused("not_yours", "只能取消自己的任务，没有任何改动。")
    if not job.is_open:
        raise Refused("job_ended", f"任务{job.get_state_display()}，不能再取消。")
    runner = runner_of(job.kind)
    if job.state == State.RUNNING and runner and not runner.cancellable:
        raise Refused("not_cancellable", "这类任务开始后不能取消，请等它完成。")
    job.cancel_asked = True
    if job.state == State.QUEUED:
        job.state, job.ended_at, job.reason = State.CANCELLED, at, ending.CANCELLED
    job.save(update_fields=["cancel_asked", "state", "ended_at", "reason"])
    audit.record(by=by, verb="jobs.cancel", subject=job, at=at)
    return job


@transaction.atomic
def purge(*, at: datetime, by: object) -> int:
    """Wipe the files of results whose time is over, and what nobody's row names any longer."""
    expired = models.Job.objects.exclude(stored_as="").filter(expires_at__lte=at)
    over = list(expired)
    for job in over:
        audit.record(by=by, verb="jobs.wipe", subject=job, at=at)
        ending.wipe(job.stored_as)
    expired.update(stored_as="", size=0)
    kept = set(models.Job.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    yesterday = at.timestamp() - 86_400
    for path in ending.folder().iterdir():
        if path.name not in kept and path.stat().st_mtime < yesterday:
            path.unlink()
    return len(over)
