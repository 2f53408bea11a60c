from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "assessments.see"
    SELF_SCORE = "assessments.self_score"
    WATCH = "assessments.watch"
    REVIEW = "assessments.review"
    MAKE = "assessments.make"


WORDS: dict[str, str] = {
    Act.SEE: "查看考核方案和本单位结果",
    Act.SELF_SCORE: "填报本单位自评、提出异议",
    Act.WATCH: "查看自评、复核和排名的全过程",
    Act.REVIEW: "复核得分、答复异议",
    Act.MAKE: "制定考核方案、确定和通报排名",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


# Whoever is assessed sees itself and tells of itself only: another's marks are none of its business
# before they are announced.
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, Act.SEE, Act.WATCH, Act.REVIEW, Act.MAKE),
    *_grants(Role.SUPERVISOR, Reach.BELOW, Act.SEE, Act.WATCH, Act.REVIEW),
    *_grants(Role.STREET_SECRETARY, Reach.OWN, Act.SEE, Act.SELF_SCORE),
    *_grants(Role.SCHOOL_SECRETARY, Reach.OWN, Act.SEE, Act.SELF_SCORE),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.OWN, Act.SEE, Act.SELF_SCORE),
]
