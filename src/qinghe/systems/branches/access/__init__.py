"""What may be done in the work of branches, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role

from .data import DATA

__all__ = ["DATA", "GRANTS", "WORDS", "Act"]


class Act(StrEnum):
    SEE = "branches.see"
    RECORD = "branches.record"
    SET_TERMS = "branches.set_terms"


WORDS: dict[str, str] = {
    Act.SEE: "查看支部的会议和定级",
    Act.RECORD: "登记支部的会议和团课",
    Act.SET_TERMS: "设定会议要求",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *Act),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, Act.SEE, Act.RECORD),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, Act.SEE, Act.RECORD),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, Act.SEE, Act.RECORD),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, Act.SEE, Act.RECORD),
    *_grants(Role.BRANCH_SECRETARY, Reach.OWN, Act.SEE, Act.RECORD),
    *_grants(Role.AUDITOR, Reach.BELOW, Act.SEE),
]
