"""What is erased of runs once it is old (S-08); the nightly retention asks."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.audit import services as audit
from qinghe.kernel.consent.retention import Action, Retention
from qinghe.systems.reconciling import models

from .runs import CHUNK, drop_unfinished

HALF_A_YEAR = 183
BY = "manage retention"


@transaction.atomic
def erase_rows(*, run: models.Run, at: datetime, by: object) -> int:
    """Erase the lines of a finished run; its differences and counts stay."""
    keys = list(run.lines.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        models.RunRow.objects.filter(pk__in=keys[start : start + CHUNK]).delete()
    run.erased_at = at
    run.save(update_fields=["erased_at"])
    audit.record(
        by=by, verb="reconciling.erase_rows", subject=run, at=at, detail={"rows": len(keys)}
    )
    return len(keys)


def _erase_old(until: datetime, at: datetime) -> int:
    old = models.Run.objects.filter(
        state=models.Run.State.DONE, finished_at__lt=until, erased_at__isnull=True
    )
    return sum(erase_rows(run=run, at=at, by=BY) for run in old)


def _drop_old(until: datetime, at: datetime) -> int:
    return drop_unfinished(until=until, at=at, by=BY)


RETENTION = (
    Retention(
        model="reconciling.RunRow",
        label="对账来源名册的原始行",
        days=HALF_A_YEAR,
        starts="run__finished_at",
        action=Action.DELETE,
        why="核对差异时要用；清除后只留差异和数字",
        least=30,
        run=_erase_old,
    ),
    Retention(
        model="reconciling.Run",
        label="没有做完的对账及其文件",
        days=1,
        starts="uploaded_at",
        action=Action.DELETE,
        why="文件可能含完整证件号，读完即清除，没有做完的一天后清除",
        run=_drop_old,
    ),
    Retention(
        model="reconciling.Difference",
        label="对账差异及其答复",
        days=0,
        starts="pk",
        action=Action.KEEP,
        why="两边名册各次核对和更正的凭据；证件号只有首尾",
    ),
)
