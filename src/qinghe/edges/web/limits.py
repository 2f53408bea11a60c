"""How often an address may ask for what is open to everybody, counted in the cache all share."""

from django.core.cache import cache
from django.http import HttpRequest

from qinghe.lib.verdicts import Refused

MOST, WINDOW = 30, 10 * 60


def check(request: HttpRequest, *, what: str, most: int = MOST, seconds: int = WINDOW) -> None:
    """Count one more try from this address. Raises Refused: too_often."""
    key = _key(request, what)
    if cache.add(key, 1, seconds):
        return
    try:
        tried = cache.incr(key)
    except ValueError:  # it ran out just now
        return
    if tried > most:
        raise Refused("too_often", f"查询过于频繁，请{seconds // 60}分钟后再试。")


def check_worn_out(request: HttpRequest, *, what: str, most: int) -> None:
    """Refuse an address that was counted too often already, without counting. Raises Refused: too_often."""
    if cache.get(_key(request, what), 0) >= most:
        raise Refused("too_often", "错误次数过多，没有查询；请1分钟后再试。")


def _key(request: HttpRequest, what: str) -> str:
    return f"limit:{what}:{request.META.get('REMOTE_ADDR', '')}"
