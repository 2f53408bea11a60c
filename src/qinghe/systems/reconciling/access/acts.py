"""What may be done with exports and differences, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "reconciling.see"
    UPLOAD = "reconciling.upload"
    ANSWER = "reconciling.answer"
    DECIDE = "reconciling.decide"


WORDS: dict[str, str] = {
    Act.SEE: "查看对账结果",
    Act.UPLOAD: "上传来源名册、对应各列",
    Act.ANSWER: "答复退回核对的差异",
    Act.DECIDE: "确认或退回答复、选定本人",
}
_COMMITTEE = (Act.SEE, Act.UPLOAD, Act.DECIDE)


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


# Each answers at their own organisation; who decides below may answer there too, where a branch has
# nobody. Whoever answered does not confirm.
GRANTS = [
    *[
        grant
        for role in (
            Role.DISTRICT_OFFICER,
            Role.STREET_SECRETARY,
            Role.COMMUNITY_SECRETARY,
            Role.SCHOOL_SECRETARY,
            Role.ENTERPRISE_SECRETARY,
        )
        for grant in (
            *_grants(role, Reach.BELOW, *_COMMITTEE),
            *_grants(role, Reach.OWN, Act.ANSWER),
        )
    ],
    *_grants(Role.BRANCH_SECRETARY, Reach.OWN, Act.SEE, Act.UPLOAD, Act.ANSWER),
]
