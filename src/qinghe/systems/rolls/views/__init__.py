"""The pages of the rolls: the board, rolls and branches, a member's file, ways out, one's own."""

from qinghe.edges.web import timeline

from .board import board
from .dues import dues, dues_record, payment, payment_void, payments
from .expelling import (
    expulsion,
    expulsion_annul,
    expulsion_appeal,
    expulsion_approve,
    expulsion_propose,
    expulsion_refuse,
    expulsion_uphold,
    expulsion_withdraw,
    expulsions,
    own_appeal,
)
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
        "people.rejoin_league": "重新入团",
        "people.reopen_league_file": "恢复团籍",
        "rolls.propose_expulsion": "提请开除团籍",
        "rolls.approve_expulsion": "批准开除团籍",
        "rolls.refuse_expulsion": "不批准开除团籍",
        "rolls.withdraw_expulsion": "撤回开除团籍的提请",
        "rolls.appeal_expulsion": "申诉",
        "rolls.uphold_expulsion": "复议维持",
        "rolls.annul_expulsion": "复议撤销",
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
    "expulsion",
    "expulsion_annul",
    "expulsion_appeal",
    "expulsion_approve",
    "expulsion_propose",
    "expulsion_refuse",
    "expulsion_uphold",
    "expulsion_withdraw",
    "expulsions",
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
    "own_appeal",
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
