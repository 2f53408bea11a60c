"""Check-ins beside heavy work (bar 7): how long they take while an import, a report, an export or a backup runs.

Check-ins come through the API's door, so many a second whether the last one is answered or not, and
each is timed from the moment it was due. The import runs once in a thread of the same process, as a
worker embedded in the server does, and once in a process of its own, as separate workers do. The
report and the export run in a thread, the rebuild of the facts and the backup in processes, as they do when
it serves; they are short, so they are done again and again for some seconds.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from bench import _apart
from bench._limits import at_most

A_SECOND, QUIET, AWHILE = (
    10,
    5,
    20,
)  # check-ins a second; seconds of the measure without work, and with what is short
ROWS, SESSIONS, VOLUNTEERS = 100_000, 6_000, 8_000
P99, WORST = 0.200, 1.0
WORKS = ("same process", "own process", "a report", "an export", "a backup")
BAR = f"check-in beside heavy work: p99 ≤ {P99 * 1000:.0f} ms, worst ≤ {WORST:g} s"
LIMITS = tuple(
    limit
    for name in WORKS
    for limit in (at_most(f"{name}: p99, seconds", P99), at_most(f"{name}: worst, seconds", WORST))
)


def run() -> dict[str, object]:
    """Measure in a process with a data folder of its own, and return what it measured."""
    return _apart.measure("beside")


def main() -> None:
    """Measure, in the process that run() starts; or import, in the one that this starts."""
    import django  # noqa: PLC0415  only this process is set up by itself

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from bench import _bulk_peer as peer  # noqa: PLC0415
    from qinghe.edges.jobs import worker  # noqa: PLC0415
    from qinghe.kernel.access import actors  # noqa: PLC0415

    folder = Path(os.environ["QINGHE_DATA"])
    if sys.argv[1:]:
        peer.load(folder / sys.argv[1], _officer())
        return
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.API_LIMITS = {"read": 1_000_000, "write": 1_000_000}
    settings.QINGHE_SECOND_FACTOR = False  # nobody signs in here
    grants = list(actors.GRANTS)
    peer.make_district(sessions=SESSIONS, volunteers=VOLUNTEERS, frame=_frame)
    actors.GRANTS[:] = grants  # the peer leaves no more than it needs itself
    for half, name in enumerate(("first.xlsx", "second.xlsx")):
        peer.write(folder / name, _lines(half))
    door = _door()
    sys.setswitchinterval(worker.TURN)  # as in a server that does the long work itself
    door()  # the first one sets up what all share
    alone = _while(door, lambda: time.sleep(QUIET))
    beside = (
        lambda: peer.load(folder / "first.xlsx", _officer()),
        lambda: _import_apart("second.xlsx"),
        lambda: _awhile(_report),
        lambda: _awhile(_export),
        lambda: _awhile(lambda: _back_up(folder)),
    )
    waits = dict(zip(WORKS, [_while(door, work) for work in beside], strict=True))
    measured = {"bar": BAR, "rows imported each time": ROWS, "check-ins a second": A_SECOND}
    for name, some in {"alone": alone, **waits}.items():
        measured |= {
            f"{name}: check-ins": len(some),
            f"{name}: p50, seconds": _part(some, 0.50),
            f"{name}: p99, seconds": _part(some, 0.99),
            f"{name}: worst, seconds": max(some),
        }
    measured["bar met"] = all(
        _part(some, 0.99) <= P99 and max(some) <= WORST for some in waits.values()
    )
    sys.stdout.write(json.dumps(measured))


def _while(door: Callable[[], None], work: Callable[[], object]) -> list[float]:
    """Check in at a steady pace until the work is done; return how long each was after it was due."""
    waits: list[float] = []
    with ThreadPoolExecutor(max_workers=1) as pool:
        beside = pool.submit(work)
        due = time.perf_counter()
        while not beside.done():
            due += 1 / A_SECOND
            time.sleep(max(0.0, due - time.perf_counter()))
            door()
            waits.append(time.perf_counter() - due)
        beside.result()
    return waits


def _awhile(work: Callable[[], object]) -> None:
    """Do something again and again for some seconds, to the end of the last time."""
    ends = time.perf_counter() + AWHILE
    while time.perf_counter() < ends:
        work()


def _report() -> None:
    """Rebuild the facts, and draft the half-year's report as a document from figures not yet computed."""
    from qinghe.analytics import rebuild  # noqa: PLC0415
    from qinghe.kernel.orgs import queries as orgs  # noqa: PLC0415
    from qinghe.lib import periods  # noqa: PLC0415
    from qinghe.reports.half_year import blocks, docx  # noqa: PLC0415

    rebuild.in_child()
    docx.document(blocks.current(org=orgs.root(), period=periods.half_year(2022, 1)))


