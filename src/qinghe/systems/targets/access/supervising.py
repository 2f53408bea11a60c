"""Progress and supervision: what may be done and by whom (S024, S077)."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Charging(StrEnum):
    """FILE is asked at who carries an item, ACCEPT and SUPERVISE at the organisation above it."""

    FILE = "targets.file"
    ACCEPT = "targets.accept"
    SUPERVISE = "targets.supervise"
    SET = "targets.set"


CHARGING_WORDS: dict[str, str] = {
    Charging.FILE: "填报本单位任务进度、申请销号",
    Charging.ACCEPT: "审核下级任务进度和销号",
    Charging.SUPERVISE: "督办：暂停、督办单、节点、重新办理",
    Charging.SET: "设定督办参数",
}

# Only for the organisation itself: who stands above does not tell for those below.
CHARGING_GRANTS = [
    *[
        Grant(role, Charging.FILE, Reach.OWN)
        for role in (
            Role.DISTRICT_OFFICER,
            Role.STREET_SECRETARY,
            Role.COMMUNITY_SECRETARY,
            Role.SCHOOL_SECRETARY,
            Role.ENTERPRISE_SECRETARY,
            Role.BRANCH_SECRETARY,
        )
    ],
    *[
        Grant(role, act, Reach.BELOW)
        for role in (Role.DISTRICT_OFFICER, Role.STREET_SECRETARY)
        for act in (Charging.ACCEPT, Charging.SUPERVISE)
    ],
    Grant(Role.DISTRICT_OFFICER, Charging.SET, Reach.BELOW),
]
