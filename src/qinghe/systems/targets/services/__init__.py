"""What people do with lists of work: one function each."""

from .adjusting import (
    approve_adjustment,
    ask_adjustment,
    refuse_adjustment,
    withdraw_adjustment,
)
from .claiming import claim, grant, refuse_claim, withdraw_claim
from .items import NewItem, ReadyItem, add_item, change_item, drop_item, enter_items, take_over
from .lists import NewList, change_list, close, make_list, publish, reopen_list
from .shares import begin_split, own_gap, split_by_base, split_by_hand, split_equally

__all__ = [
    "NewItem",
    "NewList",
    "ReadyItem",
    "add_item",
    "approve_adjustment",
    "ask_adjustment",
    "begin_split",
    "change_item",
    "change_list",
    "claim",
    "close",
    "drop_item",
    "enter_items",
    "grant",
    "make_list",
    "own_gap",
    "publish",
    "refuse_adjustment",
    "refuse_claim",
    "reopen_list",
    "split_by_base",
    "split_by_hand",
    "split_equally",
    "take_over",
    "withdraw_adjustment",
    "withdraw_claim",
]
