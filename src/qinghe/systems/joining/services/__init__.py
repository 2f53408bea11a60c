"""What people do in joining. One function is one use case and one transaction."""

from .keeping import release_number, reserve_number, use_number
from .number_requests import (
    Ask,
    answer_request,
    ask_for_numbers,
    refuse_request,
    withdraw_request,
)
from .numbers import (
    NewBatch,
    Share,
    enter_batch,
    hand_down,
    return_numbers,
    take_back,
    void_number,
)
from .pools import Kept

__all__ = [
    "Ask",
    "Kept",
    "NewBatch",
    "Share",
    "answer_request",
    "ask_for_numbers",
    "enter_batch",
    "hand_down",
    "refuse_request",
    "release_number",
    "reserve_number",
    "return_numbers",
    "take_back",
    "use_number",
    "void_number",
    "withdraw_request",
]
