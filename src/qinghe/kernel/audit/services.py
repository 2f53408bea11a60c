"""Writing the trail. Callers hold the transaction, so a change and its trail stand or fall together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Min, Model

from qinghe.lib.verdicts import Refused

from . import asking, chain, keys, models, verifying
from .models import Outcome
from .verifying import Anchor, Checked

Detail = Mapping[str, object]
NOTHING: Detail = {}
LONGEST_NAME = 160
# Written by hand: it runs with every change, and so takes a tenth of the time.
READ = "SELECT seq, hash FROM audit_head WHERE id = 1"
HEAD = {"sqlite": READ, "postgresql": f"{READ} FOR UPDATE"}
ADVANCE = "UPDATE audit_head SET seq = %s, hash = %s WHERE id = 1"
KEPT = timedelta(days=184)  # S-14: six months, which can be 184 days


@dataclass(frozen=True)
class Covered:
    """The records that an entry is about; none for an event."""

    kind: str = ""
    first_id: int = 0
    last_id: int = 0
    org_id: int = 0


def record(
    *, by: object, verb: str, subject: Model, at: datetime, detail: Detail = NOTHING
) -> models.Entry:
    """Write one trail entry about one record, in the caller's transaction."""
    return _append(by=by, verb=verb, covered=_covering(subject), at=at, detail=detail)


def record_each(
    *, by: object, verb: str, told: Iterable[tuple[Model, Detail]], at: datetime
) -> list[models.Entry]:
    """Write one trail entry for each of a chunk of records, in the caller's transaction.

    They are what `record` would write one after the other; the head of the chain moves once.
    """
    return _append_all(
        [
            _entry(by=by, verb=verb, covered=_covering(subject), at=at, detail=detail)
            for subject, detail in told
        ]
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
    covered = Covered(model._meta.label, ranges[0][0], ranges[-1][1])
    return _append(by=by, verb=verb, covered=covered, at=at, detail={**detail, "ids": ranges})


def record_event(
    *,
    by: object,
    verb: str,
    at: datetime,
    detail: Detail = NOTHING,
    outcome: str = Outcome.DONE,
) -> models.Entry:
    """Write one trail entry about something that is no record: a sign-in, a search, an export."""
    return _append(
        by=by, verb=verb, covered=Covered(), at=at, detail=detail, outcome=Outcome(outcome)
    )


@transaction.atomic
def anchor(*, at: datetime, by: object) -> Anchor:
    """Say where the chain stands, to be kept on another machine, and write down that it was said."""
    seq, digest = models.Head.objects.values_list("seq", "hash").get(pk=1)
    record_event(by=by, verb="audit.anchor", at=at, detail={"seq": seq, "hash": digest})
    return Anchor(seq=seq, hash=digest, at=at)


@transaction.atomic
def note_check(*, checked: Checked, at: datetime, by: object) -> models.Entry:
    """Write down that the chain was checked, and what was found."""
    fault = checked.fault
    found = {"seq": fault.seq, "kind": fault.kind.value} if fault else {}
    return record_event(
        by=by,
        verb="audit.verify",
        at=at,
        detail={"count": checked.count, "first": checked.first, "last": checked.last, **found},
        outcome=Outcome.REFUSED if fault else Outcome.DONE,
    )


@transaction.atomic
def prune(*, before: datetime, at: datetime, by: object) -> int:
    """Delete the oldest entries, up to the first one that is not from before a moment.

    A checkpoint in the chain says up to where, so that what is left can still be checked.
    Raises Refused: too_young.
    """
    if before > at - KEPT:
        raise Refused(
            "too_young",
            f"操作记录至少保存{KEPT.days}天（S-14），没有删除任何记录；请改用更早的日期。",
        )
    kept = models.Entry.objects.filter(at__gte=before).aggregate(first=Min("seq"))["first"]
    old = models.Entry.objects.filter(seq__lt=kept) if kept else models.Entry.objects.all()
    last = old.order_by("-seq").values_list("seq", "hash").first()
    if last is None:
        return 0
    gone = models.Entry.objects.filter(seq__lte=last[0])
    said = {"through": last[0], "hash": last[1], "count": gone.count()}
    record_event(by=by, verb=verifying.PRUNED, at=at, detail=said)
    return gone.delete()[0]


def compact(ids: Iterable[int]) -> list[list[int]]:
    """Return the ids as ordered [first, last] ranges."""
    ranges: list[list[int]] = []
    for number in sorted(set(ids)):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


def _covering(subject: Model) -> Covered:
    kind = subject._meta.label
    org_id = subject.pk if kind == "orgs.Org" else getattr(subject, "org_id", None)
    return Covered(kind, subject.pk, subject.pk, org_id or 0)


def _append(
    *,
    by: object,
    verb: str,
    covered: Covered,
    at: datetime,
    detail: Detail,
    outcome: Outcome = Outcome.DONE,
) -> models.Entry:
    entry = _entry(by=by, verb=verb, covered=covered, at=at, detail=detail, outcome=outcome)
    return _append_all([entry])[0]


def _entry(
    *,
    by: object,
    verb: str,
    covered: Covered,
    at: datetime,
    detail: Detail,
    outcome: Outcome = Outcome.DONE,
) -> models.Entry:
    asker = asking.current()
    return models.Entry(
        at=at,
        by=str(by)[:LONGEST_NAME],
        person_id=getattr(by, "person_id", 0),
        verb=verb,
        area=verb.partition(".")[0],
        outcome=outcome.value,
        subject_kind=covered.kind,
        first_id=covered.first_id,
        last_id=covered.last_id,
        org_id=covered.org_id,
        detail=chain.plain(detail),
        address=asker.address,
        request_id=asker.request_id,
        account_id=asker.account_id,
    )


def _append_all(entries: list[models.Entry]) -> list[models.Entry]:
    """Link entries one to the next, and the first to the head of the chain."""
    if not entries:
        return entries
    sealing = keys.writing()
    # All or nothing, and a writer from here on: PostgreSQL locks the row, SQLite the whole file.
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(HEAD[connection.vendor])
        head, previous = cursor.fetchone() or _no_head()
        for seq, entry in enumerate(entries, start=head + 1):
            entry.seq, entry.previous, entry.algorithm = seq, previous, sealing.name
            entry.hash = previous = chain.seal(entry.link(), by=sealing)
        if len(entries) == 1:
            entries[0].save(force_insert=True)  # it runs with every change
        else:
            models.Entry.objects.bulk_create(entries)
        cursor.execute(ADVANCE, [entries[-1].seq, previous])
    return entries


def _no_head() -> tuple[int, str]:
    raise models.Head.DoesNotExist("the head of the audit chain is gone; nothing was written")
