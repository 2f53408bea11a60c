"""The pages of the rolls: the board, rolls and branches, a member's file, ways out, one's own."""

from qinghe.edges.web import timeline

from .board import board
from .dues import dues, dues_record, payment, payment_void, payments
from .leavings import (
    leaving,
    leaving_approve,
    leaving_dropped,
    leaving_refuse,
    leaving_resigned,
    leaving_withdraw,
    leavings,
)
from .members import file_change, file_open, member
from .of_age import of_age, of_age_leave
from .own import own
from .rates import (
    dues_terms,
    dues_terms_new,
    rate,
    rate_approve,
    rate_new,
    rate_refuse,
    reduction_new,
)
from .roll import branches, roll

timeline.VERBS.update(
    {
        "people.open_league_file": "建立团员档案",
        "people.open_league_files": "导入团员档案",
        "people.change_league_file": "更正团员档案",
        "people.leave_league": "结束团籍",
        "rolls.leave_of_age": "办理超龄离团",
        "rolls.propose_leaving": "提请",
        "rolls.approve_leaving": "批准",
        "rolls.refuse_leaving": "不批准",
        "rolls.withdraw_leaving": "撤回",
        "rolls.set_dues_terms": "调整团费标准",
        "rolls.set_dues_rate": "核定团费",
        "rolls.propose_reduction": "提请减免",
        "rolls.approve_reduction": "批准减免",
        "rolls.refuse_reduction": "不批准减免",
        "rolls.record_dues": "登记交费",
        "rolls.void_dues": "作废",
    }
)
timeline.DETAILS.update(
    {
        "resolved_on": "决议日期",
        "rolls.month": "从哪个月",
        "rolls.months": "月数",
        "rolls.starts_on": "从哪个月起",
    }
)

__all__ = [
    "board",
    "branches",
    "dues",
    "dues_record",
    "dues_terms",
    "dues_terms_new",
    "file_change",
    "file_open",
    "leaving",
    "leaving_approve",
    "leaving_dropped",
    "leaving_refuse",
    "leaving_resigned",
    "leaving_withdraw",
    "leavings",
    "member",
    "of_age",
    "of_age_leave",
    "own",
    "payment",
    "payment_void",
    "payments",
    "rate",
    "rate_approve",
    "rate_new",
    "rate_refuse",
    "reduction_new",
    "roll",
]
