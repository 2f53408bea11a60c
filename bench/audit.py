"""The trail at a million entries: what one costs to write, and how long the whole chain takes to check (bar 31)."""

import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from bench._limits import at_most
from qinghe.kernel.audit import chain, keys, services, verifying
from qinghe.kernel.audit.models import Entry, Head

BAR = "1,000,000 entries checked in ≤ 60 s"
ENTRIES, CHUNK, WRITTEN = 1_000_000, 2_000, 2_000
AT = datetime(2022, 7, 1, tzinfo=UTC)
LIMITS = (at_most("seconds", 60),)


def run() -> dict[str, object]:
    """Write entries one by one, fill up to a million, check the chain."""
    with tempfile.TemporaryDirectory() as folder:
        settings.QINGHE_KEYS = Path(folder) / "keys"
        name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            one = _microseconds_each()
            _fill()
            started = time.perf_counter()
            checked = verifying.verify()
            seconds = time.perf_counter() - started
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
    return {
        "bar": BAR,
        "microseconds for one entry": one,
        "entries checked": checked.count,
        "seconds": seconds,
        "entries a second": checked.count / seconds,
        "bar met": checked.fault is None and seconds <= 60,
    }


def _microseconds_each() -> float:
    started = time.perf_counter()
    with transaction.atomic():
        for number in range(WRITTEN):
            services.record_event(
                by="林青（1）", verb="accounts.sign_in", at=AT, detail={"n": number}
            )
    return (time.perf_counter() - started) / WRITTEN * 1_000_000


def _fill() -> None:
    """Seal entries as the service does, but hand them over in chunks."""
    sealing, head = keys.writing(), Head.objects.get()
    while head.seq < ENTRIES:
        rows = [_next(head, sealing) for _ in range(CHUNK)]
        Entry.objects.bulk_create(rows, batch_size=500)
        head.save()


def _next(head: Head, sealing: keys.Seal) -> Entry:
    entry = Entry(
        seq=head.seq + 1,
        previous=head.hash,
        algorithm=sealing.name,
        at=AT + timedelta(seconds=head.seq),
        by="林青（1）",
        person_id=1,
        verb="volunteering.check_in",
        area="volunteering",
        subject_kind="volunteering.Attendance",
        first_id=head.seq,
        last_id=head.seq,
        detail={"session": "CC1", "lines": [1, 2]},
        address="192.0.2.1",
        request_id="0" * 32,
        account_id=1,
    )
    entry.hash = chain.seal(entry.link(), by=sealing)
    head.seq, head.hash = entry.seq, entry.hash
    return entry
