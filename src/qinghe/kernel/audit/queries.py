"""Reading the trail of one record."""

from . import models


def entries_about(kind: str, pk: int) -> list[models.Entry]:
    """Return what was done to one record, newest first, bulk chunks that made it included."""
    candidates = models.Entry.objects.filter(
        subject_kind=kind, first_id__lte=pk, last_id__gte=pk
    ).order_by("-at", "-pk")
    return [entry for entry in candidates if _covers(entry, pk)]


def _covers(entry: models.Entry, pk: int) -> bool:
    ranges = entry.detail.get("ids", [[entry.first_id, entry.last_id]])
    return any(first <= pk <= last for first, last in ranges)