def _export() -> None:
    """Ask for the ledger of all sessions as a workbook, through its own form, and have it written."""
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from qinghe.edges.jobs import worker  # noqa: PLC0415
    from qinghe.edges.jobs.models import Export, ExportState  # noqa: PLC0415

    client = Client()
    client.force_login(User.objects.get(username="bench"))
    form = client.get("/volunteering/sessions/?export=xlsx")
    client.post(form.url, {"purpose": "work", "note": "场次台账核对", "receiver": "区团委"})
    worker.work_off()
    export = Export.objects.latest("pk")
    if export.state != ExportState.MADE or export.rows < SESSIONS:
        raise AssertionError(f"the export is {export.state} with {export.rows} rows")


def _back_up(folder: Path) -> None:
    command = [sys.executable, str(_apart.ROOT / "manage.py"), "backup", str(folder / "backups")]
    subprocess.run(command, check=True, stdout=sys.stderr, cwd=_apart.ROOT)


def _import_apart(name: str) -> None:
    subprocess.run([sys.executable, "-m", "bench.beside", name], check=True, cwd=_apart.ROOT)


def _door() -> Callable[[], None]:
    """Return what checks the next volunteer in, by a token, through the whole application."""
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from qinghe.edges.api import services as tokens  # noqa: PLC0415
    from qinghe.kernel.access.actors import Role  # noqa: PLC0415
    from qinghe.kernel.access.models import Account, Holding  # noqa: PLC0415
    from qinghe.kernel.orgs.models import Org  # noqa: PLC0415
    from qinghe.kernel.people.models import Person  # noqa: PLC0415
    from qinghe.systems.volunteering.access import Act  # noqa: PLC0415
    from qinghe.systems.volunteering.models import Session, Volunteer  # noqa: PLC0415

    now, org, person = timezone.now(), Org.objects.get(), Person.objects.earliest("pk")
    user = User.objects.create_user("bench")
    Account.objects.create(user=user, person=person)
    Holding.objects.create(person=person, role=Role.DISTRICT_OFFICER, org=org, starts_on=now.date())
    scopes = (Act.SEE, Act.CHECK_IN)
    _, text = tokens.make_token(
        user=user, name="基准", scopes=scopes, lasts=timedelta(days=1), at=now, by=_officer()
    )
    session = Session.objects.create(
        code="TODAY", title="净滩", org=org, place="海边", day=now.date(),
        starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=2),
    )  # fmt: skip
    numbers = iter(list(Volunteer.objects.order_by("pk").values_list("number", flat=True)))
    client, url = Client(), f"/api/v1/volunteering/sessions/{session.pk}/check-ins"

    def check_in() -> None:
        answer = client.post(
            url,
            {"volunteer": next(numbers)},
            content_type="application/json",
            headers={"authorization": f"Bearer {text}"},
        )
        if answer.status_code != 200:
            raise AssertionError(answer.content.decode())

    return check_in


def _officer():
    from qinghe.kernel.access.actors import Actor, Held, Role  # noqa: PLC0415
    from qinghe.kernel.orgs.models import Org  # noqa: PLC0415

    return Actor(1, "基准", (Held(Role.DISTRICT_OFFICER, Org.objects.get().path),))


def _frame(number: int) -> tuple[datetime, datetime]:
    from qinghe.lib.periods import TZ  # noqa: PLC0415

    start = datetime(2022, 1, 1, 8, tzinfo=TZ) + timedelta(
        days=number * 180 // SESSIONS, hours=number % 10
    )
    return start, start + timedelta(hours=2)


def _lines(half: int) -> Iterator[tuple[str, str, datetime, datetime]]:
    """Yield the lines of one of two files; nobody comes twice on a day."""
    for number in range(half * ROWS, (half + 1) * ROWS):
        session = number * SESSIONS // (2 * ROWS)
        start, end = _frame(session)
        yield f"CC{session:07d}", f"ZY{number % VOLUNTEERS:08d}", start, end


def _part(waits: list[float], share: float) -> float:
    return sorted(waits)[min(int(len(waits) * share), len(waits) - 1)]


if __name__ == "__main__":
    main()
