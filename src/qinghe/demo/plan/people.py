"""League members and cadres of the demo district."""

from collections.abc import Iterator
from datetime import date
from random import Random

from qinghe.demo import names
from qinghe.demo.sizes import TO, Size
from qinghe.kernel.orgs.services import NewOrg

from . import calendar
from .organisations import District
from .rows import CadreRow, MemberRow, PersonRow

TITLES = ("书记", "副书记", "组织委员", "宣传委员", "干事")


def plan_members(size: Size, district: District) -> Iterator[MemberRow]:
    """Plan the roll: every branch gets members, all of them at least fourteen when they joined."""
    random = Random(f"{size.seed}-members")
    settled = [org for org in district.branches if org.opened_on < date(2021, 9, 1)]
    for number in range(size.members):
        org = settled[number % len(settled)]
        person = _young_person(random, number=f"R{number + 1:07d}")
        fourteen = person.birth_date.replace(year=person.birth_date.year + 14)
        first = max(fourteen, org.opened_on, date(2012, 1, 1))
        yield MemberRow(
            person=person,
            org_code=org.code,
            starts_on=calendar.within(random, first=min(first, TO), last=TO),
        )


def plan_cadres(size: Size, district: District) -> Iterator[CadreRow]:
    """Plan the posts: as many persons as the size says, some with a second post (T-81)."""
    random = Random(f"{size.seed}-cadres")
    orgs = district.committees + district.branches
    for number in range(size.cadres):
        person = _adult(random, number=f"G{number + 1:06d}")
        org = orgs[number % len(orgs)]
        service = _service(number, size=size, random=random)
        title = TITLES[number // len(orgs) % len(TITLES)]
        yield _post(random, person=person, org=org, title=title, service=service)
        if service == "part_time" and random.random() < 0.04:
            yield _post(random, person=person, org=orgs[0], title="兼职委员", service="part_time")


def _service(number: int, *, size: Size, random: Random) -> str:
    if number < size.full_time:
        return "full_time"
    return "seconded" if random.random() < 0.03 else "part_time"


def _post(random: Random, *, person: PersonRow, org: NewOrg, title: str, service: str) -> CadreRow:
    first = max(org.opened_on, date(2018, 1, 1))
    return CadreRow(
        person=person,
        org_code=org.code,
        title=title,
        service=service,
        starts_on=calendar.within(random, first=min(first, TO), last=TO),
    )


def _young_person(random: Random, *, number: str) -> PersonRow:
    birth = calendar.within(random, first=date(1995, 1, 1), last=date(2007, 12, 28))
    return _person(random, number=number, birth_date=_not_leap(birth))


def _adult(random: Random, *, number: str) -> PersonRow:
    birth = calendar.within(random, first=date(1978, 1, 1), last=date(2002, 12, 28))
    return _person(random, number=number, birth_date=_not_leap(birth))


def _person(random: Random, *, number: str, birth_date: date) -> PersonRow:
    return PersonRow(
        number=number,
        name=names.person(random),
        sex=random.choice(("male", "female")),
        birth_date=birth_date,
    )


def _not_leap(day: date) -> date:
    return day.replace(day=28) if (day.month, day.day) == (2, 29) else day
