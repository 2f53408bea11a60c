"""A district of branches below streets with members and files, and lists of more; all invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qinghe.edges.sheets import Sheet, services, writing
from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.orgs.models import Org, Placement
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, Membership, Person
from qinghe.systems.directory.sheets.people import MEMBERS
from qinghe.systems.rolls.sheets import FILES

NOW = datetime(2022, 7, 3, 1, tzinfo=UTC)
SINCE, JOINED = date(2010, 1, 1), date(2019, 9, 1)
BORN = date(1997, 1, 1)
BY, PIECE, KNOWN = "the bench", 5_000, 3  # every third of a list is known by number already


@dataclass(frozen=True)
class Ground:
    """Who measures, and the code of the street that is looked at."""

    officer: Actor
    street: str


def make(*, streets: int, branches: int, members: int) -> Ground:
    """Enter the tree, its members with files but for one in a hundred, and two who sign in."""
    call_command("migrate", verbosity=0)
    (top,) = _enter([_org("440307", "龙岗区", "district", "district", None)])
    below = _enter(
        [_org(f"S{n:04d}", f"第{n}街道", "street", "street", top) for n in range(streets)]
    )
    _enter(
        [
            _org(f"B{n:06d}", f"第{n}团支部", "branch", "unit", below[n % streets])
            for n in range(branches)
        ]
    )
    keys = list(Org.objects.filter(kind="branch").order_by("code").values_list("pk", flat=True))
    for first in range(0, members, PIECE):
        with transaction.atomic():
            _members(range(first, min(first + PIECE, members)), keys)
    officer = _signed_in("district", Role.DISTRICT_OFFICER, top)
    _signed_in("street", Role.STREET_SECRETARY, below[0])
    return Ground(officer, below[0].code)


def client(username: str) -> Client:
    """Return a browser in which somebody is signed in."""
    found = Client(headers={"host": "localhost"})
    found.force_login(User.objects.get(username=username))
    return found


def queries_of(browser: Client, address: str) -> int:
    """Return how many questions a page asks."""
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    return len(asked)


def take_in(ground: Ground, folder: Path, *, lines: int, first: int) -> int:
    """Let a list of members in, a third of them people who are known already."""
    numbers = range(first, first + lines)
    Person.objects.bulk_create(
        [_person(number) for number in numbers if number % KNOWN == 0], batch_size=PIECE
    )
    codes = list(Org.objects.filter(kind="branch").order_by("code").values_list("code", flat=True))
    rows = (
        (f"M{n:07d}", _name(n), "女", _born(n), codes[n % len(codes)], JOINED, None, None)
        for n in numbers
    )
    return _load(MEMBERS, folder / "members.xlsx", rows, by=ground.officer)


def take_in_files(ground: Ground, folder: Path, *, lines: int, first: int) -> int:
    """Let the League files of that list in, matched by number and name."""
    rows = (
        (f"M{n:07d}", _name(n), JOINED, f"2019{44_000_000 + n:08d}", None)
        for n in range(first, first + lines)
    )
    return _load(FILES, folder / "files.xlsx", rows, by=ground.officer)


def _load(sheet: Sheet, path: Path, rows: Iterator[tuple[object, ...]], *, by: Actor) -> int:
    with path.open("wb") as target:
        writing.export_to(target, [column.label for column in sheet.columns], rows)
    outcome = services.load_file(sheet=sheet, path=path, by=by, at=NOW)
    if outcome.problems:
        raise AssertionError(outcome.problems[0])
    return outcome.written


def _members(numbers: range, orgs: list[int]) -> None:
    made = Person.objects.bulk_create([_person(number) for number in numbers])
    Membership.objects.bulk_create(
        Membership(person=person, org_id=orgs[number % len(orgs)], starts_on=JOINED)
        for number, person in zip(numbers, made, strict=True)
    )
    LeagueFile.objects.bulk_create(
        LeagueFile(person=person, joined_on=JOINED, number=f"2019{44_000_000 + number:08d}")
        for number, person in zip(numbers, made, strict=True)
        if number % 100
    )


def _person(number: int) -> Person:
    return Person(
        number=f"M{number:07d}", name=_name(number), sex="female", birth_date=_born(number)
    )


def _name(number: int) -> str:
    return "赵钱孙李周吴郑王冯陈"[number % 10] + "安宁舟禾青木林森川海"[number // 10 % 10]


def _born(number: int) -> date:
    return BORN + timedelta(days=number % 2_900)


def _signed_in(username: str, role: Role, org: Org) -> Actor:
    person = people.add_person(new=people.NewPerson(f"P-{username}", "林青"), at=NOW, by=BY)
    access.give_role(person=person, role=role, org=org, starts_on=SINCE, at=NOW, by=BY)
    access.open_account(person=person, username=username, at=NOW, by=BY)
    return access_queries.actor_of_person(person.pk, person.name, NOW.date())


def _enter(orgs: list[Org]) -> list[Org]:
    made = Org.objects.bulk_create(orgs)
    Placement.objects.bulk_create(
        Placement(org=org, parent=org.parent, starts_on=SINCE) for org in made
    )
    return made


def _org(code: str, name: str, kind: str, level: str, parent: Org | None) -> Org:
    path = f"{parent.path if parent else '/'}{code}/"
    return Org(
        code=code, name=name, kind=kind, level=level, parent=parent, path=path, opened_on=SINCE
    )
