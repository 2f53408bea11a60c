"""Who may agree that a list of more than two hundred people leaves the house (bar 27)."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role


class Act(StrEnum):
    APPROVE_EXPORT = "exports.approve"


WORDS: dict[str, str] = {Act.APPROVE_EXPORT: "审批超过200人的导出"}
APPROVERS = (
    Role.DISTRICT_OFFICER,
    Role.STREET_SECRETARY,
    Role.COMMUNITY_SECRETARY,
    Role.SCHOOL_SECRETARY,
    Role.ENTERPRISE_SECRETARY,
    Role.BRANCH_SECRETARY,
)
GRANTS = tuple(Grant(role, Act.APPROVE_EXPORT, Reach.BELOW) for role in APPROVERS)
