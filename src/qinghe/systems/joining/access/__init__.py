"""What may be done in joining, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role

from . import cases, numbers, ratios
from .numbers import NumberAct


class Act(StrEnum):
    SEE = "joining.see"
    RUN = "joining.run"
    APPROVE = "joining.approve"
    FILE = "joining.file"
    SET_TERMS = "joining.set_terms"


WORDS: dict[str, str] = {
    Act.SEE: "查看发展团员",
    Act.RUN: "办理团支部的发展团员步骤",
    Act.APPROVE: "批准积极分子、预审和审批下级的入团申请",
    Act.FILE: "备案接收的新团员",
    Act.SET_TERMS: "调整发展团员的条件和期限",
    **numbers.WORDS,
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


# Whoever is signed in applies and sees their own case: no act for that. A committee decides on what
# stands under it: the right is asked for at the organisation right above the branch.
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, Act.SEE, Act.APPROVE, Act.FILE, Act.SET_TERMS),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, Act.SEE, Act.RUN, Act.APPROVE),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, Act.SEE, Act.RUN),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, Act.SEE, Act.RUN, Act.APPROVE),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, Act.SEE, Act.RUN, Act.APPROVE),
    *_grants(Role.BRANCH_SECRETARY, Reach.OWN, Act.SEE, Act.RUN),
    *numbers.GRANTS,
]

DATA = (*cases.DATA, *numbers.DATA, *ratios.DATA)

__all__ = ["DATA", "GRANTS", "WORDS", "Act", "NumberAct"]
