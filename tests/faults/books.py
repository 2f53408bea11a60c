"""Run as a script on a house's records: fills them, and looks afterwards at what is there.

books.py fill MANY  a session of today, volunteers, and devices with their tokens
books.py look       given the nonces that were acknowledged: what is missing, what is there twice, and
                    whether rows, trail and chain agree
"""

import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from django.db import connection  # noqa: E402

from bench import _check_in_books as books  # noqa: E402  it sets Django up
from qinghe.kernel.audit import verifying  # noqa: E402
from qinghe.kernel.audit.models import Entry  # noqa: E402
from qinghe.systems.volunteering.models import Attendance, Scan, Stay  # noqa: E402

BEFORE, DEVICES = 100, 60


def look(acknowledged: list[str]) -> dict[str, object]:
    """Compare what clients were told with the records, and the records with each other."""
    scans = list(Scan.objects.values_list("nonce", flat=True))
    there = set(scans)
    today = Attendance.objects.filter(session__code="TODAY")
    stays = Counter(Stay.objects.filter(attendance__in=today).values_list("attendance", flat=True))
    came = Scan.objects.filter(kind=Scan.Kind.IN).count()
    trail = Entry.objects.filter(verb="volunteering.check_in").count()
    return {
        "lost": sum(nonce not in there for nonce in acknowledged),
        "doubled": len(scans) - len(there) + sum(count - 1 for count in stays.values()),
        "counts": sorted({came, today.count(), stays.total(), trail}),
        "chain": str(verifying.verify().fault or ""),
        "file": _file(),
    }


def _file() -> str:
    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA integrity_check").fetchone()[0]


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        told = books.fill(BEFORE, tokens=DEVICES, single=int(sys.argv[2]), queued=0)
    else:
        told = look(json.load(sys.stdin))
    sys.stdout.write(json.dumps(told))
