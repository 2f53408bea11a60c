"""What may be done in resources, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "resources.see"
    OFFER = "resources.offer"
    ASK = "resources.ask"
    ALLOCATE = "resources.allocate"
    RUN_DRIVE = "resources.run_drive"
    TAKE_DONATION = "resources.take_donation"


WORDS: dict[str, str] = {
    Act.SEE: "查看资源、需求和募集",
    Act.OFFER: "登记爱心单位和资源",
    Act.ASK: "提出需求、申请资源",
    Act.ALLOCATE: "同意资源调配",
    Act.RUN_DRIVE: "办理募集、配送和图书室",
    Act.TAKE_DONATION: "登记和验收捐赠",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


_LOCAL = (Act.SEE, Act.OFFER, Act.ASK, Act.ALLOCATE, Act.TAKE_DONATION)

GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *Act),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, *Act),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, *_LOCAL),
    *_grants(Role.TEAM_LEADER, Reach.OWN, Act.SEE),
]

DATA = (
    *table(
        "resources.Donation",
        "登记捐赠、开具感谢证书",
        {
            "drive": (Level.INTERNAL, "募集"),
            "org": (Level.INTERNAL, "接收单位"),
            "donor": (Level.INTERNAL, "捐赠人或单位"),
            "quantity": (Level.INTERNAL, "送来数量"),
            "brought_on": (Level.INTERNAL, "捐赠日期"),
            "accepted": (Level.INTERNAL, "入库数量"),
            "decided_on": (Level.INTERNAL, "验收日期"),
            "decided_by": (Level.INTERNAL, "验收人"),
            "reason": (Level.INTERNAL, "差额原因"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "resources.Allocation",
        "调配资源，核对申请人和同意人",
        {
            "resource": (Level.INTERNAL, "资源"),
            "need": (Level.INTERNAL, "需求"),
            "quantity": (Level.INTERNAL, "数量"),
            "asked_on": (Level.INTERNAL, "申请日期"),
            "asked_by": (Level.INTERNAL, "申请人"),
            "agreed_on": (Level.INTERNAL, "同意日期"),
            "delivered_on": (Level.INTERNAL, "到位日期"),
            "served": (Level.INTERNAL, "受益人次"),
            "words": (Level.INTERNAL, "说明"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
)
