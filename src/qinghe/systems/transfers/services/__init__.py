"""What people do with transfers: one function each."""

from .deciding import (
    approve_transfer,
    expire_due,
    reject_transfer,
    resume_transfer,
    suspend_transfer,
    withdraw_transfer,
)
from .many import (
    MOST_AT_ONCE,
    Outcome,
    ReadyDraft,
    accept_many,
    draft_many,
    draft_together,
    place_many,
    send_many,
)
from .placing import place_transfer, record_receipt
from .starting import (
    Mended,
    NewTransfer,
    change_transfer,
    mend_and_send,
    send_transfer,
    start_transfer,
)
from .stays import NewStay, begin_stay, end_stay
from .terms import NewTerms, set_terms

__all__ = [
    "MOST_AT_ONCE",
    "Mended",
    "NewStay",
    "NewTerms",
    "NewTransfer",
    "Outcome",
    "ReadyDraft",
    "accept_many",
    "approve_transfer",
    "begin_stay",
    "change_transfer",
    "draft_many",
    "draft_together",
    "end_stay",
    "expire_due",
    "mend_and_send",
    "place_many",
    "place_transfer",
    "record_receipt",
    "reject_transfer",
    "resume_transfer",
    "send_many",
    "send_transfer",
    "set_terms",
    "start_transfer",
    "suspend_transfer",
    "withdraw_transfer",
]
