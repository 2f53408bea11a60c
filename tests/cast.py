"""The people and places that everyone knows by name: tests, journeys and screenshots use them.

龙岗区 with the streets 横岗 and 坂田 and three communities; 林 of the district, 陈 of 横岗, 何 who
leads volunteers in 红棉 community, 小明 a volunteer, 小红 who is fifteen, 周 a stranger from 坂田's
community. The wider cast has also 许 and 安, the administrators of the system and of security, 唐 of
a school in 横岗 and 罗 of its branch, 梁 of an enterprise there, 谢 the supervisor, and 方, a
volunteer with an account. All of them are invented.
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
class Places:
    """Everywhere, by name."""

    longgang: Org
    henggang: Org
    bantian: Org
    hongmian: Org  # a community of 横岗
    huale: Org  # another community of 横岗
    xiangjiaotang: Org  # a community of 坂田


@dataclass(frozen=True)
class Cast(Places):
    """Everyone and everywhere, by name."""

    lin: Actor
    chen: Actor
    he: Actor
    xiaoming: Person
    xiaohong: Person
    zhou: Actor
    auditor: Actor


@dataclass(frozen=True)
class WiderCast(Cast):
    """Everyone, and those who keep the house and those of the school and the enterprise."""

    school: Org  # a school's committee in 横岗
    branch: Org  # a branch of that school
    enterprise: Org  # an enterprise's committee in 横岗
    xu: Actor  # system administrator
    an: Actor  # security administrator
    tang: Actor  # school secretary
    luo: Actor  # branch secretary
    liang: Actor  # enterprise secretary
    xie: Actor  # supervisor of the district
    fang: Actor  # volunteer at 红棉, with the account "fangqing"


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


def make_places() -> Places:
    """Enter everywhere, and nobody."""
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
    return Places(
        longgang=longgang,
        henggang=henggang,
        bantian=bantian,
        hongmian=hongmian,
        huale=huale,
        xiangjiaotang=xiangjiaotang,
    )


def make_cast() -> Cast:
    """Enter everyone and everywhere."""
    places = make_places()
    return Cast(
        **vars(places),
        lin=with_role("P001", "林青", role=Role.DISTRICT_OFFICER, org=places.longgang),
        chen=with_role("P002", "陈穗", role=Role.STREET_SECRETARY, org=places.henggang),
        he=with_role("P003", "何禾", role=Role.TEAM_LEADER, org=places.hongmian),
        xiaoming=make_person("P004", "明小麦"),
        xiaohong=make_person("P005", "红小米", birth_date=date(2007, 4, 5)),
        zhou=with_role("P006", "周远", role=Role.COMMUNITY_SECRETARY, org=places.xiangjiaotang),
        auditor=with_role("P007", "沈照", role=Role.AUDITOR, org=places.longgang),
    )


def make_wider_cast() -> WiderCast:
    """Enter everyone and everywhere, and the rest of the house."""
    cast = make_cast()
    committee = {"kind": "league_committee", "level": "unit", "parent": cast.henggang}
    school = make_org("HGZX", "横岗中学团委", **committee, sector="school")
    enterprise = make_org(
        "XHKJ",
        "星河科技团委",
        **committee,
        sector="society",
        new_org_kind="nonpublic_enterprise",
    )
    branch = make_org(
        "HGZX-01", "高一（1）团支部", kind="branch", level="unit", parent=school, sector="school"
    )
    fang = with_role("P017", "方晴", role=Role.VOLUNTEER, org=cast.hongmian)
    access.open_account(
        person=Person.objects.get(pk=fang.person_id), username="fangqing", at=NOW, by=CLERK
    )
    return WiderCast(
        **vars(cast),
        school=school,
        branch=branch,
        enterprise=enterprise,
        xu=with_role("P011", "许正", role=Role.SYSADMIN, org=cast.longgang),
        an=with_role("P012", "安然", role=Role.SECADMIN, org=cast.longgang),
        tang=with_role("P013", "唐苗", role=Role.SCHOOL_SECRETARY, org=school),
        luo=with_role("P014", "罗小树", role=Role.BRANCH_SECRETARY, org=branch),
        liang=with_role("P015", "梁田", role=Role.ENTERPRISE_SECRETARY, org=enterprise),
        xie=with_role("P016", "谢宁", role=Role.SUPERVISOR, org=cast.longgang),
        fang=fang,
    )
