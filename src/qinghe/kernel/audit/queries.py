"""Reading the trail of one record."""

from django.db.models import F, QuerySet

from . import chain, keys, models


def entries_about(kind: str, pk: int) -> list[models.Entry]:
    """Return what was done to one record, newest first, bulk chunks that made it included."""
    about = models.Entry.objects.filter(subject_kind=kind)
    alone = about.filter(first_id=pk, last_id=pk)
    # Few entries cover more than one record; an index of their own finds them among millions.
    chunks = about.filter(first_id__lte=pk, last_id__gte=pk, last_id__gt=F("first_id"))
    candidates = alone.union(chunks, all=True).order_by("-at", "-seq")
    return [entry for entry in candidates if _covers(entry, pk)]


def _covers(entry: models.Entry, pk: int) -> bool:
    ranges = entry.detail.get("ids", [[entry.first_id, entry.last_id]])
    return any(first <= pk <= last for first, last in ranges)


def neighbours(entry: models.Entry) -> list[models.Entry]:
    """Return the entries right before and after one in the chain, as far as there are any."""
    beside = (entry.seq - 1, entry.seq + 1)
    return list(models.Entry.objects.filter(seq__in=beside).order_by("seq"))


def holds(entry: models.Entry) -> bool:
    """Test if an entry is as it was sealed, and follows on the one before it."""
    sealing = keys.reading().get(entry.algorithm)
    if sealing is None or chain.seal(entry.link(), by=sealing) != entry.hash:
        return False
    before = models.Entry.objects.filter(seq=entry.seq - 1).values_list("hash", flat=True).first()
    return before is None or before == entry.previous


def head() -> models.Head:
    """Return where the chain ends."""
    return models.Head.objects.get(pk=1)


def last_of(person_id: int) -> QuerySet[models.Entry]:
    """Return the newest entry of what a person did, as a question that others may take in."""
    return models.Entry.objects.filter(person_id=person_id).order_by("-at", "-seq")[:1]


def newest(verb: str) -> models.Entry | None:
    """Return the newest entry with a verb, or nothing."""
    return models.Entry.objects.filter(verb=verb).order_by("-at", "-seq").first()
