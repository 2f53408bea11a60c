"""What people do in joining. One function is one use case and one transaction."""

from .applying import NewApplication, apply, enter_application
from .cultivating import Served, add_lesson, finish_cultivation, strike_lesson
from .deciding import approve, confirm_activist, file_case, preview
from .halting import lapse, pause, refuse, resume, withdraw
from .joining_terms import NewJoiningTerms, set_joining_terms
from .keeping import release_number, reserve_number, use_number
from .meeting import Vote, hold_meeting
from .notice import answer_objection, close_notice, object_to, post_notice
from .number_requests import Ask, answer_request, ask_for_numbers, refuse_request, withdraw_request
from .numbers import NewBatch, Share, enter_batch, hand_down, return_numbers, take_back, void_number
from .pools import Kept
from .ratios import NewCeiling, change_class, enter_class, set_ceiling
from .steps import (
    archive,
    fill_form,
    hold_ceremony,
    hold_talk,
    name_contacts,
    name_introducers,
    propose_activist,
    recommend,
    tell_result,
)

__all__ = [
    "Ask",
    "Kept",
    "NewApplication",
    "NewBatch",
    "NewCeiling",
    "NewJoiningTerms",
    "Served",
    "Share",
    "Vote",
    "add_lesson",
    "answer_objection",
    "answer_request",
    "apply",
    "approve",
    "archive",
    "ask_for_numbers",
    "change_class",
    "close_notice",
    "confirm_activist",
    "enter_application",
    "enter_batch",
    "enter_class",
    "file_case",
    "fill_form",
    "finish_cultivation",
    "hand_down",
    "hold_ceremony",
    "hold_meeting",
    "hold_talk",
    "lapse",
    "name_contacts",
    "name_introducers",
    "object_to",
    "pause",
    "post_notice",
    "preview",
    "propose_activist",
    "recommend",
    "refuse",
    "refuse_request",
    "release_number",
    "reserve_number",
    "resume",
    "return_numbers",
    "set_ceiling",
    "set_joining_terms",
    "strike_lesson",
    "take_back",
    "tell_result",
    "use_number",
    "void_number",
    "withdraw",
    "withdraw_request",
]
