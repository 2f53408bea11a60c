"""How an entry is written down to be sealed, the same before and after the database has had it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from .keys import Seal

GENESIS = "0" * 64
# What a seal covers, in this order for ever: a new column is added at the end, under a new version.
VERSION = 1
FIELDS = (
    "at",
    "by",
    "person_id",
    "verb",
    "outcome",
    "subject_kind",
    "first_id",
    "last_id",
    "org_id",
    "detail",
    "address",
    "request_id",
    "account_id",
)


@dataclass(frozen=True)
class Link:
    """Where an entry stands in the chain, and what it says, in the order of FIELDS."""

    seq: int
    previous: str
    content: tuple[object, ...]


def seal(link: Link, *, by: Seal) -> str:
    """Return the seal that binds an entry to its place and to the entry before it."""
    return by.of(written(link, algorithm=by.name))


def written(link: Link, *, algorithm: str) -> bytes:
    """Write an entry down in one way only: keys in order, moments in UTC to the microsecond."""
    at, *rest = link.content
    moment = (
        at.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(at, datetime) else at
    )
    whole = [VERSION, algorithm, link.seq, link.previous, moment, *rest]
    text = json.dumps(
        whole, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode()


def plain(value: object) -> object:
    """Return a value as every database gives it back: keys as text, whole numbers as integers."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
