"""How far from the place somebody is (V-30). What is measured here is never counted."""

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from qinghe.lib.verdicts import Refused

EARTH = 6_371_000  # metres
KEPT = Decimal("0.001")  # a degree is kept so exactly: about a hundred metres
NEAREST, FARTHEST = 50, 5_000  # metres that a session may ask for


class Spot(NamedTuple):
    """A place on the map, in degrees."""

    latitude: Decimal
    longitude: Decimal


def metres_between(one: Spot, other: Spot) -> int:
    """Return how far apart two places are, in whole metres."""
    return round(distance(one, other))


def distance(one: Spot, other: Spot) -> float:
    """Return the metres between two places along the globe: compared and shown, never counted."""
    up, across = (radians(float(a - b)) for a, b in zip(one, other, strict=True))
    flat = cos(radians(float(one.latitude))) * cos(radians(float(other.latitude)))
    return 2 * EARTH * asin(sqrt(sin(up / 2) ** 2 + flat * sin(across / 2) ** 2))


def check_near(*, place: Spot, metres: int, there: Spot | None) -> None:
    """Refuse who is not at the place of a session. Raises Refused: place_unknown, too_far."""
    if there is None:
        raise Refused(
            "place_unknown",
            "本场要核对签到位置，没有取得您的位置，没有登记。请允许浏览器使用位置后再点一次，"
            "或请负责人扫您的志愿者卡。",
        )
    away = metres_between(place, there)
    if away > metres:
        raise Refused(
            "too_far",
            f"您离签到地点约{away}米，超出{metres}米的范围，没有登记。请到现场再试，"
            "或请负责人扫您的志愿者卡。",
        )


def check_distance(*, metres: int) -> None:
    """Refuse a distance too small for a phone to tell, or too large to mean a place.

    Raises Refused: bad_distance.
    """
    if not NEAREST <= metres <= FARTHEST:
        raise Refused("bad_distance", f"签到范围应在{NEAREST}至{FARTHEST}米之间，没有改动。")


def kept(there: Spot | None) -> Spot | None:
    """Return a place as exactly as it is kept."""
    return Spot(*(part.quantize(KEPT) for part in there)) if there else None
