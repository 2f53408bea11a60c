"""What may be done with the rolls, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "rolls.see"
    KEEP = "rolls.keep"
    PROPOSE = "rolls.propose"
    DECIDE = "rolls.decide"
    EXPEL = "rolls.expel"
    DUES = "rolls.dues"
    SET_TERMS = "rolls.set_terms"


WORDS: dict[str, str] = {
    Act.SEE: "查看团籍",
    Act.KEEP: "建立和更正团员档案",
    Act.PROPOSE: "办理超龄离团、提请退团和自行脱团除名",
    Act.DECIDE: "审批下级团组织提请的退团、除名、开除团籍和团费减免",
    Act.EXPEL: "提请和查看开除团籍",
    Act.DUES: "核定和登记团费",
    Act.SET_TERMS: "调整团费标准",
}


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


# Who decides is asked at the organisation above the branch: nobody decides at their own.
_KEEPS = (Act.SEE, Act.KEEP, Act.PROPOSE, Act.EXPEL, Act.DUES)
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *Act),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, *_KEEPS, Act.DECIDE),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, *_KEEPS),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, *_KEEPS, Act.DECIDE),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, *_KEEPS, Act.DECIDE),
    *_grants(Role.BRANCH_SECRETARY, Reach.OWN, *_KEEPS),
]

DATA = (
    *table(
        "rolls.Leaving",
        "办理离团、退团和除名",
        {
            "person": (Level.INTERNAL, "团员"),
            "org": (Level.INTERNAL, "所在团组织"),
            "kind": (Level.INTERNAL, "离团方式"),
            "ground": (Level.INTERNAL, "脱团情形"),
            "reason": (Level.INTERNAL, "情况说明"),
            "asked_on": (Level.INTERNAL, "书面申请日期"),
            "since": (Level.INTERNAL, "情形开始日期"),
            "resolved_on": (Level.INTERNAL, "支部大会决议日期"),
            "proposed_by": (Level.INTERNAL, "提请人"),
            "proposed_at": (Level.INTERNAL, "提请时间"),
            "decided_by": (Level.INTERNAL, "审批人"),
            "decided_at": (Level.INTERNAL, "办结时间"),
            "leaves_on": (Level.INTERNAL, "离团日期"),
            "answer": (Level.INTERNAL, "答复"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "rolls.Expulsion",
        "办理开除团籍和申诉",
        {
            "person": (Level.SENSITIVE, "团员"),
            "org": (Level.INTERNAL, "所在团组织"),
            "conduct": (Level.SENSITIVE, "违纪事实"),
            "hearing": (Level.SENSITIVE, "听取本人意见的方式"),
            "heard_on": (Level.SENSITIVE, "听取本人意见日期"),
            "statement": (Level.SENSITIVE, "本人陈述和申辩"),
            "resolved_on": (Level.INTERNAL, "支部大会决议日期"),
            "entitled": (Level.INTERNAL, "应到人数"),
            "present": (Level.INTERNAL, "实到人数"),
            "agreed": (Level.INTERNAL, "赞成"),
            "opposed": (Level.INTERNAL, "反对"),
            "abstained": (Level.INTERNAL, "弃权"),
            "proposed_by": (Level.INTERNAL, "提请人"),
            "proposed_at": (Level.INTERNAL, "提请时间"),
            "decided_by": (Level.INTERNAL, "审批人"),
            "decided_at": (Level.INTERNAL, "审批时间"),
            "expelled_on": (Level.SENSITIVE, "开除日期"),
            "answer": (Level.SENSITIVE, "审批答复"),
            "appeal": (Level.SENSITIVE, "申诉理由"),
            "appealed_on": (Level.SENSITIVE, "申诉日期"),
            "appeal_entered_by": (Level.INTERNAL, "申诉登记人"),
            "appeal_decided_by": (Level.INTERNAL, "复议人"),
            "appeal_decided_at": (Level.INTERNAL, "复议时间"),
            "appeal_answer": (Level.SENSITIVE, "复议答复"),
            "state": (Level.SENSITIVE, "状态"),
        },
    ),
    *table(
        "rolls.DuesTerms",
        "按规定算出团费",
        {
            "title": (Level.INTERNAL, "名称"),
            "starts_on": (Level.INTERNAL, "施行日期"),
            "pay_from": (Level.INTERNAL, "按比例交纳的起点"),
            "low_fen": (Level.INTERNAL, "起点以下每月"),
            "per_mille": (Level.INTERNAL, "比例"),
            "most_fen": (Level.INTERNAL, "每月最多"),
            "student_fen": (Level.INTERNAL, "学生每月"),
            "source": (Level.INTERNAL, "依据"),
            "reason": (Level.INTERNAL, "调整原因"),
            "entered_by": (Level.INTERNAL, "登记人"),
        },
    ),
    *table(
        "rolls.DuesRate",
        "核定每月团费，不保存收入",
        {
            "person": (Level.INTERNAL, "团员"),
            "org": (Level.INTERNAL, "所在团组织"),
            "category": (Level.SENSITIVE, "类别"),
            "fen": (Level.SENSITIVE, "每月金额"),
            "starts_on": (Level.INTERNAL, "从哪个月起"),
            "reason": (Level.SENSITIVE, "减免原因"),
            "entered_by": (Level.INTERNAL, "登记人"),
            "entered_at": (Level.INTERNAL, "登记时间"),
            "decided_by": (Level.INTERNAL, "审批人"),
            "answer": (Level.INTERNAL, "答复"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "rolls.DuesPayment",
        "登记谁交了哪几个月的团费",
        {
            "person": (Level.INTERNAL, "团员"),
            "org": (Level.INTERNAL, "所在团组织"),
            "month": (Level.INTERNAL, "月份"),
            "fen": (Level.SENSITIVE, "金额"),
            "paid_on": (Level.INTERNAL, "交纳日期"),
            "recorded_by": (Level.INTERNAL, "登记人"),
            "voided_at": (Level.INTERNAL, "作废时间"),
            "reason": (Level.INTERNAL, "作废原因"),
        },
    ),
)
