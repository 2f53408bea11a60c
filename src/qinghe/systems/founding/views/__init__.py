"""The pages of founding: the roll, applications, targets and the board, aims of a hundred percent."""

from qinghe.edges.web import timeline

from .applications import (
    agree,
    application,
    application_again,
    application_new,
    applications,
    approve,
    paper,
    refuse,
    send_back,
    withdraw,
)
from .board import board
from .hundreds import hundred, hundred_drop, hundred_new, hundred_tell, hundreds
from .targets import adjust, hand_down, share, target
from .terms import terms, terms_new
from .units import (
    assign,
    lay_aside,
    note_gone,
    reopen,
    take_up_again,
    unit,
    unit_change,
    unit_new,
    units,
    visit_new,
)

timeline.VERBS.update(
    {
        "founding.enter_unit": "登记单位",
        "founding.enter_many": "导入单位",
        "founding.change_unit": "更正单位",
        "founding.assign": "指定联系干部",
        "founding.visit": "登记走访",
        "founding.lay_aside": "列为暂不具备",
        "founding.take_up_again": "重新列为未建",
        "founding.reopen": "退回未建",
        "founding.note_gone": "登记注销",
        "founding.apply": "提出建团申请",
        "founding.submit_again": "补正后重新提交",
        "founding.agree": "街道同意",
        "founding.approve": "批准建团",
        "founding.send_back": "退回补正",
        "founding.refuse": "不予批准",
        "founding.withdraw": "撤回申请",
        "founding.hand_down": "下达指标",
        "founding.share": "分解指标",
        "founding.adjust": "调整指标",
        "founding.set_terms": "调整建团参数",
        "founding.set_hundred": "设立百分百项目",
        "founding.drop_hundred": "取消百分百项目",
        "founding.tell_hundred": "填报进展",
    }
)
timeline.DETAILS.update({"founding.number": "指标", "founding.org": "团组织"})

__all__ = [
    "adjust",
    "agree",
    "application",
    "application_again",
    "application_new",
    "applications",
    "approve",
    "assign",
    "board",
    "hand_down",
    "hundred",
    "hundred_drop",
    "hundred_new",
    "hundred_tell",
    "hundreds",
    "lay_aside",
    "note_gone",
    "paper",
    "refuse",
    "reopen",
    "send_back",
    "share",
    "take_up_again",
    "target",
    "terms",
    "terms_new",
    "unit",
    "unit_change",
    "unit_new",
    "units",
    "visit_new",
    "withdraw",
]
