"""Who asked does not decide: over all decisions of the house, found by what they say (bar 17).

The services that decide are read from the code (deciding.py), and each has a row in decisions.csv: a
new one without a row fails. Where a row names a door, it is gone through twice: by somebody else,
who decides, and by who asked, given the same role, who is refused. A slice of the doors is gone
through in each run, all of them by `--all`.
"""

import ast
from functools import cache
from zlib import crc32

import pytest
from django.apps import apps
from django.forms import BaseForm
from django.test import Client

from qinghe.edges import inbox
from qinghe.kernel.access.actors import ADMINISTRATORS, Role
from qinghe.kernel.access.models import Account, Holding
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people.models import Person
from tests import cast

from . import deciding, filling, hidden, sweep, told
from .noting import noting, undone
from .world import HOMES, ONE_BUILDING

pytestmark = ONE_BUILDING
SLICES = 12
PLACES = ("inside", "below")
# What a check found, and nobody asked for: the trail names who closed it.
FOUND = {"systems.volunteering.services.findings.close_finding"}
LOOSE = {"person_id", "writer", "reviewer"}  # columns that name a person without a foreign key
ROWS = {key[0]: row for key, row in deciding.tables.read(deciding.DECISIONS, keys=1).items()}
DOORS = {
    name: found.groups()
    for name, row in ROWS.items()
    if (found := deciding.DOOR.fullmatch(row["shown"]))
}
TESTS = {
    name: found.groups()
    for name, row in ROWS.items()
    if (found := deciding.TEST.fullmatch(row["shown"]))
}
SOME = [name for name in DOORS if crc32(name.encode()) % SLICES == 0]


@pytest.fixture(scope="module")
def decisions():
    return deciding.every_decision()


@cache
def code_of_tests(path):
    """Return what each test of a file says, by its name."""
    text = (deciding.ROOT / path).read_text(encoding="utf-8")
    found = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
    lines = text.splitlines()
    return {
        node.name: "\n".join(
            lines[min(each.lineno for each in (node, *node.decorator_list)) - 1 : node.end_lineno]
        )
        for node in found
    }


def test_every_decision_has_a_row_with_its_refusals(decisions):
    now = {name: " ".join(one.refuses) for name, one in decisions.items()}

    assert {name: row["refuses"] for name, row in ROWS.items()} == now


def test_every_refusal_that_is_named_is_said_by_what_is_called(decisions):
    unsaid = {name: found for name, one in decisions.items() if (found := deciding.unsaid(one))}

    assert unsaid == {}


def test_every_row_says_where_it_is_seen_or_why_not():
    assert [
        name for name, row in ROWS.items() if row["refuses"] and name not in DOORS | TESTS
    ] == []
    assert [name for name, row in ROWS.items() if not row["shown"]] == []


def test_every_test_that_a_row_names_is_there_and_refuses():
    silent = [name for name, (path, test) in TESTS.items() if not _refuses(path, test, name)]

    assert silent == []


def _refuses(path, test, name):
    text = code_of_tests(path).get(test, "")
    return "Refused" in text or any(code in text for code in ROWS[name]["refuses"].split())


class Deciding:
    """Goes through the door of a decision, as somebody who may decide there."""

    def __init__(self, world, routes, called):
        self.world, self.called = world, called
        self.routes = {route.name: route for route in routes}

    def other(self, role):
        return self.world.everyone[role].client()

    def asker(self, role, code):
        """Let who asked for everything at an organisation hold the role of who decides there."""
        person = Person.objects.get(number=f"{code}P")
        held = Holding.objects.filter(person=person)
        if role in ADMINISTRATORS:
            held.delete()
        home = self.world.orgs[HOMES[role][0]]
        if not held.filter(role=role, org=home).exists():
            Holding.objects.create(person=person, role=role, org=home, starts_on=cast.LONG_AGO)
        client = Client(raise_request_exception=False)
        client.force_login(Account.objects.get(person=person).user)
        return client

    def end(self, client, name, *, code):
        """Return how the service ended, what changed, and if the trail leads to both names."""
        route, made = self.routes[DOORS[name][2]], self.world.made[code]
        method = next(method for method in route.methods if method != "GET")
        url, sent = route.url(made), hidden.sent(route, made)
        self.called.ends.clear()
        asker = Person.objects.get(number=f"{code}P").pk
        answer, noted, both = self._ask(client, method, url, sent, asker=asker)
        form = (answer.context or {}).get("form")
        if name not in self.called.ends and isinstance(form, BaseForm):
            filled = filling.filled(form, code=code)
            answer, noted, both = self._ask(client, method, url, sent, asker=asker, filled=filled)
        return self.called.ends.get(name, answer.status_code), told.changed(noted), both

    def _ask(self, client, method, url, sent, *, asker, filled=None):
        sweep.limits.forget()
        with undone(), noting() as noted:
            answer = sweep._asked(client, method, url, sent=sent, filled=filled)
            entries = Entry.objects.filter(request_id=answer["X-Request-ID"])
            both = any(names_both(entry, asker=asker) for entry in entries)
        return answer, noted, both


def names_both(entry, *, asker):
    """Test if an entry says who decided, and the record that it names says who asked."""
    if not entry.person_id or entry.person_id == asker or not entry.subject_kind:
        return False
    row = apps.get_model(entry.subject_kind)._base_manager.filter(pk=entry.first_id).first()
    return row is not None and asker in people_near(row)


def people_near(row):
    """Return the keys of the people whom a row names, or one that it leads to or that leads to it."""
    found = people_of(row, hops=2)
    for beside in row._meta.related_objects:
        rows = beside.related_model._base_manager.filter(**{beside.field.name: row})
        for one in rows[:9]:
            found |= people_of(one, hops=1)
    return found


def people_of(row, *, hops):
    """Return the keys of the people whom a row names, or one that it leads to by so many steps."""
    found = {row.pk} if isinstance(row, Person) else set()
    for field in row._meta.concrete_fields:
        if field.name in LOOSE:
            found.add(getattr(row, field.name))
        elif hops and field.is_relation and (near := getattr(row, field.name)) is not None:
            found |= people_of(near, hops=hops - 1)
    return found


@pytest.fixture
def doors(world, db, routes, decisions, monkeypatch):
    monkeypatch.setattr(inbox, "QUEUES", [])
    with deciding.calling(decisions) as called:
        yield Deciding(world, routes, called)


def differing(doors, names):
    """Return the decisions at which another does not decide, or who asked is not refused."""
    found = {}
    for name in names:
        label, place, _ = DOORS[name]
        role = Role(label)
        code = HOMES[role][PLACES.index(place)]
        end, changed, both = doors.end(doors.other(role), name, code=code)
        if end != "done" or not changed or not (both or name in FOUND):
            names = "both" if both else "not both"
            found[name] = f"another decides: {end}, {sorted(changed)}, the trail names {names}"
            continue
        with undone():
            end, changed, _ = doors.end(doors.asker(role, code), name, code=code)
        if end not in ROWS[name]["refuses"].split() or changed:
            found[name] = f"who asked decides: {end}, {sorted(changed)}"
    return found


def test_who_asked_is_refused_where_another_decides(doors):
    """Bar 17."""
    assert differing(doors, SOME) == {}


@pytest.mark.whole
def test_who_asked_is_refused_at_every_door_where_another_decides(doors):
    """Bar 17."""
    assert differing(doors, DOORS) == {}
