"""The pages of drafting."""

from qinghe.edges.web import timeline

from .passages import (
    passage,
    passage_add,
    passage_changes,
    passage_move,
    passage_remove,
    passage_restore,
    passage_side,
)
from .report import begin, document, ending, figures, report, reports, token
from .together import (
    assign,
    declare_fixed,
    drop_plan,
    plan,
    plan_change,
    remark,
    settle_remark,
    take_proposal,
    withdraw_fixed,
)
from .versions import compare

__all__ = [
    "assign",
    "begin",
    "compare",
    "declare_fixed",
    "document",
    "drop_plan",
    "ending",
    "figures",
    "passage",
    "passage_add",
    "passage_changes",
    "passage_move",
    "passage_remove",
    "passage_restore",
    "passage_side",
    "plan",
    "plan_change",
    "remark",
    "report",
    "reports",
    "settle_remark",
    "take_proposal",
    "token",
    "withdraw_fixed",
]

timeline.DETAILS.update(
    {
        "drafting.corrects": "更正的总结编号",
        "drafting.due_on": "交稿期限",
        "drafting.item": "计划编号",
        "drafting.key": "建议",
        "drafting.passage": "段落编号",
        "drafting.remark": "意见编号",
        "drafting.street": "街道",
        "drafting.target": "目标值",
        "drafting.text": "事项",
        "drafting.words": "固定表述",
    }
)
timeline.VERBS.update(
    {
        "drafting.add_passage": "新增段落",
        "drafting.assign": "分工",
        "drafting.begin": "开始起草",
        "drafting.begin_correction": "发起更正",
        "drafting.change_plan": "修改工作思路",
        "drafting.declare_fixed": "声明固定表述",
        "drafting.drop_plan": "取消工作思路",
        "drafting.keep_ending": "修改落款",
        "drafting.keep_passage": "修改段落",
        "drafting.move_passage": "移动段落",
        "drafting.plan": "写入工作思路",
        "drafting.remark": "提出意见",
        "drafting.remove_passage": "移除段落",
        "drafting.restore_passage": "恢复段落",
        "drafting.set_state": "改变状态",
        "drafting.settle_remark": "办结意见",
        "drafting.take_proposal": "采纳问题建议",
        "drafting.withdraw_fixed": "撤回固定表述",
    }
)
