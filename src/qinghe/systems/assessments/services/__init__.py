"""The verbs of assessments."""

from .filling import Told, keep_mark, note_missed, remind, send_back, submit
from .objecting import object_to, reject, uphold, withdraw
from .ranking import announce, correct, fix_ranking
from .reviewing import judge, judge_rest, show_results, take_figures
from .schemes import (
    NewItem,
    NewScheme,
    add_heading,
    add_item,
    change,
    change_item,
    draw_up,
    drop,
    drop_item,
    publish,
    revise,
)

__all__ = [
    "NewItem",
    "NewScheme",
    "Told",
    "add_heading",
    "add_item",
    "announce",
    "change",
    "change_item",
    "correct",
    "draw_up",
    "drop",
    "drop_item",
    "fix_ranking",
    "judge",
    "judge_rest",
    "keep_mark",
    "note_missed",
    "object_to",
    "publish",
    "reject",
    "remind",
    "revise",
    "send_back",
    "show_results",
    "submit",
    "take_figures",
    "uphold",
    "withdraw",
]
