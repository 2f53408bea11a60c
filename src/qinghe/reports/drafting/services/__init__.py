"""The verbs of drafting."""

from .planning import Promise, Wording, change_plan, drop_plan, plan, take_proposal
from .together import assign, declare_fixed, remark, settle_remark, withdraw_fixed
from .versions import begin_correction, set_state
from .writing import (
    add_passage,
    begin,
    keep_ending,
    keep_passage,
    move_passage,
    remove_passage,
    restore_passage,
)

__all__ = [
    "Promise",
    "Wording",
    "add_passage",
    "assign",
    "begin",
    "begin_correction",
    "change_plan",
    "declare_fixed",
    "drop_plan",
    "keep_ending",
    "keep_passage",
    "move_passage",
    "plan",
    "remark",
    "remove_passage",
    "restore_passage",
    "set_state",
    "settle_remark",
    "take_proposal",
    "withdraw_fixed",
]
