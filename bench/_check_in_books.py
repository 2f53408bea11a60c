"""The database that check-ins are measured on, and what is on its books afterwards."""

import os
from collections import Counter
from datetime import datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import _bulk_peer as peer  # noqa: E402
from qinghe.edges.api import services as tokens_of  # noqa: E402
from qinghe.kernel import bulk  # noqa: E402
from qinghe.kernel.access.actors import Actor, Role  # noqa: E402
from qinghe.kernel.access.models import Account, Holding  # noqa: E402
from qinghe.kernel.orgs.models import Org  # noqa: E402
from qinghe.kernel.people.models import Person  # noqa: E402
from qinghe.lib.periods import TZ  # noqa: E402
from qinghe.systems.volunteering.access import Act  # noqa: E402
from qinghe.systems.volunteering.models import Attendance, Scan, Session, Stay, Volunteer  # noqa: E402

A_SESSION = 17  # attendances of one, as the half-year had
CHUNK = 2_000


def fill(attendances: int, *, tokens: int, single: int, queued: int) -> dict[str, object]:
    """Make the half-year before, the leaders with their tokens, and the session of today."""
    volunteers = single + queued
    sessions = attendances // A_SESSION
    officer = peer.make_district(sessions=sessions, volunteers=volunteers, frame=_frame)
    _serve(attendances, sessions=sessions)
    now, org = timezone.now(), Org.objects.get()
    session = Session.objects.create(
        code="TODAY", title="净滩", org=org, place="海边", day=now.date(),
        starts_at=now - timedelta(minutes=20), ends_at=now + timedelta(hours=3),
    )  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    numbers = list(Volunteer.objects.order_by("pk").values_list("number", flat=True))
    return {
        "vendor": connection.vendor,
        "path": f"/api/v1/volunteering/sessions/{session.pk}/check-ins",
        "now": now.isoformat(),
        "tokens": [_leader(number, org, now=now, by=officer) for number in range(tokens)],
        "numbers": numbers[:single],
        "queued": numbers[single:],
    }


def missing(nonces: list[str]) -> int:
    """Count the scans that were acknowledged and are not there, or whose stay is there twice."""
    there = set(Scan.objects.values_list("nonce", flat=True))
    lost = sum(nonce not in there for nonce in nonces)
    today = Stay.objects.filter(attendance__session__code="TODAY")
    stays = Counter(today.values_list("attendance__volunteer", flat=True))
    return lost + sum(count > 1 for count in stays.values()) + abs(len(there) - len(stays))


def _leader(number: int, org: Org, *, now: datetime, by: Actor) -> str:
    person = Person.objects.create(number=f"L{number}", name=f"领{number}")
    user = User.objects.create_user(f"leader{number}")
    Account.objects.create(user=user, person=person)
    Holding.objects.create(person=person, role=Role.DISTRICT_OFFICER, org=org, starts_on=now.date())
    scopes = (Act.SEE, Act.CHECK_IN)
    lasts = timedelta(days=1)
    return tokens_of.make_token(user=user, name="基准", scopes=scopes, lasts=lasts, at=now, by=by)[
        1
    ]


def _frame(number: int) -> tuple[datetime, datetime]:
    start = datetime(2022, 1, 1, 8, tzinfo=TZ) + timedelta(days=number % 180, hours=number % 10)
    return start, start + timedelta(hours=2)


def _serve(attendances: int, *, sessions: int) -> None:
    """Write the services of the half-year before, each volunteer's spread over many sessions."""
    volunteers = list(Volunteer.objects.order_by("pk").values_list("pk", flat=True))
    keys = list(Session.objects.order_by("pk").values_list("pk", flat=True))
    pairs = [
        (keys[number % sessions], volunteers[(number * 7 + number // sessions) % len(volunteers)], number % sessions)
        for number in range(attendances)
    ]  # fmt: skip
    seen: set[tuple[int, int]] = set()
    rows = [pair for pair in pairs if pair[:2] not in seen and not seen.add(pair[:2])]
    for start in range(0, len(rows), CHUNK):
        some = rows[start : start + CHUNK]
        made = bulk.insert_many(
            Attendance,
            fields=("session_id", "volunteer_id"),
            rows=[pair[:2] for pair in some],
            same={"state": "effective", "minutes": 120, "how": "sheet"},
        )
        bulk.insert_many(
            Stay,
            fields=("attendance_id", "came_at", "left_at"),
            rows=[(key, *_frame(pair[2])) for key, pair in zip(made, some, strict=True)],
            same={"recorded_at": timezone.now()},
        )
