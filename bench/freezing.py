"""Freezing a full district (ADR 0025, bar 7): how long others that want to write have to wait for it.

A process of its own asks for SQLite's write lock again and again and notes how long it was refused
at a stretch, as somebody who checks in would be. Organisations and indicators are as many as in the
full demo; there are no records, for a freezing keeps as many figures without.
"""

import json
import os
import subprocess
import sys
import time
from tempfile import TemporaryDirectory

from bench import _apart
from bench._limits import at_most

UNITS = 2_908  # with eleven streets and the district 2,920 organisations
STREETS = 11
GLANCE = 0.001  # seconds between two askings
LONGEST = 0.200  # seconds; what a check-in may take beside heavy work (bar 7)
BAR = f"longest write lock while freezing ≤ {LONGEST * 1000:.0f} ms (bar 7)"
LIMITS = (at_most("longest write lock, seconds", LONGEST),)


def run() -> dict[str, object]:
    """Measure in a process with a data folder of its own, and return what it measured."""
    with TemporaryDirectory(prefix="qinghe-bench-") as folder:
        return json.loads(_process(folder).communicate()[0])


def _process(folder: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "bench.freezing", *arguments],
        env=_apart.environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_apart.ROOT,
    )


def main() -> None:
    """Measure, in the process that run() starts; or watch the lock, in the one that this starts."""
    import django  # noqa: PLC0415  only this process is set up by itself

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    if sys.argv[1:]:
        watch(sys.argv[1])
        return
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from qinghe.analytics import frozen, rebuild  # noqa: PLC0415
    from qinghe.lib import periods  # noqa: PLC0415

    officer, now, period = _district(), timezone.now(), periods.half_year(2022, 1)
    rebuild.in_this_process(at=now)
    watcher = _process(os.environ["QINGHE_DATA"], str(connection.settings_dict["NAME"]))
    watcher.stdout.readline()  # it watches
    started = time.perf_counter()
    made = frozen.make(period=period, by=officer, at=now)
    gathered = time.perf_counter()
    frozen.keep(made=made, by=officer, at=now)
    ended = time.perf_counter()
    waits = sorted(json.loads(watcher.communicate()[0]))
    measured = {
        "bar": BAR,
        "figures kept": made.figures,
        "seconds to make it": gathered - started,
        "seconds to name it": ended - gathered,
        "write locks met": len(waits),
        "write lock, p50, seconds": waits[len(waits) // 2],
        "longest write lock, seconds": waits[-1],
        "bar met": waits[-1] <= LONGEST,
    }
    sys.stdout.write(json.dumps(measured))


def watch(name: str) -> None:
    """Ask for the write lock until standard input ends; print how long each refusal lasted."""
    import select  # noqa: PLC0415

    import pysqlite3  # noqa: PLC0415

    db = pysqlite3.connect(name, timeout=0, isolation_level=None)
    print("watching", flush=True)
    waits: list[float] = []
    refused_at = None
    while not select.select([sys.stdin], [], [], GLANCE)[0]:
        asked_at = time.perf_counter()
        try:
            db.execute("BEGIN IMMEDIATE")
        except pysqlite3.OperationalError:
            refused_at = refused_at or asked_at
            continue
        db.execute("ROLLBACK")
        if refused_at:
            waits.append(asked_at - refused_at)
            refused_at = None
    sys.stdout.write(json.dumps(waits))


def _district():
    """Make an empty database with a full tree, and return its officer."""
    from datetime import date  # noqa: PLC0415

    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from qinghe.kernel.access.actors import Actor, Held, Role  # noqa: PLC0415
    from qinghe.kernel.orgs import services as orgs  # noqa: PLC0415
    from qinghe.kernel.orgs.models import Org, Placement  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    since = date(2021, 1, 1)
    new = orgs.NewOrg("440307", "龙岗区", kind="district", level="district", opened_on=since)
    top = orgs.open_org(new=new, at=timezone.now(), by="bench")

    def below(parent: Org, code: str, kind: str, level: str) -> Org:
        path = f"{parent.path}{code}/"
        return Org(
            code=code, name=code, kind=kind, level=level, parent=parent, path=path, opened_on=since
        )

    streets = [below(top, f"440307{n:03d}", "street", "street") for n in range(STREETS)]
    streets = Org.objects.bulk_create(streets)
    units = [
        below(streets[n % STREETS], f"{streets[n % STREETS].code}{n:06d}", "community", "community")
        for n in range(UNITS)
    ]
    units = Org.objects.bulk_create(units, batch_size=2_000)
    Placement.objects.bulk_create(
        [Placement(org=each, parent=each.parent, starts_on=since) for each in streets + units],
        batch_size=2_000,
    )
    return Actor(1, "基准", (Held(Role.DISTRICT_OFFICER, top.path),))


if __name__ == "__main__":
    main()
