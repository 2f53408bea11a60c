"""An export is uploaded, held against the rolls by a job, and finished; or it is given up.

The job writes its lines in chunks of at most 500, each with the differences it makes and the step
forward of its run; after a break it goes on where it stopped. What can only be said of the whole (who
is not in the export, what is settled, the counts) is written by `finish_run`, in the transaction that
ends the job. The file may hold identity numbers in full: it is wiped as soon as it is read to the end,
and when it never is (S-45, S-47).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import File as Upload
from django.db import IntegrityError, transaction

from qinghe.edges.jobs import services as jobs
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import services as files
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from qinghe.systems.reconciling import models, rules
from qinghe.systems.reconciling.access import Act
from qinghe.systems.reconciling.rules import Judged, OnRoll

from .work import Lines, Work

KIND = "reconciling.compare"
CHUNK = 500
Difference, Run, RunRow = models.Difference, models.Run, models.RunRow
State = Run.State


@dataclass(frozen=True)
class NewRun:
    """An export to be held against the rolls: whose, by which columns, which file, how long."""

    columns: models.RollColumns
    org: Org
    file: Upload
    rows: int


@transaction.atomic
def upload_run(*, new: NewRun, at: datetime, by: Actor) -> models.Run:
    """Take an export in and start the job that compares it.

    One runs at a time for an organisation. Raises Refused: not_allowed, org_closed, run_waits and
    the codes of files.keep.
    """
    actors.require(by, Act.UPLOAD, at=new.org)
    orgs.check_takes_new(org=new.org)
    source = models.RollSource.objects.select_for_update().get(pk=new.columns.source_id)
    if Run.objects.filter(source=source, org=new.org, state=State.WAITING).exists():
        raise _waits(new.org)
    kept = files.keep(upload=new.file, at=at, by=by)
    try:
        with transaction.atomic():
            run = Run.objects.create(
                source=source,
                columns=new.columns,
                org=new.org,
                file=kept,
                file_name=(new.file.name or "")[-160:],
                rows=new.rows,
                uploaded_at=at,
                uploaded_by_id=by.person_id,
            )
    except IntegrityError:  # somebody else began a moment ago
        raise _waits(new.org) from None
    job = jobs.start(
        kind=KIND,
        title=f"对账：{source.name}，{new.org.name}",
        arguments={"run": run.pk},
        at=at,
        by=by,
    )
    run.job_id = job.pk
    run.save(update_fields=["job_id"])
    detail = {"file": kept.sha256, "rows": new.rows}
    audit.record(by=by, verb="reconciling.upload_run", subject=run, at=at, detail=detail)
    return run


@transaction.atomic
def keep_rows(
    *, run: models.Run, done: int, some: Sequence[Judged], at: datetime, by: Actor
) -> int:
    """Write a chunk of lines with their differences; `done` is how many stood before it.

    Raises Refused: not_allowed, run_over, already_running.
    """
    kept = Work(at, by).held(run)
    if kept.written != done:
        raise Refused("already_running", "同一次对账正在别处进行，请等它完成后再看结果。")
    rows = RunRow.objects.bulk_create([Lines(kept).row(one) for one in some])
    Difference.objects.bulk_create(Lines(kept).differences(some))
    kept.written = done + len(rows)
    kept.save(update_fields=["written"])
    detail = {"lines": [some[0].told.line, some[-1].told.line]} if some else {}
    audit.record(by=by, verb="reconciling.keep_rows", subject=kept, at=at, detail=detail)
    return kept.written


@transaction.atomic
def keep_extras(*, run: models.Run, some: Sequence[OnRoll], at: datetime, by: Actor) -> int:
    """Write a chunk of members whom no line is about. Raises Refused: not_allowed, run_over."""
    kept = Work(at, by).held(run)
    made = Difference.objects.bulk_create(
        [
            Difference(
                run=kept,
                org_id=one.org,
                kind=rules.Kind.EXTRA,
                person_id=one.person,
                ours=rules.HERE,
                theirs=rules.NOT_HERE,
                key=rules.key_of_extra(one.person),
            )
            for one in some
        ]
    )
    ids = [one.pk for one in made]
    audit.record_many(by=by, verb="reconciling.keep_extras", model=Difference, ids=ids, at=at)
    return len(made)


@transaction.atomic
def fail_run(*, run: models.Run, reason: str, at: datetime, by: Actor) -> None:
    """End a run that cannot be read or done, with its reason; nothing of it stays but this.

    Raises Refused: not_allowed, run_over.
    """
    Work(at, by).end(Work(at, by).held(run), State.FAILED, reason=reason)


@transaction.atomic
def discard_run(*, run: models.Run, at: datetime, by: Actor) -> None:
    """Give a run up that is not finished; its lines go, its file is wiped.

    Raises Refused: not_allowed, run_over.
    """
    Work(at, by).end(Work(at, by).held(run), State.DISCARDED, reason="上传人或同事放弃。")


@transaction.atomic
def drop_unfinished(*, until: datetime, at: datetime, by: object) -> int:
    """Give up the runs that were uploaded before a moment and never came to their end."""
    late = Run.objects.select_for_update().filter(state=State.WAITING, uploaded_at__lt=until)
    found = list(late.select_related("file"))
    for one in found:
        Work(at, by).end(one, State.FAILED, reason="一天内没有完成，已放弃，请重新上传。")
    return len(found)


def _waits(org: Org) -> Refused:
    return Refused(
        "run_waits", f"{org.name}的上一次对账还没有完成，没有重复上传；请等它完成，或先放弃它。"
    )
