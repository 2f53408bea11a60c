from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    """SEE and KEEP are asked at the organisation that keeps a list, CARRY at one that it names."""

    SEE = "targets.see"
    KEEP = "targets.keep"
    CARRY = "targets.carry"
    SPLIT = "targets.split"
    APPROVE = "targets.approve"


WORDS: dict[str, str] = {
    Act.SEE: "查看本单位和下级的任务清单",
    Act.KEEP: "编制和发布任务清单、确认认领",
    Act.CARRY: "查看和认领给本单位的任务",
    Act.SPLIT: "分解任务指标",
    Act.APPROVE: "批准指标调整",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, Act.SEE, Act.CARRY, Act.SPLIT, Act.APPROVE),
    *_grants(Role.DISTRICT_OFFICER, Reach.OWN, Act.KEEP),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, Act.SEE, Act.CARRY, Act.SPLIT, Act.APPROVE),
    *_grants(Role.STREET_SECRETARY, Reach.OWN, Act.KEEP),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, Act.CARRY),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, Act.CARRY),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, Act.CARRY),
    *_grants(Role.BRANCH_SECRETARY, Reach.BELOW, Act.CARRY),
]
