"""The people and places that everyone knows by name: tests, journeys and screenshots use them.

龙岗区 with the streets 横岗 and 坂田 and three communities; 林 of the district, 陈 of 横岗, 何 who
leads volunteers in 红棉 community, 小明 a volunteer, 小红 who is fifteen, 周 a stranger from 坂田's
community. All of them are invented.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person

NOW = datetime(2022, 7, 3, 14, 0, tzinfo=UTC)  # 22:00 in 龙岗
TODAY = date(2022, 7, 3)
LONG_AGO = date(2010, 1, 1)
CLERK = "the cast"


@dataclass(frozen=True)
class Cast:
    """Everyone and everywhere, by name."""

    longgang: Org
    henggang: Org
    bantian: Org
    hongmian: Org  # a community of 横岗
    huale: Org  # another community of 横岗
    xiangjiaotang: Org  # a community of 坂田
    lin: Actor
    chen: Actor
    he: Actor
    xiaoming: Person
    xiaohong: Person
    zhou: Actor
    auditor: Actor


def actor(person: Person) -> Actor:
    """Return a person of the cast as an actor with the roles held on the cast's today."""
    return access_queries.actor_of_person(person.pk, person.name, TODAY)


def make_org(
    code: str,
    name: str,
    *,
    kind: str,
    level: str,
    parent: Org | None,
    opened_on: date = LONG_AGO,
    sector: str = "",
    new_org_kind: str = "",
) -> Org:
    """Open an organisation under another."""
    new = orgs.NewOrg(
        code=code,
        name=name,
        kind=kind,
        level=level,
        opened_on=opened_on,
        sector=sector,
        new_org_kind=new_org_kind,
        parent_code=parent.code if parent else "",
    )
    return orgs.open_org(new=new, at=NOW, by=CLERK)


def make_person(number: str, name: str, *, birth_date: date = date(1995, 3, 1)) -> Person:
    """Enter a person."""
    new = people.NewPerson(number=number, name=name, birth_date=birth_date)
    return people.add_person(new=new, at=NOW, by=CLERK)


def with_role(number: str, name: str, *, role: Role, org: Org) -> Actor:
    """Enter a person who holds a role, and return them as an actor."""
    person = make_person(number, name)
    access.give_role(person=person, role=role, org=org, starts_on=LONG_AGO, at=NOW, by=CLERK)
    return actor(person)


def make_cast() -> Cast:
    """Enter everyone and everywhere."""
    longgang = make_org("440307", "龙岗区", kind="district", level="district", parent=None)
    henggang = make_org("440307017", "横岗街道", kind="street", level="street", parent=longgang)
    bantian = make_org("440307013", "坂田街道", kind="street", level="street", parent=longgang)
    hongmian, huale, xiangjiaotang = (
        make_org(code, name, kind="community", level="community", parent=street)
        for code, name, street in [
            ("440307017901", "红棉社区", henggang),
            ("440307017902", "华乐社区", henggang),
            ("440307013901", "象角塘社区", bantian),
        ]
    )
    return Cast(
        longgang=longgang,
        henggang=henggang,
        bantian=bantian,
        hongmian=hongmian,
        huale=huale,
        xiangjiaotang=xiangjiaotang,
        lin=with_role("P001", "林青", role=Role.DISTRICT_OFFICER, org=longgang),
        chen=with_role("P002", "陈穗", role=Role.STREET_SECRETARY, org=henggang),
        he=with_role("P003", "何禾", role=Role.TEAM_LEADER, org=hongmian),
        xiaoming=make_person("P004", "明小麦"),
        xiaohong=make_person("P005", "红小米", birth_date=date(2007, 4, 5)),
        zhou=with_role("P006", "周远", role=Role.COMMUNITY_SECRETARY, org=xiangjiaotang),
        auditor=with_role("P007", "沈照", role=Role.AUDITOR, org=longgang),
    )
