"""How a job begins and ends: short transactions, its file moved in before its row says so."""

import os
import secrets
import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from . import models
from .models import State
from .runners import Result

CANCELLED = "已按要求取消；取消前已经办完的部分保留。"


@transaction.atomic
def begin(*, job_id: int) -> models.Job | None:
    """Mark a job as running and return it; nothing when there is nothing left to do for it."""
    job = models.Job.objects.select_for_update().filter(pk=job_id, state__in=models.OPEN).first()
    if job is None:
        return None
    job.state, job.attempts = State.RUNNING, job.attempts + 1
    job.save(update_fields=["state", "attempts"])
    return job


def finish(*, job: models.Job, result: Result | None, at: datetime) -> bool:
    """End a job with what came of it and its last effects, all or nothing, once."""
    result = result or Result()
    stored_as = _move_in(result.file) if result.file else ""
    try:
        with transaction.atomic():
            ended = models.Job.objects.filter(pk=job.pk, state=State.RUNNING).update(
                state=State.DONE,
                ended_at=at,
                reason=result.words,
                url=result.url,
                stored_as=stored_as,
                result_name=result.name[-160:],
                size=(folder() / stored_as).stat().st_size if stored_as else 0,
                expires_at=at + result.lasts if stored_as else None,
            )
            if ended and result.settle:
                result.settle()
    except BaseException:
        wipe(stored_as)
        raise
    if not ended:
        wipe(stored_as)
    return bool(ended)


def stop(*, job: models.Job, state: State, reason: str, at: datetime) -> None:
    """End a job that did not reach its end, with a sentence for the person who waits for it."""
    models.Job.objects.filter(pk=job.pk, state__in=models.OPEN).update(
        state=state, reason=reason[:400], ended_at=at
    )


def path_of(job: models.Job) -> Path:
    """Return where the result of a job lies."""
    return folder() / job.stored_as


def folder() -> Path:
    """Return the folder of results, readable by this program alone."""
    path = Path(settings.QINGHE_DATA) / "results"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _move_in(file: Path) -> str:
    name = f"{secrets.token_hex(20)}{file.suffix}"
    target = folder() / name
    shutil.move(file, target)
    target.chmod(0o600)
    with target.open("rb") as written:
        os.fsync(written.fileno())
    return name


def wipe(stored_as: str) -> None:
    """Take a result's file away."""
    if stored_as:
        (folder() / stored_as).unlink(missing_ok=True)
