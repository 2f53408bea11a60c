"""The bulk door: the half-year's 472,000 attendances as one .xlsx, against django-import-export (bar 41).

Peer: a ModelResource over the same two tables with the same look-ups by code and the same test of
uniqueness, from the same workbook. It is measured on a slice, once as it comes and once in its bulk
mode, which cannot write the check-in and check-out times and so does half the work. Ours checks
more (the session's frame, overlaps, hours a day) in both the slice and the whole file.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from bench import _apart
from bench._limits import at_least

SLICE = 5_000
TIMES = 472_000
SESSIONS = 27_431
VOLUNTEERS = 40_000
BAR = "≥ 10 × django-import-export on the same rows"
LIMITS = (at_least("times faster on the slice", 10),)


def run() -> dict[str, object]:
    """Measure in a process with a data folder of its own, and return what it measured."""
    return _apart.measure("bulk")


def main() -> None:
    """Measure, in the process that run() starts."""
    import django  # noqa: PLC0415  only this process is set up by itself

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    from bench import _bulk_peer as peer  # noqa: PLC0415

    folder = Path(os.environ["QINGHE_DATA"])
    actor = peer.make_district(sessions=SESSIONS, volunteers=VOLUNTEERS, frame=frame)
    part, whole = folder / "slice.xlsx", folder / "whole.xlsx"
    peer.write(part, attendances(SLICE))
    _, writing = timed(lambda: peer.write(whole, attendances(TIMES)))
    ours = middle_of(3, lambda: peer.load(part, actor), peer.clear)
    in_bulk = middle_of(1, lambda: peer.import_in_bulk(part), peer.clear)
    row_by_row = middle_of(1, lambda: peer.import_rows(part), peer.clear)
    read = peer.read_seconds(whole)
    written, seconds = timed(lambda: peer.load(whole, actor))
    rate, peer_rate = written / seconds, SLICE / row_by_row
    answer = {
        "bar": BAR,
        "rows of the slice": SLICE,
        "slice, seconds": ours,
        "slice, django-import-export, seconds": row_by_row,
        "slice, its bulk mode (one table of two), seconds": in_bulk,
        "times faster on the slice": row_by_row / ours,
        "times faster than its bulk mode": in_bulk / ours,
        "rows of the whole file": written,
        "whole file, megabytes": whole.stat().st_size / 1024**2,
        "whole file, seconds to write it": writing,
        "whole file, seconds to guard and read it": read,
        "whole file, seconds to load it": seconds,
        "whole file, rows a second": rate,
        "times faster on the whole file": rate / peer_rate,
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "bar met": row_by_row >= 10 * ours,
    }
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


def frame(number: int) -> tuple[datetime, datetime]:
    """Return when a session starts and ends: two hours, spread over the half-year."""
    from qinghe.lib.periods import TZ  # noqa: PLC0415

    day = date(2022, 1, 1) + timedelta(days=number * 181 // SESSIONS)
    start = datetime(day.year, day.month, day.day, 8 + number % 10, tzinfo=TZ)
    return start, start + timedelta(hours=2)


def attendances(count: int) -> Iterator[tuple[str, str, datetime, datetime]]:
    """Yield the lines of the ledger, session after session; nobody comes twice within days."""
    for number in range(count):
        session = number * SESSIONS // TIMES
        start, end = frame(session)
        came = start - timedelta(minutes=number % 20)
        left = end + timedelta(minutes=number % 13)
        yield f"CC{session:07d}", f"ZY{number % VOLUNTEERS:08d}", came, left


def timed(work: Callable[[], int | None]) -> tuple[int, float]:
    """Return what the work returns, and its seconds."""
    started = time.perf_counter()
    done = work()
    return done or 0, time.perf_counter() - started


def middle_of(times: int, work: Callable[[], int], undo: Callable[[], None]) -> float:
    """Return the middle measure of loading the slice, each undone."""
    taken = []
    for _ in range(times):
        done, seconds = timed(work)
        if done != SLICE:
            raise AssertionError(f"{done} rows instead of {SLICE}")
        undo()
        taken.append(seconds)
    return sorted(taken)[times // 2]


if __name__ == "__main__":
    main()
