"""The pages of the rolls: the board, rolls and branches, a member's file, ways out, one's own."""

from qinghe.edges.web import timeline

from .board import board
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
    }
)
timeline.DETAILS.update({"resolved_on": "决议日期"})

__all__ = [
    "board",
    "branches",
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
    "roll",
]
