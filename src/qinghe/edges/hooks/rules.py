"""Where events may be sent, how they are signed, and when to try again. Values in, verdicts out."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from qinghe.lib.verdicts import Refused

# Between tries; together a day. After the last one the subscription is paused.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 4, 15, 40, 120, 360, 900))
LEASE = timedelta(minutes=5)  # how long one run keeps what it has taken to itself
AT_ONCE = 20  # sent to one subscription in one run, so that a run ends within its lease
MOST = 10  # subscriptions of one organisation that are not ended
SECRET = "whsec_"  # noqa: S105  # what a secret begins with (standardwebhooks.com)
SECRET_BYTES = 32
MOVES = {
    "active": frozenset({"paused", "ended"}),
    "paused": frozenset({"active", "ended"}),
    "ended": frozenset[str](),
}
_NAT64 = IPv6Network("64:ff9b::/96")

Place = IPv4Address | IPv6Address


def next_try(*, tries: int, at: datetime) -> datetime | None:
    """Tell when to try again after so many failures; never after a day of them."""
    return at + PAUSES[tries - 1] if tries <= len(PAUSES) else None


def new_secret() -> str:
    """Return a secret for one subscription, as receivers' libraries take it."""
    return SECRET + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def body_of(*, event: str, at: datetime, told: Mapping[str, object]) -> bytes:
    """Return what is sent; the same bytes at every try."""
    content = {"type": event, "timestamp": at.isoformat(), "data": told}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def headers_of(*, key: UUID, body: bytes, secret: str, at: datetime) -> dict[str, str]:
    """Return what goes beside a body: its event's id, the moment, and the signature over all three.

    As standardwebhooks.com has it: HMAC-SHA256 over "id.timestamp.body".
    """
    moment = str(int(at.timestamp()))
    signed = b".".join((str(key).encode(), moment.encode(), body))
    seal = hmac.new(base64.b64decode(secret.removeprefix(SECRET)), signed, hashlib.sha256)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Qinghe-Hooks/1",
        "webhook-id": str(key),
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(seal.digest()).decode()}",
    }


def check_address(address: str, *, plain_allowed: bool) -> SplitResult:
    """Refuse what is no address of another system. Raises Refused: bad_address, not_https."""
    try:
        parts = urlsplit(address)
        sound = bool(parts.hostname) and parts.port != 0 and address.isascii()
    except ValueError:
        raise _bad_address() from None
    if not sound or not address.isprintable() or " " in address or parts.fragment:
        raise _bad_address()
    if parts.username is not None or parts.password is not None:
        raise Refused("bad_address", "地址里不能带用户名和密码，没有保存；接收方用签名核对来源。")
    if parts.scheme != "https" and not (plain_allowed and parts.scheme == "http"):
        raise Refused("not_https", "接收地址要以 https:// 开头，没有保存；请改正后再提交。")
    return parts


def check_places(places: Collection[str], *, allowed: Iterable[str] = ()) -> None:
    """Refuse a name that leads, by any of its addresses, into this house or beside it.

    `allowed` are the networks that the operator has opened. Raises Refused: forbidden_address.
    """
    opened = [ip_network(network) for network in allowed]
    for text in places:
        place = ip_address(text.partition("%")[0])
        if any(place in network for network in opened):
            continue
        if any(not one.is_global or one.is_multicast for one in _meant(place)):
            raise Refused(
                "forbidden_address",
                "接收地址指向本机或内部网络，不允许推送；请改用对方系统的公网地址。",
            )


def check_events(chosen: Collection[str], *, known: Collection[str]) -> None:
    """Refuse no event, or one that the subscriber may not have. Raises Refused: no_event."""
    if not chosen or not set(chosen) <= set(known):
        raise Refused("no_event", "请至少选择一个您有权查看的事件，没有保存。")


def check_not_too_many(standing: int) -> None:
    """Refuse one more than an organisation may have. Raises Refused: too_many."""
    if standing >= MOST:
        raise Refused("too_many", f"一个组织最多{MOST}个推送订阅，没有保存；请先停用不用的。")


def check_move(*, now: str, to: str) -> None:
    """Refuse a step that does not exist. Raises Refused: wrong_state."""
    if to not in MOVES[now]:
        raise Refused("wrong_state", "这个订阅的状态已经变了，没有改动；请刷新页面查看。")


def check_active(state: str) -> None:
    """Refuse to send for a subscription that rests. Raises Refused: not_active."""
    if state != "active":
        raise Refused("not_active", "这个订阅已暂停或停用，没有推送；请先恢复推送。")


def _meant(place: Place) -> list[Place]:
    """Return an address with the older one that may be packed into it."""
    packed: list[Place | None] = [place]
    if isinstance(place, IPv6Address):
        packed += [place.ipv4_mapped, place.sixtofour]
        packed += list(place.teredo or ())
        if place in _NAT64:
            packed.append(IPv4Address(int(place) & 0xFFFFFFFF))
    meant = [one for one in packed if one is not None]
    return meant[1:] if isinstance(place, IPv6Address) and place.ipv4_mapped else meant


def _bad_address() -> Refused:
    return Refused(
        "bad_address", "看不懂这个地址，没有保存；请填写完整地址，如 https://example.cn/hook。"
    )
