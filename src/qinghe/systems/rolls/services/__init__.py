"""What people do with the rolls. One function is one use case and one transaction."""

from .dues import (
    Months,
    NewDuesTerms,
    approve_reduction,
    propose_reduction,
    record_dues,
    refuse_reduction,
    set_dues_rate,
    set_dues_terms,
    void_dues,
)
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
    "Months",
    "NewDuesTerms",
    "NewLeaving",
    "ReadyFile",
    "approve_leaving",
    "approve_reduction",
    "change_file",
    "leave_of_age",
    "open_file",
    "propose_leaving",
    "propose_reduction",
    "record_dues",
    "refuse_leaving",
    "refuse_reduction",
    "set_dues_rate",
    "set_dues_terms",
    "take_in_files",
    "void_dues",
    "withdraw_leaving",
]
