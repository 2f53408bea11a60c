"""What may be done with organisations, members and cadres, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SEE = "directory.see"
    OPEN_ORG = "directory.open_org"
    CHANGE_ORG = "directory.change_org"
    KEEP_ROLL = "directory.keep_roll"
    APPOINT = "directory.appoint"
    UPLOAD = "directory.upload"


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *Act),
    *_grants(
        Role.STREET_SECRETARY,
        Reach.BELOW,
        Act.SEE,
        Act.OPEN_ORG,
        Act.CHANGE_ORG,
        Act.KEEP_ROLL,
        Act.APPOINT,
    ),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, Act.SEE, Act.KEEP_ROLL, Act.APPOINT),
    *_grants(Role.BRANCH_SECRETARY, Reach.OWN, Act.SEE, Act.KEEP_ROLL),
    *_grants(Role.AUDITOR, Reach.BELOW, Act.SEE),
]
