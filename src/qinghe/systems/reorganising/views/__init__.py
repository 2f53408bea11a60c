"""The pages of reorganising: plans, their steps, what is foreseen, what became of an organisation."""

from qinghe.edges.web import timeline

from .deciding import (
    plan_approve,
    plan_preview,
    plan_refuse,
    plan_submit,
    plan_withdraw,
    preview,
)
from .history import history
from .plans import plan, plan_change, plan_copy, plan_new, plans
from .steps import step_new, step_place, step_remove

timeline.VERBS.update(
    {
        "reorganising.draw_up": "拟定方案",
        "reorganising.change_plan": "修改方案",
        "reorganising.add_steps": "添加步骤",
        "reorganising.add_many": "导入步骤",
        "reorganising.remove_step": "删除步骤",
        "reorganising.place_step": "调整次序",
        "reorganising.preview_plan": "生成预览",
        "reorganising.submit_plan": "提交审批",
        "reorganising.approve_plan": "批准方案",
        "reorganising.refuse_plan": "未通过",
        "reorganising.withdraw_plan": "撤回方案",
        "reorganising.carry_out": "执行方案",
    }
)
timeline.DETAILS.update(
    {
        "reorganising.steps": "步骤",
        "reorganising.place": "次序",
        "reorganising.document": "文号",
        "reorganising.title": "方案名称",
        "reorganising.on": "生效日期",
        "reorganising.reason": "原因",
    }
)

__all__ = [
    "history",
    "plan",
    "plan_approve",
    "plan_change",
    "plan_copy",
    "plan_new",
    "plan_preview",
    "plan_refuse",
    "plan_submit",
    "plan_withdraw",
    "plans",
    "preview",
    "step_new",
    "step_place",
    "step_remove",
]
