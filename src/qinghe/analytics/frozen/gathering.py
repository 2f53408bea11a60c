"""Writing the figures of a freezing before it exists, a chunk a transaction.

Hundreds of thousands of rows in one transaction would keep every other writer out for seconds. So
they go in under a gathering that nobody reads, and the freezing that names it makes them its own.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from qinghe.analytics.models import Freezing, FrozenFigure, Gathering
from qinghe.kernel import bulk

from .folders import Tally

CHUNK = 2000  # rows a transaction, of eight values each
FIELDS = ("code", "org_id", "value", "exact", "state", "records", "sha256")


def gather(
    tallies: Sequence[Tally], *, at: datetime, progress: Callable[[int, int], None]
) -> Gathering:
    """Write figures; they count for nothing until a freezing names what is returned."""
    gathering = Gathering.objects.create(at=at)
    for start in range(0, len(tallies), CHUNK):
        rows = tallies[start : start + CHUNK]
        with transaction.atomic():
            bulk.insert_many(
                FrozenFigure, fields=FIELDS, rows=rows, same={"gathering_id": gathering.pk}
            )
        progress(start + len(rows), len(tallies))
    return gathering


def lock(gathering_id: int) -> None:
    """Keep others from naming or sweeping a gathering until the transaction ends."""
    list(Gathering.objects.select_for_update().filter(pk=gathering_id))


def sweep() -> int:
    """Take away what no freezing names, and count it; for whoever holds the right to freeze."""
    swept = 0
    for key in Gathering.objects.filter(freezing=None).values_list("pk", flat=True):
        while count := _sweep_some(key):
            swept += count
    return swept


@transaction.atomic
def _sweep_some(gathering_id: int) -> int:
    """Delete a chunk of figures, or with the last of them the gathering itself; none if it is named."""
    lock(gathering_id)
    if Freezing.objects.filter(gathering=gathering_id).exists():
        return 0
    keys = list(
        FrozenFigure.objects.filter(gathering=gathering_id).values_list("pk", flat=True)[:CHUNK]
    )
    # Past Unchangeable, which refuses; the database still refuses what a freezing names.
    QuerySet(FrozenFigure).filter(pk__in=keys).delete()
    if len(keys) < CHUNK:
        Gathering.objects.filter(pk=gathering_id).delete()
    return len(keys)
