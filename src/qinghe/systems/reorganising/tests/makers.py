"""What the tests of reorganising stand on: a street with two branches, members, two officers."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership, Person
from qinghe.kernel.people.services import NewPost
from qinghe.systems.reorganising import services
from qinghe.systems.reorganising.models import Plan
from qinghe.systems.reorganising.services import NewPlan, NewStep
from tests.cast import CLERK, NOW, Cast, make_cast, make_org, make_person, with_role

SINCE = date(2020, 9, 1)
JUNE = date(2022, 6, 15)
IN_JUNE = datetime(2022, 6, 15, 2, 0, tzinfo=UTC)
IN_MAY = datetime(2022, 5, 20, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Ground:
    """横岗 with a general branch and two branches below it, and one branch in 坂田."""

    cast: Cast
    general: Org
    first: Org
    second: Org
    far: Org
    members: list[Person]
    second_officer: Actor


def make_ground() -> Ground:
    """Enter everyone: three members in the first branch, two in the second, one in the far one."""
    cast = make_cast()
    general = make_org(
        "HG-0", "横岗团总支", kind="general_branch", level="unit", parent=cast.henggang
    )
    first = branch("HG-1", "横岗第一团支部", parent=general)
    second = branch("HG-2", "横岗第二团支部", parent=general)
    far = branch("BT-1", "坂田团支部", parent=cast.bantian)
    members = []
    for number, org in enumerate((first, first, first, second, second, far), start=1):
        person = make_person(f"M{number:03}", f"甘{number}", birth_date=date(2003, 6, 1))
        join(person, org)
        members.append(person)
    return Ground(
        cast=cast,
        general=general,
        first=first,
        second=second,
        far=far,
        members=members,
        second_officer=with_role("P021", "罗衡", role=Role.DISTRICT_OFFICER, org=cast.longgang),
    )


def branch(code: str, name: str, *, parent: Org) -> Org:
    """Open a branch."""
    return make_org(code, name, kind="branch", level="unit", parent=parent, sector="society")


def join(person: Person, org: Org, *, on: date = SINCE) -> Membership:
    """Put somebody on a roll."""
    return people.admit_member(person=person, org=org, starts_on=on, at=NOW, by=CLERK)


def appoint(person: Person, org: Org, title: str = "书记") -> None:
    """Give somebody a post."""
    new = NewPost(title=title, service="part_time", starts_on=SINCE)
    people.appoint(person=person, org=org, new=new, at=NOW, by=CLERK)


def step(kind: str, code: str, to_code: str = "", **more: object) -> NewStep:
    """Return a step."""
    return NewStep(kind=kind, code=code, to_code=to_code, **more)


def opening(code: str, name: str, parent: Org) -> NewStep:
    """Return a step that opens a branch."""
    return NewStep(
        kind="open", code=code, to_code=parent.code, name=name, org_kind="branch", level="unit",
        sector="society",
    )  # fmt: skip


def drafted(
    ground: Ground,
    *steps: NewStep,
    on: date = JUNE,
    at: datetime = IN_JUNE,
    org: Org | None = None,
    by: Actor | None = None,
) -> Plan:
    """Draw a plan up with steps."""
    by = by or ground.cast.lin
    new = NewPlan(title="团支部调整方案", reason="人数不足", on=on, document="龙团〔2022〕8号")
    plan = services.draw_up(org=org or ground.cast.longgang, new=new, at=at, by=by)
    if steps:
        services.add_steps(plan=plan, new=steps, at=at, by=by)
    return plan


def submitted(ground: Ground, *steps: NewStep, at: datetime = IN_JUNE, **more: object) -> Plan:
    """Draw a plan up and send it."""
    plan = drafted(ground, *steps, at=at, **more)
    return services.submit_plan(plan=plan, at=at, by=more.get("by") or ground.cast.lin)


def approved(ground: Ground, *steps: NewStep, at: datetime = IN_JUNE, **more: object) -> Plan:
    """Draw a plan up, send it, and let the other officer agree."""
    plan = submitted(ground, *steps, at=at, **more)
    return services.approve_plan(plan=plan, at=at, by=ground.second_officer)


def standing(person: Person) -> list[str]:
    """Return the codes of the organisations on whose rolls somebody stands."""
    held = Membership.objects.filter(person=person, ends_on__isnull=True)
    return list(held.values_list("org__code", flat=True))
