from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "dashboard.see"
    CHECK = "dashboard.check"
    SEE_OWN = "dashboard.see_own"


WORDS: dict[str, str] = {
    Act.SEE: "查看工作台",
    Act.CHECK: "查看数据检查",
    Act.SEE_OWN: "查看本人的青年端首页",
}

GRANTS = [
    Grant(Role.DISTRICT_OFFICER, Act.SEE, Reach.BELOW),
    Grant(Role.STREET_SECRETARY, Act.SEE, Reach.BELOW),
    Grant(Role.COMMUNITY_SECRETARY, Act.SEE, Reach.BELOW),
    Grant(Role.SCHOOL_SECRETARY, Act.SEE, Reach.BELOW),
    Grant(Role.ENTERPRISE_SECRETARY, Act.SEE, Reach.BELOW),
    Grant(Role.BRANCH_SECRETARY, Act.SEE, Reach.OWN),
    Grant(Role.DISTRICT_OFFICER, Act.CHECK, Reach.BELOW),
    Grant(Role.VOLUNTEER, Act.SEE_OWN, Reach.OWN),
    Grant(Role.TEAM_LEADER, Act.SEE_OWN, Reach.OWN),
]
