"""What people do in pioneers: one function each."""

from .badges import (
    NewBadge,
    NewRound,
    NewStarTerms,
    add_badge,
    close_badge,
    open_round,
    set_star_terms,
)
from .ceremonies import (
    Held,
    accept_ceremony,
    cancel_ceremony,
    change_ceremony,
    register_ceremony,
    send_back_ceremony,
    submit_ceremony,
)
from .forgetting import RETENTION
from .nominating import (
    Listed,
    NewChild,
    NewEligible,
    NewLine,
    decide_slate,
    keep_slate,
    send_back_slate,
    submit_slate,
)
from .outlines import NewOutline, NewStep, set_outline
from .sheets import ReadyCeremony, enter_many

__all__ = [
    "RETENTION",
    "Held",
    "Listed",
    "NewBadge",
    "NewChild",
    "NewEligible",
    "NewLine",
    "NewOutline",
    "NewRound",
    "NewStarTerms",
    "NewStep",
    "ReadyCeremony",
    "accept_ceremony",
    "add_badge",
    "cancel_ceremony",
    "change_ceremony",
    "close_badge",
    "decide_slate",
    "enter_many",
    "keep_slate",
    "open_round",
    "register_ceremony",
    "send_back_ceremony",
    "send_back_slate",
    "set_outline",
    "set_star_terms",
    "submit_ceremony",
    "submit_slate",
]
