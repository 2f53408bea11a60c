"""One request to another house: to an address that was looked at, and no further.

Python's own client suffices, and follows nothing by itself: no redirect, no proxy of the
environment, no second look-up of the name between the check and the connection.
"""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult

from django.conf import settings

from qinghe.lib.hands import Hands
from qinghe.lib.verdicts import Refused

from . import rules

PATIENCE = 5.0  # seconds for all of it
LOOK_UPS = Hands(
    seconds=2.0, most=16
)  # of a name: the system's own limit is half a minute and more
READ = 1_000  # bytes of an answer that are read; nothing of it is kept
PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Answer:
    """What the other side said; a status of 0 is no answer at all."""

    status: int
    said: str = ""

    @property
    def is_good(self) -> bool:
        """Test if the other side has it."""
        return 200 <= self.status < 300


def post(address: str, *, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send a body to an address and return what was answered; nothing is raised."""
    ends = time.monotonic() + PATIENCE
    try:
        parts = rules.check_address(address, plain_allowed=settings.QINGHE_HOOKS_HTTP)
        place = place_of(parts)
        return _ask(parts, place=place, body=body, headers=headers, seconds=ends - time.monotonic())
    except Refused as refused:
        return Answer(0, refused.reason)
    except TimeoutError:
        return Answer(0, f"{PATIENCE:.0f}秒内没有应答")
    except ssl.SSLError:
        return Answer(0, "对方的证书无效或过期")
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(0, "连接不上，或对方中途断开")


def place_of(parts: SplitResult) -> str:
    """Return the address behind a name. Raises Refused: unknown_host, forbidden_address."""
    port = parts.port or PORTS[parts.scheme]
    try:
        found = LOOK_UPS.lend(
            lambda _: socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        )
    except TimeoutError as error:
        raise Refused(
            "unknown_host", "域名服务器没有应答，没有查到这个地址，请稍后再试。"
        ) from error
    except (OSError, UnicodeError) as error:
        raise Refused("unknown_host", "找不到这个地址的服务器，请核对域名。") from error
    places = [str(where[0]) for *_, where in found]
    rules.check_places(places, allowed=settings.QINGHE_HOOKS_INSIDE)
    return places[0]


def _ask(
    parts: SplitResult, *, place: str, body: bytes, headers: Mapping[str, str], seconds: float
) -> Answer:
    line = _Line(parts, place=place)
    cut = threading.Timer(seconds, line.cut)
    cut.daemon = True
    cut.start()
    try:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        line.request("POST", path, body=body, headers=dict(headers))
        answer = line.getresponse()
        answer.read(READ)
        return Answer(answer.status, _words(answer.status))
    except (OSError, http.client.HTTPException):
        if line.was_cut:
            raise TimeoutError from None
        raise
    finally:
        cut.cancel()
        line.hang_up()


def _words(status: int) -> str:
    if 200 <= status < 300:
        return "对方已收到"
    if 300 <= status < 400:
        return "对方要求转到别处，没有跟随"
    return "对方没有接受"


class _Line(http.client.HTTPConnection):
    """A connection to one address under the name that its certificate must bear."""

    def __init__(self, parts: SplitResult, *, place: str) -> None:
        port = parts.port or PORTS[parts.scheme]
        self.default_port = PORTS[parts.scheme]  # type: ignore[misc]  # what Host leaves out
        super().__init__(parts.hostname or "", port, timeout=PATIENCE)
        self._place = place
        self._context = ssl.create_default_context() if parts.scheme == "https" else None
        self._handle: socket.socket | None = None
        self.was_cut = False

    def connect(self) -> None:
        """Connect to the address that was looked at, whatever its name means by now."""
        plain = socket.create_connection((self._place, self.port), timeout=PATIENCE)
        self._handle = plain.dup()  # the handshake takes the first one over
        self.sock = plain
        if self._context:
            self.sock = self._context.wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """End it from outside: somebody who sends a letter a second would hold it for hours."""
        self.was_cut = True
        if self._handle:
            with contextlib.suppress(OSError):  # closed already
                self._handle.shutdown(socket.SHUT_RDWR)

    def hang_up(self) -> None:
        """Let go of the connection."""
        self.close()
        if self._handle:
            self._handle.close()
