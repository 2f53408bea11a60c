"""What may be done in review and registration, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "appraisals.see"
    KEEP = "appraisals.keep"
    APPROVE = "appraisals.approve"
    LOWER_CAP = "appraisals.lower_cap"
    RUN = "appraisals.run"
    SET_TERMS = "appraisals.set_terms"


WORDS: dict[str, str] = {
    Act.SEE: "查看评议和注册",
    Act.KEEP: "办理本支部评议和注册",
    Act.APPROVE: "审批评议等次、更正等次",
    Act.LOWER_CAP: "调低本级优秀比例",
    Act.RUN: "发起年度评议",
    Act.SET_TERMS: "设定评议注册参数",
}
_COMMITTEE = (Act.SEE, Act.KEEP, Act.APPROVE, Act.LOWER_CAP)


def _grants(role: Role, reach: Reach, *acts: Act) -> list[Grant]:
    return [Grant(role, act, reach) for act in acts]


# Every member appraises themself and rates the others of the branch: no act for that.
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, Reach.BELOW, *Act),
    *_grants(Role.STREET_SECRETARY, Reach.BELOW, *_COMMITTEE),
    *_grants(Role.COMMUNITY_SECRETARY, Reach.BELOW, *_COMMITTEE),
    *_grants(Role.SCHOOL_SECRETARY, Reach.BELOW, *_COMMITTEE),
    *_grants(Role.ENTERPRISE_SECRETARY, Reach.BELOW, *_COMMITTEE),
    *_grants(Role.BRANCH_SECRETARY, Reach.OWN, Act.SEE, Act.KEEP),
]

_VOTES = {
    f"{kind}_{grade}": (Level.INTERNAL, f"{said}{word}票")
    for kind, said in (("peers", "互评"), ("votes", "测评"))
    for grade, word in (
        ("top", "优秀"),
        ("good", "合格"),
        ("basic", "基本合格"),
        ("failed", "不合格"),
    )
}

DATA = (
    *table(
        "appraisals.Terms",
        "设定评议注册参数",
        {
            "title": (Level.INTERNAL, "名称"),
            "starts_on": (Level.INTERNAL, "施行日期"),
            "top_percent": (Level.INTERNAL, "优秀比例上限"),
            "quorum_part": (Level.INTERNAL, "到会法定比例分子"),
            "quorum_whole": (Level.INTERNAL, "到会法定比例分母"),
            "defer_least": (Level.INTERNAL, "暂缓注册最短月数"),
            "defer_most": (Level.INTERNAL, "暂缓注册最长月数"),
            "source": (Level.INTERNAL, "依据"),
            "reason": (Level.INTERNAL, "调整原因"),
            "entered_by": (Level.INTERNAL, "设定人"),
        },
    ),
    *table(
        "appraisals.Campaign",
        "组织年度评议",
        {
            "org": (Level.INTERNAL, "发起单位"),
            "year": (Level.INTERNAL, "评议年度"),
            "terms": (Level.INTERNAL, "参数"),
            "reference_on": (Level.INTERNAL, "在册基准日"),
            "opens_on": (Level.INTERNAL, "开始日期"),
            "closes_on": (Level.INTERNAL, "截止日期"),
            "opened_at": (Level.INTERNAL, "发起时间"),
            "listed_at": (Level.INTERNAL, "名册生成时间"),
        },
    ),
    *table(
        "appraisals.LocalCap",
        "调低本级优秀比例",
        {
            "campaign": (Level.INTERNAL, "评议年度"),
            "org": (Level.INTERNAL, "适用组织"),
            "percent": (Level.INTERNAL, "优秀比例上限"),
            "reason": (Level.INTERNAL, "依据"),
            "set_by": (Level.INTERNAL, "设定人"),
        },
    ),
    *table(
        "appraisals.Roll",
        "办理支部评议和注册",
        {
            "campaign": (Level.INTERNAL, "评议年度"),
            "org": (Level.INTERNAL, "团支部"),
            "top_percent": (Level.INTERNAL, "优秀比例上限"),
            "studied_on": (Level.INTERNAL, "学习教育日期"),
            "studied": (Level.INTERNAL, "学习教育内容"),
            "met_on": (Level.INTERNAL, "支部大会日期"),
            "entitled": (Level.INTERNAL, "应到会人数"),
            "present": (Level.INTERNAL, "实到会人数"),
            "committee_on": (Level.INTERNAL, "支委会日期"),
            "proposed_at": (Level.INTERNAL, "上报时间"),
            "proposed_by": (Level.INTERNAL, "上报人"),
            "approved_on": (Level.INTERNAL, "批准日期"),
            "approved_by": (Level.INTERNAL, "批准人"),
            "answer": (Level.INTERNAL, "退回原因"),
            "registered_on": (Level.INTERNAL, "注册日期"),
            "due": (Level.INTERNAL, "应评议"),
            "took_part": (Level.INTERNAL, "参加评议"),
            "top": (Level.INTERNAL, "优秀"),
            "graded": (Level.INTERNAL, "已评议"),
            "registered": (Level.INTERNAL, "已注册"),
            "deferred": (Level.INTERNAL, "暂缓注册"),
            "state": (Level.INTERNAL, "状态"),
        },
    ),
    *table(
        "appraisals.Line",
        "团员教育评议和年度团籍注册",
        {
            "campaign": (Level.INTERNAL, "评议年度"),
            "roll": (Level.INTERNAL, "团支部"),
            "person": (Level.INTERNAL, "团员"),
            "standing": (Level.INTERNAL, "参评情况"),
            "reason": (Level.INTERNAL, "原因"),
            "own_words": (Level.INTERNAL, "自我评价"),
            "own_grade": (Level.INTERNAL, "自评等次"),
            "own_on": (Level.INTERNAL, "自评日期"),
            "has_rated": (Level.INTERNAL, "已互评"),
            **_VOTES,
            "grade": (Level.INTERNAL, "等次"),
            "final_on": (Level.INTERNAL, "定等次日期"),
            "registered_on": (Level.INTERNAL, "注册日期"),
            "deferred_on": (Level.INTERNAL, "暂缓日期"),
            "deferred_until": (Level.INTERNAL, "暂缓至"),
            "deferred_for": (Level.INTERNAL, "暂缓原因"),
        },
    ),
    *table(
        "appraisals.GradeChange",
        "更正评议等次",
        {
            "line": (Level.INTERNAL, "团员"),
            "before": (Level.INTERNAL, "原等次"),
            "after": (Level.INTERNAL, "新等次"),
            "reason": (Level.INTERNAL, "更正原因"),
            "approved_by": (Level.INTERNAL, "批准人"),
            "approved_on": (Level.INTERNAL, "更正日期"),
        },
    ),
)
