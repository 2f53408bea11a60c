from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "half_year.see"


GRANTS = [
    Grant(Role.DISTRICT_OFFICER, Act.SEE, Reach.BELOW),
    Grant(Role.STREET_SECRETARY, Act.SEE, Reach.BELOW),
    Grant(Role.COMMUNITY_SECRETARY, Act.SEE, Reach.BELOW),
    Grant(Role.BRANCH_SECRETARY, Act.SEE, Reach.OWN),
    Grant(Role.AUDITOR, Act.SEE, Reach.BELOW),
]
