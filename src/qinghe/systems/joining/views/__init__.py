"""The pages of joining."""

from qinghe.edges.web import timeline

from . import number_words
from .board import home
from .number_requests import (
    number_request,
    number_request_answer,
    number_request_new,
    number_request_refuse,
    number_request_withdraw,
    number_requests,
)
from .numbers import (
    number,
    number_batch_new,
    number_batches,
    number_hand,
    number_list,
    number_void,
    numbers,
    quota,
    quota_return,
    quota_take_back,
    quotas,
)
from .words import name_verbs

name_verbs()
timeline.VERBS.update(number_words.VERBS)
timeline.DETAILS.update(number_words.DETAILS)

__all__ = [
    "home",
    "number",
    "number_batch_new",
    "number_batches",
    "number_hand",
    "number_list",
    "number_request",
    "number_request_answer",
    "number_request_new",
    "number_request_refuse",
    "number_request_withdraw",
    "number_requests",
    "number_void",
    "numbers",
    "quota",
    "quota_return",
    "quota_take_back",
    "quotas",
]
