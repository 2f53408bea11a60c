"""A district in which every post has somebody above, below and beside it, and whoever holds them.

Two districts, so that even the highest has a neighbour. Each organisation holds one of everything
that an address can name (objects.py). All of it is invented, and every text carries the mark of its
organisation: a mark that shows up where its organisation is out of sight is a leak.
"""

from dataclasses import dataclass
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.access.models import Account, Holding
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from tests import cast

from . import objects, planted
from .objects import Place

ONE_BUILDING = pytest.mark.xdist_group("the world of the walks")  # for modules that share it
RELATIONS = ("inside", "below", "above", "beside")
ORGS = [  # code, name, kind, level, parent
    ("440307", "龙岗区", "district", "district", None),
    ("440306", "宝安区", "district", "district", None),
    ("440307017", "横岗街道", "street", "street", "440307"),
    ("440307013", "坂田街道", "street", "street", "440307"),
    ("440307017901", "红棉社区", "community", "community", "440307017"),
    ("440307017902", "华乐社区", "community", "community", "440307017"),
    ("B1", "红棉社区团支部", "branch", "community", "440307017901"),
    ("B2", "红棉企业团支部", "branch", "community", "440307017901"),
    ("S1", "横岗中学团委", "league_committee", "unit", "440307017"),
    ("S2", "坂田中学团委", "league_committee", "unit", "440307017"),
    ("S1B", "高一1班团支部", "branch", "unit", "S1"),
    ("E1", "青禾电子团委", "league_committee", "unit", "440307017"),
    ("E2", "禾光科技团委", "league_committee", "unit", "440307017"),
    ("E1B", "青禾电子一支部", "branch", "unit", "E1"),
]
DISTRICT = ("440307", "440307017901", None, "440306")
STREET = ("440307017", "440307017901", "440307", "440307013")
COMMUNITY = ("440307017901", "B1", "440307017", "440307017902")
SCHOOL = ("S1", "S1B", "440307017", "S2")
ENTERPRISE = ("E1", "E1B", "440307017", "E2")
BRANCH = ("B1", None, "440307017901", "B2")
HOMES = {
    Role.DISTRICT_OFFICER: DISTRICT,
    Role.STREET_SECRETARY: STREET,
    Role.COMMUNITY_SECRETARY: COMMUNITY,
    Role.SCHOOL_SECRETARY: SCHOOL,
    Role.ENTERPRISE_SECRETARY: ENTERPRISE,
    Role.BRANCH_SECRETARY: BRANCH,
    Role.TEAM_LEADER: COMMUNITY,
    Role.VOLUNTEER: COMMUNITY,
    Role.HOTLINE_AGENT: DISTRICT,
    Role.COUNSELLOR: DISTRICT,
    Role.SUPERVISOR: DISTRICT,
    Role.INSPECTOR: DISTRICT,
    Role.JUDGE: DISTRICT,
    Role.EMPLOYER: ENTERPRISE,
    Role.MENTOR: DISTRICT,
    Role.SYSADMIN: DISTRICT,
    Role.SECADMIN: DISTRICT,
    Role.AUDITOR: DISTRICT,
}
ANONYMOUS, DISABLED, EXPIRED, NO_POST = "anonymous", "disabled", "expired", "no_post"
POWERLESS = (ANONYMOUS, DISABLED, EXPIRED, NO_POST)
EVERYONE = (*POWERLESS, *(role.value for role in Role))


@dataclass(frozen=True)
class Somebody:
    """One member of the cast of the matrix: who they are, where they stand, how they come in."""

    label: str
    actor: Actor
    user: User | None
    places: dict[str, Org]

    def client(self) -> Client:
        """Return a browser in which they are signed in as far as they can be."""
        client = Client(raise_request_exception=False)
        if self.user is not None:
            client.force_login(self.user)
        return client


@dataclass(frozen=True)
class World:
    """Every organisation with what stands at it, and everyone by the name of their role."""

    orgs: dict[str, Org]
    made: dict[str, dict[str, object]]  # organisation's code → name in an address → value
    everyone: dict[str, Somebody]
    planted: planted.Marks  # what stands in closely held columns

    def sees(self, somebody: Somebody, org: Org) -> bool:
        """Test if an organisation is at or below the one where somebody holds their post."""
        homes = [held.org_path for held in somebody.actor.holdings]
        return any(org.path.startswith(home) for home in homes)

    def above(self, somebody: Somebody, org: Org) -> bool:
        """Test if an organisation is above the one where somebody holds their post."""
        return any(held.org_path.startswith(org.path) for held in somebody.actor.holdings)


def make() -> World:
    """Enter everything and everyone. Everyone first: a new post must not find a full register."""
    orgs: dict[str, Org] = {}
    for code, name, kind, level, parent in ORGS:
        above = orgs[parent] if parent else None
        mark = objects.org_mark(code)
        orgs[code] = cast.make_org(code, f"{name}{mark}", kind=kind, level=level, parent=above)
    everyone = {label: _somebody(label, orgs) for label in EVERYONE}
    places = {code: objects.furnish(org) for code, org in orgs.items()}
    made = {code: objects.make_all(place) for code, place in places.items()}
    return World(orgs=orgs, made=made, everyone=everyone, planted=planted.plant(orgs))


def _somebody(label: str, orgs: dict[str, Org]) -> Somebody:
    if label == ANONYMOUS:
        return Somebody(label, access.NOBODY, None, _places(DISTRICT, orgs))
    person = Person.objects.create(
        number=f"CAST-{label[:14]}", name="岑青", birth_date=date(1990, 1, 1)
    )
    user = User.objects.create_user(label, is_active=label != DISABLED)
    Account.objects.create(user=user, person=person)
    role, homes = _post(label)
    if role:
        Holding.objects.create(
            person=person,
            role=role.value,
            org=orgs[homes[0]],
            starts_on=cast.LONG_AGO,
            ends_on=date(2020, 1, 1) if label == EXPIRED else None,
        )
    actor = access.NOBODY if label == DISABLED else cast.actor(person)
    return Somebody(label, actor, user, _places(homes, orgs))


def _post(label: str) -> tuple[Role | None, tuple[str | None, ...]]:
    if label == NO_POST:
        return None, DISTRICT
    if label in (DISABLED, EXPIRED):
        return Role.DISTRICT_OFFICER, DISTRICT
    return Role(label), HOMES[Role(label)]


def _places(homes: tuple[str | None, ...], orgs: dict[str, Org]) -> dict[str, Org]:
    return {
        relation: orgs[code]
        for relation, code in zip(RELATIONS, homes, strict=True)
        if code is not None
    }


__all__ = ["EVERYONE", "POWERLESS", "RELATIONS", "Place", "Somebody", "World", "make"]
