"""Writing the trail. Callers hold the transaction, so a change and its trail stand or fall together."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Model

from . import models

Detail = Mapping[str, object]
NOTHING: Detail = {}


def record(
    *, by: object, verb: str, subject: Model, at: datetime, detail: Detail = NOTHING
) -> models.Entry:
    """Write one trail entry about one record, in the caller's transaction."""
    return models.Entry.objects.create(
        at=at,
        by=str(by),
        verb=verb,
        subject_kind=subject._meta.label,
        first_id=subject.pk,
        last_id=subject.pk,
        detail=dict(detail),
    )


def record_many(
    *,
    by: object,
    verb: str,
    model: type[Model],
    ids: Iterable[int],
    at: datetime,
    detail: Detail = NOTHING,
) -> models.Entry | None:
    """Write one trail entry about a chunk of records of one model; nothing for no records."""
    ranges = compact(ids)
    if not ranges:
        return None
    return models.Entry.objects.create(
        at=at,
        by=str(by),
        verb=verb,
        subject_kind=model._meta.label,
        first_id=ranges[0][0],
        last_id=ranges[-1][1],
        detail={**detail, "ids": ranges},
    )


def compact(ids: Iterable[int]) -> list[list[int]]:
    """Return the ids as ordered [first, last] ranges."""
    ranges: list[list[int]] = []
    for number in sorted(set(ids)):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges
