"""How often a token or an account may ask: so many requests a minute.

Each process counts what it answers, and every tenth time tells the cache that all share and hears
what the others told. A process alone counts exactly; of several, each may let nine more through. To
ask the shared cache every time would cost as much as the check-in that is being let in.
"""

from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.core.cache import cache

from qinghe.lib.verdicts import Refused

WINDOW = 60  # seconds
TOLD_EVERY = 10  # requests
READING = ("GET", "HEAD", "OPTIONS")


@dataclass
class _Tally:
    """What this process counted in one minute: all that is known, and what it has not told yet."""

    known: int = 0
    untold: int = 0


@dataclass
class _Minute:
    """The tallies of the minute that runs."""

    number: int = 0
    tallies: dict[str, _Tally] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


_minute = _Minute()


def seconds_to_wait(*, who: str, method: str, at: datetime) -> int:
    """Count a request and return how long to wait before the next try; 0 when it may go on."""
    kind = "read" if method in READING else "write"
    second = int(at.timestamp())
    count = _count(f"{kind}:{who}", minute=second // WINDOW)
    return 0 if count <= settings.API_LIMITS[kind] else WINDOW - second % WINDOW


def refusal(seconds: int) -> Refused:
    """Return the refusal of a request that comes too soon."""
    return Refused("too_many", f"请求过于频繁，没有任何改动；请{seconds}秒后再试。")


def forget() -> None:
    """Forget what this process counted: a test begins with nothing asked."""
    with _minute.lock:
        _minute.tallies.clear()


def _count(name: str, *, minute: int) -> int:
    with _minute.lock:
        if _minute.number != minute:
            _minute.number = minute
            _minute.tallies.clear()
        tally = _minute.tallies.setdefault(name, _Tally())
        tally.known += 1
        tally.untold += 1
        if tally.untold < TOLD_EVERY:
            return tally.known
        told, tally.untold = tally.untold, 0
    shared = _told(f"api:{name}:{minute}", told)
    with _minute.lock:
        tally.known = max(tally.known, shared + tally.untold)
        return tally.known


def _told(key: str, count: int) -> int:
    """Add to the count that all processes share and return it."""
    if cache.add(key, count, timeout=2 * WINDOW):
        return count
    try:
        return cache.incr(key, count)
    except ValueError:  # the window was over just now
        return count
