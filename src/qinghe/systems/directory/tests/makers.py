"""Plain functions that put organisations, members and cadres where a test needs them."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import User
from django.utils import timezone

from qinghe.analytics import building, store
from qinghe.analytics.facts import Fact
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeftAs, Membership, Person, Post
from tests.cast import CLERK, LONG_AGO, NOW, actor, make_org, make_person

ON = date(2022, 3, 1)


def make_branch(code: str, parent: Org, **more: object) -> Org:
    """Open a branch."""
    wanted = {"kind": "branch", "level": "unit", **more}
    return make_org(code, f"{code}团支部", parent=parent, **wanted)


def make_member(person: Person, org: Org, *, starts_on: date = ON, ends_on: date | None = None):
    """Enter a person on a roll, and take them off again if a day is given."""
    made = people.admit_member(person=person, org=org, starts_on=starts_on, at=NOW, by=CLERK)
    if ends_on:
        people.end_membership(membership=made, on=ends_on, at=NOW, by=CLERK)
    return Membership.objects.get(pk=made.pk)


def leave(person: Person, *, on: date = ON) -> None:
    """Let a person have been in the League, and have left it."""
    new = people.NewFile(joined_on=LONG_AGO)
    file = people.open_league_file(person=person, new=new, at=NOW, by=CLERK)
    people.leave_league(file=file, how=LeftAs.RESIGNED, on=on, at=NOW, by=CLERK)


def make_cadre(
    person: Person,
    org: Org,
    *,
    title: str = "书记",
    service: str = "part_time",
    starts_on: date = ON,
    ends_on: date | None = None,
):
    """Give a person a post, and end it if a day is given."""
    new = people.NewPost(title=title, service=service, starts_on=starts_on)
    made = people.appoint(person=person, org=org, new=new, at=NOW, by=CLERK)
    if ends_on:
        people.end_post(post=made, on=ends_on, at=NOW, by=CLERK)
    return Post.objects.get(pk=made.pk)


def give(person: Person, role: Role, org: Org) -> Actor:
    """Let a person hold a role, and return them as an actor."""
    access.give_role(person=person, role=role, org=org, starts_on=LONG_AGO, at=NOW, by=CLERK)
    return actor(person)


def branch_secretary(number: str, org: Org) -> Actor:
    """Return a new person who leads a branch."""
    return give(make_person(number, "支书记"), Role.BRANCH_SECRETARY, org)


def sign_in(client: object, who: Actor) -> object:
    """Open an account for an actor and sign them in."""
    person = Person.objects.get(pk=who.person_id)
    user = access.open_account(person=person, username=f"u{person.pk}", at=NOW, by=CLERK)
    client.force_login(User.objects.get(pk=user.pk))
    return client


def build_facts(wanted: Iterable[Fact]) -> store.Store:
    """Rebuild these facts and open them."""
    building.build(
        facts=wanted,
        lineage=orgs.lineage(),
        at=timezone.now(),
        folder=store.folder(),
    )
    return store.current()
