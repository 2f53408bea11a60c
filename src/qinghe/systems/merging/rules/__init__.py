"""When two rows may become one person, and who may say so. Values in, verdicts out."""

from .deciding import (
    MERGE_MOVES,
    check_ends_roles,
    check_in_sight,
    check_open_pair,
    check_other_eyes,
    check_reason,
    check_stranger,
    common_code,
    name_of_clash,
)
from .fates import FATES, SIGNED

__all__ = [
    "FATES",
    "MERGE_MOVES",
    "SIGNED",
    "check_ends_roles",
    "check_in_sight",
    "check_open_pair",
    "check_other_eyes",
    "check_reason",
    "check_stranger",
    "common_code",
    "name_of_clash",
]
