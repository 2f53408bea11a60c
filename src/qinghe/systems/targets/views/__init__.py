"""The pages of lists of work: lists, items, claims, numbers shared out and adjusted."""

from qinghe.edges.web import timeline

from .items import (
    begin_split,
    claim,
    claim_grant,
    claim_refuse,
    claim_withdraw,
    item,
    item_change,
    item_drop,
    item_new,
)
from .lists import (
    close,
    heat,
    items,
    list_,
    list_change,
    list_new,
    list_reopen,
    lists,
    publish,
    take,
)
from .shares import (
    adjust,
    adjustment,
    adjustment_approve,
    adjustment_refuse,
    adjustment_withdraw,
    gap,
    share,
    split,
)

timeline.VERBS.update(
    {
        "targets.make_list": "新建清单",
        "targets.change_list": "更正清单",
        "targets.publish": "发布清单",
        "targets.close": "办结清单",
        "targets.reopen_list": "重新打开清单",
        "targets.add_item": "列入任务",
        "targets.enter_items": "导入任务",
        "targets.take_over": "从报告和会议列入",
        "targets.change_item": "更正任务",
        "targets.drop_item": "取消任务",
        "targets.claim": "认领任务",
        "targets.grant": "确认认领",
        "targets.refuse_claim": "不确认认领",
        "targets.withdraw_claim": "撤回认领",
        "targets.begin_split": "建立分解",
        "targets.split": "分解指标",
        "targets.own_gap": "指定差额承担单位",
        "targets.ask_adjustment": "提出调整",
        "targets.approve_adjustment": "批准调整",
        "targets.refuse_adjustment": "不批准调整",
        "targets.withdraw_adjustment": "撤回调整",
    }
)
timeline.DETAILS.update(
    {
        "targets.number": "数",
        "targets.points": "节点",
        "targets.org": "承担单位",
        "targets.task_list": "清单编号",
        "targets.closed_on": "原办结日期",
        "targets.until": "暂停至",
        "targets.slip": "督办单",
    }
)

__all__ = [
    "adjust",
    "adjustment",
    "adjustment_approve",
    "adjustment_refuse",
    "adjustment_withdraw",
    "begin_split",
    "claim",
    "claim_grant",
    "claim_refuse",
    "claim_withdraw",
    "close",
    "gap",
    "heat",
    "item",
    "item_change",
    "item_drop",
    "item_new",
    "items",
    "list_",
    "list_change",
    "list_new",
    "list_reopen",
    "lists",
    "publish",
    "share",
    "split",
    "take",
]
