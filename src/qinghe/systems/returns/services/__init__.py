"""What people do with returns. One function is one use case and one transaction."""

from .answers import keep_answers
from .disputes import dispute, settle_dispute
from .filings import submit, take_back
from .forms import (
    NewCell,
    NewDefinition,
    NewForm,
    NewRule,
    change_form,
    define,
    make_form,
    new_version,
    publish_form,
    redefine,
    retire_form,
)
from .reviews import MOST_AT_ONCE, Outcome, accept, accept_many, send_back
from .rounds import Reminded, extend_round, open_round, remind
from .values import Entry, keep_values

__all__ = [
    "MOST_AT_ONCE",
    "Entry",
    "NewCell",
    "NewDefinition",
    "NewForm",
    "NewRule",
    "Outcome",
    "Reminded",
    "accept",
    "accept_many",
    "change_form",
    "define",
    "dispute",
    "extend_round",
    "keep_answers",
    "keep_values",
    "make_form",
    "new_version",
    "open_round",
    "publish_form",
    "redefine",
    "remind",
    "retire_form",
    "send_back",
    "settle_dispute",
    "submit",
    "take_back",
]
