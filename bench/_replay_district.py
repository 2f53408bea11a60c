"""The district whose half-year is replayed: the demo's own, entered up to the check-ins."""

import math
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from bench.replay import Scan, Sitting
from qinghe.analytics import figures, rebuild, store
from qinghe.demo import cast, story
from qinghe.demo.plan.rows import AttendanceRow
from qinghe.demo.sizes import FULL, TOLD_AT, Size
from qinghe.edges.api import services as tokens
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib import periods
from qinghe.systems.volunteering import indicators
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.models import Session

BEGINS = datetime(2022, 1, 1, tzinfo=periods.TZ)
COUNTED = {"VOL-02": "sessions", "VOL-03": "person_times", "VOL-04": "hours"}


@dataclass(frozen=True)
class Told:
    """What is on the books, and what is still to come in."""

    size: Size
    rows: list[AttendanceRow]
    token: str
    database: str

    def at_session(self) -> dict[str, list[AttendanceRow]]:
        """Return who comes to which session."""
        found: dict[str, list[AttendanceRow]] = defaultdict(list)
        for row in self.rows:
            found[row.session_code].append(row)
        return found

    def sittings(self) -> Iterator[Sitting]:
        """Yield every session with its scans, in the order of the half-year."""
        coming = self.at_session()
        for pk, code, ends_at in self._sessions:
            if code in coming:
                scans = [scan for row in coming[code] for scan in _scans(row)]
                scans.sort(key=lambda scan: (scan.at, scan.kind == "out"))
                yield Sitting(pk, ends_at, tuple(scans))

    @cached_property
    def _sessions(self) -> list[tuple[int, str, datetime]]:
        return list(Session.objects.order_by("starts_at").values_list("pk", "code", "ends_at"))


def enter(person_times: int) -> Told:
    """Enter a district with so many attendances to come, and a token of its officer."""
    call_command("migrate", verbosity=0)
    size = _size(person_times)
    story.begin(size=size, token="-", at=timezone.now())
    by = cast.officer()
    folder = Path(os.environ.get("QINGHE_DATA", tempfile.gettempdir())) / "ledgers"
    scene = story.set_scene(size=size, folder=folder, by=by, say=lambda words: None)
    attended = scene.attended()
    _, token = tokens.make_token(
        user=User.objects.get(username="linqing"),
        name="重放",
        scopes=(Act.SEE, Act.CHECK_IN),
        lasts=timedelta(days=300),
        at=BEGINS,
        by=by,
    )
    connections.close_all()
    rows = [*attended.effective, *attended.awaiting]
    return Told(size, rows, token, connection.vendor)


def counted(told: Told) -> dict[str, tuple[int, int]]:
    """Count the half-year from the records; return what was planned beside what was counted."""
    rebuild.in_this_process(at=TOLD_AT)
    asked = [one for one in indicators.INDICATORS if one.code in COUNTED]
    found = figures.compute(store.current(), asked, periods.half_year(2022, 1))
    district = orgs.root().pk
    return {
        code: (getattr(told.size, name), int(found[code, district].exact or 0))
        for code, name in COUNTED.items()
    }


def _scans(row: AttendanceRow) -> tuple[Scan, Scan]:
    name = f"{row.session_code}-{row.volunteer_number}"
    return (
        Scan(f"{name}-in", row.volunteer_number, "in", row.came_at),
        Scan(f"{name}-out", row.volunteer_number, "out", row.left_at),
    )


def _size(person_times: int) -> Size:
    """Return the full size, or one in its proportions."""
    if person_times == FULL.person_times:
        return FULL
    part = person_times / FULL.person_times

    def share(whole: int) -> int:
        return math.ceil(whole * part)

    return replace(
        FULL,
        name="replayed",
        orgs=240,
        new_orgs=87,
        opened_new_orgs=9,
        members=share(FULL.members),
        cadres=share(FULL.cadres),
        full_time=share(FULL.full_time),
        volunteers=share(FULL.volunteers),
        registered=share(FULL.registered),
        teams=share(FULL.teams),
        approved_teams=share(FULL.approved_teams),
        sessions=share(FULL.sessions),
        unattended=share(FULL.unattended),
        person_times=person_times,
        hours=share(FULL.hours),
        awaiting=1,
        stars=share(FULL.stars),
    )
