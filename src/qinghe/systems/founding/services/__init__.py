"""What people do to found League organisations: one function each."""

from .applying import NewApplication, apply, submit_again
from .deciding import agree, approve, refuse, send_back, withdraw
from .hundreds import NewHundred, NewTold, drop_hundred, set_hundred, tell_hundred
from .keeping import NewVisit, assign, lay_aside, note_gone, reopen, take_up_again, visit
from .targets import NewTarget, adjust, hand_down, share_by_base, share_by_hand, share_equally
from .terms import NewTerms, set_terms
from .units import NewUnit, ReadyUnit, change_unit, enter_many, enter_unit

__all__ = [
    "NewApplication",
    "NewHundred",
    "NewTarget",
    "NewTerms",
    "NewTold",
    "NewUnit",
    "NewVisit",
    "ReadyUnit",
    "adjust",
    "agree",
    "apply",
    "approve",
    "assign",
    "change_unit",
    "drop_hundred",
    "enter_many",
    "enter_unit",
    "hand_down",
    "lay_aside",
    "note_gone",
    "refuse",
    "reopen",
    "send_back",
    "set_hundred",
    "set_terms",
    "share_by_base",
    "share_by_hand",
    "share_equally",
    "submit_again",
    "take_up_again",
    "tell_hundred",
    "visit",
    "withdraw",
]
