"""What people do in privacy. One function is one use case and one transaction."""

from .codes import Message
from .consenting import agree, publish_notice, take_back, take_back_for_ward
from .entering import Registered
from .registering import (
    Description,
    GuardianConsent,
    begin,
    complete,
    complete_by_guardian,
    describe,
    give_up,
    prove_own_phone,
    send_guardian_code,
    send_own_code,
)
from .requests import Wish, ask, fulfil, refuse
from .retaining import NewTerm, apply_retention, register_assessment, set_term
from .terms import TABLE as RETENTION

__all__ = [
    "RETENTION",
    "Description",
    "GuardianConsent",
    "Message",
    "NewTerm",
    "Registered",
    "Wish",
    "agree",
    "apply_retention",
    "ask",
    "begin",
    "complete",
    "complete_by_guardian",
    "describe",
    "fulfil",
    "give_up",
    "prove_own_phone",
    "publish_notice",
    "refuse",
    "register_assessment",
    "send_guardian_code",
    "send_own_code",
    "set_term",
    "take_back",
    "take_back_for_ward",
]
