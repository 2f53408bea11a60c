"""The people everyone knows by name: they can be looked through in the demo. All are invented."""

from dataclasses import dataclass
from datetime import date, datetime

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as people_queries
from qinghe.kernel.people import services as people
from qinghe.systems.volunteering.models import Attendance

SINCE = date(2021, 1, 1)
VOLUNTEER = "zhiyuanzhe"


@dataclass(frozen=True)
class CastMember:
    """Somebody with a role at an organisation of the demo district."""

    number: str
    name: str
    account: str
    role: Role
    org_code: str
    birth_date: date


CAST = (
    CastMember("P001", "林青", "linqing", Role.DISTRICT_OFFICER, "440307", date(1986, 3, 12)),
    CastMember("P013", "罗衡", "luoheng", Role.DISTRICT_OFFICER, "440307", date(1981, 5, 26)),
    CastMember("P002", "陈穗", "chensui", Role.STREET_SECRETARY, "440307017", date(1990, 6, 2)),
    CastMember(
        "P006", "周远", "zhouyuan", Role.COMMUNITY_SECRETARY, "440307013002", date(1992, 9, 9)
    ),
    CastMember("P003", "何禾", "hehe", Role.TEAM_LEADER, "440307017001", date(1995, 4, 21)),
    CastMember("P007", "沈照", "shenzhao", Role.AUDITOR, "440307", date(1983, 11, 30)),
    CastMember("P011", "许正", "xuzheng", Role.SYSADMIN, "440307", date(1988, 1, 15)),
    CastMember("P012", "安然", "anran", Role.SECADMIN, "440307", date(1987, 8, 8)),
)


def enter(*, at: datetime) -> Actor:
    """Enter the cast with their roles and accounts; return the district officer.

    Accounts have no usable password: they are entered through the demo's door only.
    """
    for member in CAST:
        org = orgs.by_code(member.org_code)
        if org is None:
            raise ValueError(f"the divisions lack {member.org_code}")
        person = people.add_person(
            new=people.NewPerson(member.number, member.name, birth_date=member.birth_date),
            at=at,
            by="demo",
        )
        access.give_role(
            person=person, role=member.role, org=org, starts_on=SINCE, at=at, by="demo"
        )
        access.open_account(person=person, username=member.account, at=at, by="demo")
    return officer()


def open_for_a_volunteer(*, at: datetime) -> None:
    """Let one of the demo's own volunteers in, the first in the books who has served."""
    served = Attendance.objects.order_by("volunteer__number").select_related(
        "volunteer__person", "volunteer__org"
    )
    attendance = served.filter(state=Attendance.State.EFFECTIVE).first()
    if attendance is None:
        raise ValueError("nobody has served yet")
    volunteer = attendance.volunteer
    access.give_role(
        person=volunteer.person,
        role=Role.VOLUNTEER,
        org=volunteer.org,
        starts_on=SINCE,
        at=at,
        by="demo",
    )
    access.open_account(person=volunteer.person, username=VOLUNTEER, at=at, by="demo")


def officer(*, second: bool = False) -> Actor:
    """Return the district officer of the cast, through whom the half-year is entered.

    The second one reviews what the first sends.
    """
    person = people_queries.by_number(CAST[1 if second else 0].number)
    if person is None:
        raise ValueError("the cast has not been entered")
    return access_queries.actor_of_person(person.pk, person.name, SINCE)


def place(code: str) -> Org:
    """Return an organisation of the story by its code. Raises ValueError where it is not there."""
    org = orgs.by_code(code)
    if org is None:
        raise ValueError(f"the divisions lack {code}")
    return org
