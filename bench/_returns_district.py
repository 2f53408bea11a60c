"""A district whose organisations are all asked by twelve forms, for the bench of returns."""

import statistics
import time
from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qinghe.edges.jobs import services as jobs
from qinghe.edges.jobs import worker
from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.orgs.models import Org, Placement
from qinghe.kernel.people import services as people
from qinghe.lib import periods
from qinghe.systems.returns import queries, services
from qinghe.systems.returns.models import Filing, Round

CLERK = "bench"
SINCE = date(2010, 1, 1)
PER_PAGE = 20
TIMES = 15
SENDER = 9_999_999


def make(*, orgs: int, streets: int, communities: int, forms: int) -> tuple[Actor, list[Round]]:
    """Make the tree and its officer, ask every form of everybody, and let six in ten report."""
    call_command("migrate", verbosity=0)
    _tree(orgs=orgs, streets=streets, communities=communities)
    now, today = timezone.now(), timezone.localdate()
    person = people.add_person(new=people.NewPerson("P001", "林青"), at=now, by=CLERK)
    top = Org.objects.get(parent__isnull=True)
    access.give_role(
        person=person,
        role=Role.DISTRICT_OFFICER,
        org=top,
        starts_on=SINCE,
        at=now,
        by=CLERK,
    )
    access.open_account(person=person, username="linqing", at=now, by=CLERK)
    officer = access_queries.actor_of_person(person.pk, person.name, today)
    period = periods.half_year(today.year, 1 if today.month <= 6 else 2)
    rounds = []
    for number in range(1, forms + 1):
        rounds.append(_ask(number, by=officer, period=period))
    for opened in rounds:
        reported = list(opened.filings.order_by("pk").values_list("pk", flat=True))
        _send([pk for place, pk in enumerate(reported) if place % 10 < 6])
    return officer, rounds


def client_of(officer: Actor) -> Client:
    """Return a browser in which the officer is signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username="linqing"))
    return client


def read_late(officer: Actor, rounds: Sequence[Round]) -> dict[str, float | int]:
    """Read the first page of who has not reported, as its view does, without the frame around it."""
    top = Org.objects.get(parent__isnull=True)

    def read() -> None:
        found = list(queries.rounds_within(officer, rounds[0].span))
        rows = queries.late_ledger(officer, top, found)
        rows.count()
        queries.missing_of(officer, list(rows[:PER_PAGE]), found)

    seconds = []
    for _ in range(TIMES):
        started = time.perf_counter()
        read()
        seconds.append(time.perf_counter() - started)
    with CaptureQueriesContext(connection) as asked:
        read()
    return {"queries": len(asked), "seconds": statistics.median(seconds)}


def send_all(opened: Round) -> list[int]:
    """Let everybody report one form, and return the filings."""
    waiting = list(opened.filings.values_list("pk", flat=True))
    _send(waiting)
    return waiting


def accept(officer: Actor, filings: Sequence[int]) -> None:
    """Accept filings as the page does: by a job, chunk after chunk."""
    jobs.start(
        kind="returns.accept_many",
        title="bench",
        arguments={"filings": ",".join(str(key) for key in filings)},
        at=timezone.now(),
        by=officer,
    )
    worker.work_off()


def accepted(opened: Round) -> int:
    """Count what was accepted."""
    return opened.filings.filter(state=Filing.State.ACCEPTED).count()


def _ask(number: int, *, by: Actor, period: periods.Period) -> Round:
    now, today = timezone.now(), timezone.localdate()
    defined = services.define(
        new=services.NewDefinition(label=f"第{number}项", unit="个", meaning="期内。"),
        at=now,
        by=by,
    )
    form = services.make_form(
        new=services.NewForm(
            slug=f"form-{number}",
            title=f"第{number}张报表",
            period_kind="half_year",
            levels=("district", "street", "community", "unit"),
            cells=[services.NewCell(defined.code)],
        ),
        at=now,
        by=by,
    )
    return services.open_round(
        form=services.publish_form(form=form, at=now, by=by),
        period=period,
        opens_on=today - timedelta(days=20),
        closes_on=today - timedelta(days=1),
        at=now,
        by=by,
    )


def _send(keys: Sequence[int]) -> None:
    for start in range(0, len(keys), 5_000):
        Filing.objects.filter(pk__in=keys[start : start + 5_000]).update(
            state=Filing.State.SUBMITTED,
            submitted_at=timezone.now(),
            submitted_by=CLERK,
            sender_id=SENDER,
        )


def _tree(*, orgs: int, streets: int, communities: int) -> None:
    top = _org("440307", "龙岗区", "district", None)
    areas = [_org(f"440307{n:03d}", f"{n}号街道", "street", top) for n in range(1, streets + 1)]
    places = [
        _org(f"440307{n:06d}", f"{n}号社区", "community", areas[n % streets])
        for n in range(1, communities + 1)
    ]
    left = orgs - 1 - streets - communities
    made = Org.objects.bulk_create(
        Org(
            code=f"ZB{n:05d}",
            name=f"第{n}支部",
            kind="branch",
            level="unit",
            parent=places[n % communities],
            path=f"{places[n % communities].path}ZB{n:05d}/",
            opened_on=SINCE,
        )
        for n in range(left)
    )
    Placement.objects.bulk_create(
        Placement(org=one, parent=one.parent, starts_on=SINCE) for one in made
    )


def _org(code: str, name: str, kind: str, parent: Org | None) -> Org:
    path = f"{parent.path if parent else '/'}{code}/"
    made = Org.objects.create(
        code=code, name=name, kind=kind, level=kind, parent=parent, path=path, opened_on=SINCE
    )
    Placement.objects.create(org=made, parent=parent, starts_on=SINCE)
    return made
