"""What may be done in the work of branches, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role

from .data import DATA

__all__ = ["DATA", "GRANTS", "WORDS", "Act"]


class Act(StrEnum):
    SEE = "branches.see"
    RECORD = "branches.record"
    SET_TERMS = "branches.set_terms"
    RUN_GRADING = "branches.run_grading"
    GRADE_SELF = "branches.grade_self"
    REVIEW_GRADING = "branches.review_grading"


WORDS: dict[str, str] = {
    Act.SEE: "查看支部的会议和定级",
    Act.RECORD: "登记支部的会议和团课",
    Act.SET_TERMS: "设定会议要求和定级办法",
    Act.RUN_GRADING: "部署、抽查和公布对标定级",
    Act.GRADE_SELF: "支部自评并签名",
    Act.REVIEW_GRADING: "复核支部自评",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


# A member signs for the others by being on the roll: no act for that.
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *(act for act in Act if act != Act.GRADE_SELF)),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, Act.SEE, Act.RECORD, Act.REVIEW_GRADING),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, Act.SEE, Act.RECORD, Act.GRADE_SELF),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, Act.SEE, Act.RECORD, Act.REVIEW_GRADING),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, Act.SEE, Act.RECORD, Act.REVIEW_GRADING),
    *_grants(Role.BRANCH_SECRETARY, Reach.OWN, Act.SEE, Act.RECORD, Act.GRADE_SELF),
]
