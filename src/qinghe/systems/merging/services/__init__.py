"""What officers do with two rows about one person. One function is one use case and one transaction."""

from .deciding import approve_merge, refuse_merge, withdraw_merge
from .proposing import NewMerge, propose_merge, tell_apart

__all__ = [
    "NewMerge",
    "approve_merge",
    "propose_merge",
    "refuse_merge",
    "tell_apart",
    "withdraw_merge",
]
