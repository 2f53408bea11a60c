"""What may be done with cadres, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "cadres.see"
    HOLD_ELECTION = "cadres.hold_election"
    APPROVE_ELECTION = "cadres.approve_election"
    SECOND = "cadres.second"
    SEE_RESERVE = "cadres.see_reserve"
    KEEP_RESERVE = "cadres.keep_reserve"
    ENTER_ACHIEVEMENT = "cadres.enter_achievement"
    DECIDE_INCENTIVE = "cadres.decide_incentive"
    SET_TERMS = "cadres.set_terms"


WORDS: dict[str, str] = {
    Act.SEE: "查看团干部队伍、换届和互兼互挂",
    Act.HOLD_ELECTION: "登记换届并报批",
    Act.APPROVE_ELECTION: "批复换届",
    Act.SECOND: "办理互兼互挂",
    Act.SEE_RESERVE: "查看团干部储备库",
    Act.KEEP_RESERVE: "管理团干部储备库",
    Act.ENTER_ACHIEVEMENT: "登记团干部实绩",
    Act.DECIDE_INCENTIVE: "审定团干部激励",
    Act.SET_TERMS: "设定团干部工作规定",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


_LOCAL = (Act.SEE, Act.HOLD_ELECTION, Act.SECOND, Act.ENTER_ACHIEVEMENT)
# A candidate, an examiner and who is seconded act on their own pages: no act for that.
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *(act for act in Act if act != Act.HOLD_ELECTION)),
    *_grants(
        Role.STREET_SECRETARY,
        Reach.BELOW,
        *(act for act in Act if act not in (Act.HOLD_ELECTION, Act.SET_TERMS)),
    ),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.BRANCH_SECRETARY, Reach.OWN, Act.SEE, Act.HOLD_ELECTION),
]
