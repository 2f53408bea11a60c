"""A district of branches with members on their rolls, and an export of them; all invented."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction

from qinghe.edges.books import Book
from qinghe.edges.jobs import worker
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Held, Role
from qinghe.kernel.orgs.models import Org, Placement
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, Membership, Person
from qinghe.systems.reconciling import forms, services
from qinghe.systems.reconciling.models import Run

NOW = datetime(2022, 7, 3, 1, tzinfo=UTC)
SINCE = date(2010, 1, 1)
BY = "the bench"
PIECE = 500
Member = tuple[str, str, str, str, date]


def make(*, branches: int, people: Sequence[Member]) -> Actor:
    """Enter a district with branches and their members, and return its officer."""
    call_command("migrate", verbosity=0)
    top = _org("440307", "龙岗区", "district", "district", None)
    orgs = Org.objects.bulk_create(
        _new(f"B{place:06d}", f"第{place}团支部", "branch", "unit", top)
        for place in range(branches)
    )
    Placement.objects.bulk_create(Placement(org=org, parent=top, starts_on=SINCE) for org in orgs)
    _enter(people, list(Org.objects.filter(parent=top).order_by("code")))
    officer = Person.objects.create(number="OFFICER", name="林青")
    access.give_role(
        person=officer, role=Role.DISTRICT_OFFICER, org=top, starts_on=SINCE, at=NOW, by=BY
    )
    return Actor(officer.pk, officer.name, (Held(Role.DISTRICT_OFFICER, top.path),))


def export(headings: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Return an export as a workbook."""
    book = Book(created=NOW)
    with book:
        book.rows(book.page("团员", headings), lines)
    return book.content()


def upload(by: Actor, content: bytes, *, keys: Sequence[str], headings: Sequence[str]) -> Run:
    """Name the source, and upload the export as a page does."""
    top = Org.objects.get(code="440307")
    source = services.name_roll_source(name="智慧团建", org=top, at=NOW, by=by)
    columns = services.keep_roll_columns(
        source=source,
        columns=dict(zip(keys, headings, strict=True)),
        headings=headings,
        at=NOW,
        by=by,
    )
    file = ContentFile(content, name="export.xlsx")
    rows = forms.rows_of(file, columns=columns.columns)
    return services.upload_run(new=services.NewRun(columns, top, file, rows), at=NOW, by=by)


def work_off() -> None:
    """Let the worker do what waits."""
    worker.work_off()


def counts(found: Run) -> Mapping[str, int]:
    """Return what a run came to. Raises AssertionError when it did not end."""
    found.refresh_from_db()
    if found.state != Run.State.DONE:
        raise AssertionError(f"the run is {found.state}: {found.words}")
    kinds = ("extra", "missing", "changed", "unsure")
    return {
        "lines": found.written,
        "agreed": found.lines.filter(outcome="agreed").count(),
        **{f"differences: {kind}": found.differences.filter(kind=kind).count() for kind in kinds},
    }


def _enter(members: Sequence[Member], branches: Sequence[Org]) -> None:
    for start in range(0, len(members), PIECE):
        some = members[start : start + PIECE]
        with transaction.atomic():
            made = Person.objects.bulk_create(
                Person(number=number, name=name) for number, name, *_ in some
            )
            Membership.objects.bulk_create(
                Membership(
                    person=person, org=branches[(start + at) % len(branches)], starts_on=SINCE
                )
                for at, person in enumerate(made)
            )
            LeagueFile.objects.bulk_create(
                LeagueFile(person=person, joined_on=joined, number=league)
                for person, (_, _, _, league, joined) in zip(made, some, strict=True)
            )
            new = {
                person.pk: people.NewContact(id_number=told[2])
                for person, told in zip(made, some, strict=True)
            }
            people.keep_contacts(new=new, at=NOW, by=BY, source={"file": "bench"})


def _org(code: str, name: str, kind: str, level: str, parent: Org | None) -> Org:
    org = _new(code, name, kind, level, parent)
    org.save()
    Placement.objects.create(org=org, parent=parent, starts_on=SINCE)
    return org


def _new(code: str, name: str, kind: str, level: str, parent: Org | None) -> Org:
    path = f"{parent.path if parent else '/'}{code}/"
    return Org(
        code=code, name=name, kind=kind, level=level, parent=parent, path=path, opened_on=SINCE
    )
