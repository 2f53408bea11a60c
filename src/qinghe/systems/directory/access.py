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
    APPROVE_CHILD_ACCESS = "directory.approve_child_access"  # S-04, S-05


WORDS: dict[str, str] = {
    Act.SEE: "查看组织、团员名册、团干部",
    Act.OPEN_ORG: "成立组织",
    Act.CHANGE_ORG: "变更组织",
    Act.KEEP_ROLL: "管理团员名册",
    Act.APPOINT: "任免团干部",
    Act.UPLOAD: "导入组织台账",
    Act.APPROVE_CHILD_ACCESS: "批准查看未成年人的联系方式",
}


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
        Act.APPROVE_CHILD_ACCESS,
    ),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, Act.SEE, Act.KEEP_ROLL, Act.APPOINT),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, Act.SEE, Act.KEEP_ROLL, Act.APPOINT),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, Act.SEE, Act.KEEP_ROLL, Act.APPOINT),
    *_grants(Role.BRANCH_SECRETARY, Reach.OWN, Act.SEE, Act.KEEP_ROLL),
]
