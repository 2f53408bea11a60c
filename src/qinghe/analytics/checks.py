"""Questions to the records themselves: what looks wrong, where, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model, QuerySet

FIRST = 100


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"  # figures are wrong until it is mended
    WARNING = "warning"  # somebody should look


@dataclass(frozen=True)
class Check:
    """One question; `records` gives the rows that fail it."""

    code: str
    label: str
    severity: Severity
    records: Callable[[], "QuerySet[Model]"]
    model: str
    advice: str


@dataclass(frozen=True)
class Finding:
    """How many records fail a check, and the first of them."""

    count: int
    first: tuple[int, ...]


def run(check: Check) -> Finding:
    """Find the records that fail a check."""
    failing = check.records()
    first = failing.order_by("pk").values_list("pk", flat=True)[:FIRST]
    return Finding(count=failing.count(), first=tuple(first))
