"""Points as workbooks bring them in, a chunk at a time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.systems.inspections import models


class ReadyPoint(NamedTuple):
    """A point that a file tells of, checked."""

    code: str
    name: str
    kind_id: int
    org_id: int
    address: str
    latitude: Decimal | None
    longitude: Decimal | None
    opened_on: date


@transaction.atomic
def enter_many(
    *, ready: Sequence[ReadyPoint], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Enter a chunk of points that were checked before, against the rights of `by` too."""
    made = models.Point.objects.bulk_create(models.Point(**row._asdict()) for row in ready)
    audit.record_many(
        by=by,
        verb="inspections.enter_many",
        model=models.Point,
        ids=[one.pk for one in made],
        at=at,
        detail=source,
    )
    return len(made)
