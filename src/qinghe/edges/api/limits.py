"""How often a token or an account may ask: so many requests a minute, counted in the shared cache."""

from datetime import datetime

from django.conf import settings
from django.core.cache import cache

from qinghe.lib.verdicts import Refused

WINDOW = 60  # seconds
READING = ("GET", "HEAD", "OPTIONS")


def seconds_to_wait(*, who: str, method: str, at: datetime) -> int:
    """Count a request and return how long to wait before the next try; 0 when it may go on."""
    kind = "read" if method in READING else "write"
    second = int(at.timestamp())
    key = f"api:{kind}:{who}:{second // WINDOW}"
    if cache.add(key, 1, timeout=2 * WINDOW):
        return 0
    try:
        count = cache.incr(key)
    except ValueError:  # the window was over just now
        return 0
    return 0 if count <= settings.API_LIMITS[kind] else WINDOW - second % WINDOW


def refusal(seconds: int) -> Refused:
    """Return the refusal of a request that comes too soon."""
    return Refused("too_many", f"请求过于频繁，没有任何改动；请{seconds}秒后再试。")
