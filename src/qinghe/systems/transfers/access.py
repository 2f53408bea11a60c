"""What may be done with transfers, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "transfers.see"
    SEND = "transfers.send"
    RECEIVE = "transfers.receive"
    SET_TERMS = "transfers.set_terms"


WORDS: dict[str, str] = {
    Act.SEE: "查看组织关系转接",
    Act.SEND: "转出：发起、同意、退回",
    Act.RECEIVE: "转入：发起、接收、编入团支部、退回",
    Act.SET_TERMS: "设定转接期限",
}
BOTH_SIDES = (Act.SEE, Act.SEND, Act.RECEIVE)


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


# A member starts a transfer of their own: no act for that. A branch lets its members go; it is the
# committee that takes others in and places them (T-60).
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *Act),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, *BOTH_SIDES),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, *BOTH_SIDES),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, *BOTH_SIDES),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, *BOTH_SIDES),
    *_grants(Role.BRANCH_SECRETARY, Reach.OWN, Act.SEE, Act.SEND),
]

DATA = (
    *table(
        "transfers.Transfer",
        "办理团员组织关系转接",
        {
            "person": (Level.INTERNAL, "团员"),
            "kind": (Level.INTERNAL, "类别"),
            "from_org": (Level.INTERNAL, "转出组织"),
            "to_org": (Level.INTERNAL, "转入组织"),
            "outside": (Level.INTERNAL, "区外组织"),
            "letter": (Level.INTERNAL, "介绍信编号"),
            "term_on": (Level.INTERNAL, "开学日期"),
            "note": (Level.INTERNAL, "说明"),
            "side": (Level.INTERNAL, "发起方"),
            "started_by": (Level.INTERNAL, "发起人"),
            "started_on": (Level.INTERNAL, "发起日期"),
            "sent_on": (Level.INTERNAL, "提交日期"),
            "desk": (Level.INTERNAL, "经办组织"),
            "moved_on": (Level.INTERNAL, "到达日期"),
            "due_on": (Level.INTERNAL, "办理期限"),
            "let_go_on": (Level.INTERNAL, "转出方同意日期"),
            "accepted_on": (Level.INTERNAL, "转入方接收日期"),
            "suspended_on": (Level.INTERNAL, "暂停日期"),
            "pause": (Level.INTERNAL, "暂停原因"),
            "reason": (Level.INTERNAL, "退回、撤回原因"),
            "placed_in": (Level.INTERNAL, "编入的团支部"),
            "receipt": (Level.INTERNAL, "回执编号"),
            "closed_on": (Level.INTERNAL, "办结日期"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "transfers.AbroadStay",
        "登记出国（境）学习、保留团籍的团员",
        {
            "person": (Level.INTERNAL, "团员"),
            "org": (Level.INTERNAL, "团籍保留在"),
            "place": (Level.INTERNAL, "国家（地区）和学校"),
            "starts_on": (Level.INTERNAL, "出国（境）日期"),
            "until": (Level.INTERNAL, "保留团籍至"),
            "returned_on": (Level.INTERNAL, "返回日期"),
        },
    ),
    *table(
        "transfers.TransferTerms",
        "设定转接期限，并说明由谁设定",
        {
            "title": (Level.INTERNAL, "名称"),
            "starts_on": (Level.INTERNAL, "施行日期"),
            "timeout_days": (Level.INTERNAL, "每一步的办理期限"),
            "lapses": (Level.INTERNAL, "超期自动作废"),
            "study_days": (Level.INTERNAL, "升学转接期限"),
            "abroad_years": (Level.INTERNAL, "出国（境）保留团籍年限"),
            "source": (Level.INTERNAL, "依据"),
            "reason": (Level.INTERNAL, "调整原因"),
            "entered_by": (Level.INTERNAL, "设定人"),
        },
    ),
)
