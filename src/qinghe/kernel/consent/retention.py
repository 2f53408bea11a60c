"""How long each kind of record is kept, and what becomes of it then (S-08).

What is declared here, and in the manifests of systems, is the beginning; a `RetentionTerm` changes
the days from a date on, never below `least`. `manage retention` does what the table says, nightly.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGER_THAN_HALF_A_YEAR = 183  # S-14: logs
THREE_YEARS = 3 * 365 + 1  # S-10, S-11: consents, assessments, records of giving data away


class Action(StrEnum):
    """What happens to a record when its time is over."""

    DELETE = "delete"
    ANONYMISE = "anonymise"
    KEEP = "keep"

    @property
    def label(self) -> str:
        """Return the word for it."""
        return {"delete": "删除", "anonymise": "匿名化", "keep": "保留"}[self.value]


@dataclass(frozen=True)
class Retention:
    """Records of one model are kept for `days` from `starts`, then undergo `action`.

    `starts` names the moment or day to count from; a record where it is empty is still in use.
    `run` does what plain deletion cannot: it gets the moment up to which records are too old, and
    now, and returns how many records it met.
    """

    model: str
    label: str
    days: int
    starts: str
    action: Action
    why: str = ""
    least: int = 0
    run: Callable[[datetime, datetime], int] | None = None
