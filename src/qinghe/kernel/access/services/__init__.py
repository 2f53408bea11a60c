"""Giving and ending roles, accounts, invitations and support sessions.

Whether the one who asks may appoint at all is decided by the caller, with rules.check_may_appoint;
what must hold whoever asks (S-50, seats, nobody for themself) is refused here.
"""

from .accounts import disable_account, enable_account, open_account
from .dissolving import dissolve, dissolve_into
from .holdings import end_role, end_roles_of, end_roles_of_duplicate, extend_role, give_role
from .invitations import accept_invitation, invite, reissue, withdraw_invitation
from .succession import hand_over
from .support import end_support, start_support

__all__ = [
    "accept_invitation",
    "disable_account",
    "dissolve",
    "dissolve_into",
    "enable_account",
    "end_role",
    "end_roles_of",
    "end_roles_of_duplicate",
    "end_support",
    "extend_role",
    "give_role",
    "hand_over",
    "invite",
    "open_account",
    "reissue",
    "start_support",
    "withdraw_invitation",
]
