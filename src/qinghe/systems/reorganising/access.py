"""What may be done with plans to reorganise, and by whom."""

from enum import StrEnum

from qinghe.kernel.access.actors import Grant, Reach, Role
from qinghe.kernel.access.levels import Level, table


class Act(StrEnum):
    SEE = "reorganising.see"
    PLAN = "reorganising.plan"
    APPROVE = "reorganising.approve"


WORDS: dict[str, str] = {
    Act.SEE: "查看机构调整方案和沿革",
    Act.PLAN: "拟定、提交机构调整方案",
    Act.APPROVE: "审批机构调整方案",
}


def _grants(role: Role, *acts: Act) -> list[Grant]:
    return [Grant(role, act, Reach.BELOW) for act in acts]


# A street plans what stands below it; the district, as the higher committee, approves (T-02).
GRANTS = [
    *_grants(Role.DISTRICT_OFFICER, *Act),
    *_grants(Role.STREET_SECRETARY, Act.SEE, Act.PLAN),
]

WHY = "机构调整方案由谁拟定、提交、审批，划转哪些团员"
DATA = (
    *table(
        "reorganising.Plan",
        WHY,
        {
            "org": (Level.INTERNAL, "方案所属组织"),
            "title": (Level.INTERNAL, "方案名称"),
            "reason": (Level.INTERNAL, "调整原因"),
            "document": (Level.INTERNAL, "文号"),
            "on": (Level.INTERNAL, "生效日期"),
            "state": (Level.INTERNAL, "状态"),
            "made_by": (Level.INTERNAL, "拟定人"),
            "made_on": (Level.INTERNAL, "拟定日期"),
            "submitted_by": (Level.INTERNAL, "提交人"),
            "submitted_at": (Level.INTERNAL, "提交时间"),
            "decided_by": (Level.INTERNAL, "审批人"),
            "decided_at": (Level.INTERNAL, "审批时间"),
            "answer": (Level.INTERNAL, "答复、撤回原因"),
            "carried_out_at": (Level.INTERNAL, "执行时间"),
        },
    ),
    *table(
        "reorganising.Step",
        WHY,
        {
            "plan": (Level.INTERNAL, "方案"),
            "place": (Level.INTERNAL, "次序"),
            "kind": (Level.INTERNAL, "步骤"),
            "code": (Level.INTERNAL, "组织代码"),
            "to_code": (Level.INTERNAL, "上级、接收组织代码"),
            "name": (Level.INTERNAL, "组织名称"),
            "org_kind": (Level.INTERNAL, "类型"),
            "level": (Level.INTERNAL, "层级"),
            "sector": (Level.INTERNAL, "领域"),
            "new_org_kind": (Level.INTERNAL, "两新组织类别"),
            "industry": (Level.INTERNAL, "行业团工委"),
            "unmarks": (Level.INTERNAL, "取消两新标记"),
            "posts": (Level.INTERNAL, "团干部职务"),
            "whom": (Level.INTERNAL, "划转哪些团员"),
            "entered_from": (Level.INTERNAL, "入册日期自"),
            "entered_to": (Level.INTERNAL, "入册日期至"),
            "org": (Level.INTERNAL, "办理的组织"),
        },
    ),
    *table(
        "reorganising.StepMember",
        WHY,
        {"step": (Level.INTERNAL, "步骤"), "person": (Level.INTERNAL, "团员")},
    ),
    *table(
        "reorganising.Preview",
        WHY,
        {
            "plan": (Level.INTERNAL, "方案"),
            "made_at": (Level.INTERNAL, "生成时间"),
            "trouble": (Level.INTERNAL, "不能执行的原因"),
            "content": (Level.INTERNAL, "组织前后对照，只有数字和组织名称"),
        },
    ),
)
