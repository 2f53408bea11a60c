"""Who may have events of an organisation sent to another house's system."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    SUBSCRIBE = "hooks.subscribe"


WORDS: dict[str, str] = {Act.SUBSCRIBE: "管理事件推送"}
OFFICERS = (
    Role.DISTRICT_OFFICER,
    Role.STREET_SECRETARY,
    Role.COMMUNITY_SECRETARY,
    Role.SCHOOL_SECRETARY,
    Role.ENTERPRISE_SECRETARY,
)
GRANTS = tuple(Grant(role, Act.SUBSCRIBE, Reach.BELOW) for role in OFFICERS)
