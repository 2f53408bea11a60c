"""Ceremonies as workbooks bring them in, a chunk at a time: drafts, to which the files are added."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.systems.pioneers import models

Through = models.Ceremony.steps.through


class ReadyCeremony(NamedTuple):
    """A ceremony that a file tells of, checked."""

    kind: str
    org_id: int
    day: date
    place: str
    people: int
    leaders: str
    again: str
    outline_id: int
    steps: tuple[int, ...]


@transaction.atomic
def enter_many(
    *, ready: Sequence[ReadyCeremony], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Enter a chunk of drafts that were checked before, against the rights of `by` too."""
    told = [row._asdict() for row in ready]
    done = [row.pop("steps") for row in told]
    made = models.Ceremony.objects.bulk_create(models.Ceremony(**row) for row in told)
    Through.objects.bulk_create(
        Through(ceremony_id=one.pk, step_id=step)
        for one, steps in zip(made, done, strict=True)
        for step in steps
    )
    audit.record_many(
        by=by,
        verb="pioneers.enter_many",
        model=models.Ceremony,
        ids=[one.pk for one in made],
        at=at,
        detail=source,
    )
    return len(made)
