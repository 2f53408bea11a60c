from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "half_year.see"


WORDS: dict[str, str] = {
    Act.SEE: "查看工作总结",
}

GRANTS = [
    Grant(Role.DISTRICT_OFFICER, Act.SEE, Reach.BELOW),
    Grant(Role.STREET_SECRETARY, Act.SEE, Reach.BELOW),
    Grant(Role.COMMUNITY_SECRETARY, Act.SEE, Reach.BELOW),
    Grant(Role.SCHOOL_SECRETARY, Act.SEE, Reach.BELOW),
    Grant(Role.ENTERPRISE_SECRETARY, Act.SEE, Reach.BELOW),
    Grant(Role.BRANCH_SECRETARY, Act.SEE, Reach.OWN),
]
