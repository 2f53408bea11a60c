"""What may be done with development numbers, by whom, and how secret their columns are (S-37)."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class NumberAct(StrEnum):
    SEE = "joining.see_numbers"
    ENTER = "joining.enter_numbers"
    HAND = "joining.hand_down_numbers"
    USE = "joining.use_numbers"


WORDS: dict[str, str] = {
    NumberAct.SEE: "查看发展团员编号",
    NumberAct.ENTER: "登记上级下发的编号号段",
    NumberAct.HAND: "下发、收回、退回和作废编号，答复编号申请",
    NumberAct.USE: "预留、使用编号，向上级申请编号",
}
SECRETARIES = (
    Role.STREET_SECRETARY,
    Role.COMMUNITY_SECRETARY,
    Role.SCHOOL_SECRETARY,
    Role.ENTERPRISE_SECRETARY,
)
GRANTS = [
    *[Grant(Role.DISTRICT_OFFICER, act, Reach.BELOW) for act in NumberAct],
    *[
        Grant(role, act, Reach.BELOW)
        for role in SECRETARIES
        for act in (NumberAct.SEE, NumberAct.HAND, NumberAct.USE)
    ],
    *[Grant(Role.BRANCH_SECRETARY, act, Reach.OWN) for act in (NumberAct.SEE, NumberAct.USE)],
]
DATA = (
    *table(
        "joining.Number",
        "预留、使用和查对发展团员编号",
        {
            "number": (Level.INTERNAL, "发展团员编号"),
            "year": (Level.INTERNAL, "年度"),
            "sector": (Level.INTERNAL, "领域"),
            "batch": (Level.INTERNAL, "号段"),
            "org": (Level.INTERNAL, "持有组织"),
            "state": (Level.INTERNAL, "状态"),
            "person": (Level.INTERNAL, "使用人"),
            "for_org": (Level.INTERNAL, "入团所在组织"),
            "reserved_at": (Level.INTERNAL, "预留时间"),
            "used_on": (Level.INTERNAL, "入团日期"),
            "ended_on": (Level.INTERNAL, "使用人离团日期"),
            "voided_on": (Level.INTERNAL, "作废日期"),
            "reason": (Level.INTERNAL, "作废原因"),
        },
    ),
    *table(
        "joining.NumberRequest",
        "申请和答复编号",
        {
            "year": (Level.INTERNAL, "年度"),
            "sector": (Level.INTERNAL, "领域"),
            "org": (Level.INTERNAL, "申请组织"),
            "giver": (Level.INTERNAL, "答复组织"),
            "wanted": (Level.INTERNAL, "申请数"),
            "words": (Level.INTERNAL, "用途"),
            "asked_by": (Level.INTERNAL, "申请人"),
            "asked_on": (Level.INTERNAL, "申请日期"),
            "given": (Level.INTERNAL, "下发数"),
            "answered_on": (Level.INTERNAL, "答复日期"),
            "answer": (Level.INTERNAL, "答复"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
)
