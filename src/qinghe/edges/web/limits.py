"""How often an address may ask for what is open to everybody, counted in the cache all share."""

from django.core.cache import cache
from django.http import HttpRequest

from qinghe.lib.verdicts import Refused

MOST, WINDOW = 30, 10 * 60


def check(request: HttpRequest, *, what: str, most: int = MOST, seconds: int = WINDOW) -> None:
    """Count one more try from this address. Raises Refused: too_often."""
    tried = _counted(f"limit:{what}:{address_of(request)}", seconds=seconds)
    if tried > most:
        raise Refused("too_often", f"查询过于频繁，请{seconds // 60}分钟后再试。")


def check_mistakes(who: object, *, what: str, most: int, seconds: int = 60) -> None:
    """Let somebody try again who has not been wrong too often. Raises Refused: too_often."""
    if int(cache.get(f"wrong:{what}:{who}", 0)) >= most:
        raise Refused("too_often", f"输错次数过多，没有改动，请{seconds // 60}分钟后再试。")


def count_mistake(who: object, *, what: str, seconds: int = 60) -> None:
    """Count one thing that somebody got wrong; it is forgotten after so many seconds."""
    _counted(f"wrong:{what}:{who}", seconds=seconds)


def address_of(request: HttpRequest) -> str:
    """Return from where a request came, where nobody is signed in whom one could count."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _counted(key: str, *, seconds: int) -> int:
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it ran out just now
        return 1
