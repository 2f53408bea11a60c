"""What people do with the rolls. One function is one use case and one transaction."""

from .files import ReadyFile, change_file, open_file, take_in_files
from .leaving import (
    NewLeaving,
    approve_leaving,
    leave_of_age,
    propose_leaving,
    refuse_leaving,
    withdraw_leaving,
)

__all__ = [
    "NewLeaving",
    "ReadyFile",
    "approve_leaving",
    "change_file",
    "leave_of_age",
    "open_file",
    "propose_leaving",
    "refuse_leaving",
    "take_in_files",
    "withdraw_leaving",
]
