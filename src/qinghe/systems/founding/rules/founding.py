"""What may be founded, and what it is called in the tree (T-02, T-04)."""

from dataclasses import dataclass
from datetime import date

from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.lib import workdays
from qinghe.lib.verdicts import Refused

FEWEST = {  # T-02
    OrgKind.BRANCH: 3,
    OrgKind.GENERAL_BRANCH: 30,
    OrgKind.LEAGUE_COMMITTEE: 100,
    OrgKind.JOINT_BRANCH: 3,
}
MOST_IN_A_BRANCH = 50  # T-04: may be widened, so it is advice and no refusal


@dataclass(frozen=True)
class Planned:
    """What is to be founded: of which kind, with how many members, of how many other units."""

    kind: str
    members: int
    others: int


def check_kind(planned: Planned) -> None:
    """Refuse a kind for which there are too few members (T-02), or a joint one alone (T-04).

    Raises Refused: too_few_members, others_needed, not_joint.
    """
    kind = OrgKind(planned.kind)
    if kind is OrgKind.JOINT_BRANCH and not planned.others:
        raise Refused("others_needed", "联合团支部要写明一起组建的其他单位，没有提交，请补上。")
    if kind is not OrgKind.JOINT_BRANCH and planned.others:
        raise Refused("not_joint", "写了一起组建的单位，类型要选“联合团支部”，没有提交，请核对。")
    if planned.members < FEWEST[kind]:
        instead = "；团员不足3人的，请和其他单位组建联合团支部" if kind is OrgKind.BRANCH else ""
        raise Refused(
            "too_few_members",
            f"{kind.label}至少要有{FEWEST[kind]}名团员，现有{planned.members}名，没有提交{instead}。",
        )


def check_others(*, own: str, others: list[tuple[str, str]]) -> None:
    """Refuse other units that are this one, or that have one already; each is a code and a state.

    Raises Refused: itself, not_open.
    """
    for code, state in others:
        if code == own:
            raise Refused("itself", "一起组建的单位里写了本单位，没有提交，请删去。")
        if state != "open":
            raise Refused("not_open", f"{code}不是未建团的单位，没有提交，请核对。")


def advise(planned: Planned) -> str:
    """Return what should be thought of before it is approved; nothing is refused for it."""
    kind = OrgKind(planned.kind)
    if kind in {OrgKind.BRANCH, OrgKind.JOINT_BRANCH} and planned.members > MOST_IN_A_BRANCH:
        return f"团支部一般不超过{MOST_IN_A_BRANCH}人，可考虑分设团支部或建团总支。"
    return ""


def code_of(*, year: int, application_id: int) -> str:
    """Return the code of the organisation that an application founds: never the same twice."""
    return f"LX-{year}-{application_id:05d}"


def days_allowed(*, asked_on: date, street_days: int, district_days: int) -> tuple[date, date]:
    """Return by when the street should answer, and by when all should be decided, in working days."""
    street_by = workdays.workday_after(asked_on, count=street_days)
    return street_by, workdays.workday_after(street_by, count=district_days)
