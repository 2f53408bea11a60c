"""The ways out of the house: e-mail, SMS and the robots of work groups, all through apprise.

No way out may hold anybody up. A message is handed to a thread and waited for a few seconds; what
has not gone by then counts as not gone. Where a demo runs, or the setting says `outbox`, nothing
leaves: the message is written down instead.
"""

import logging
import threading
from collections.abc import Callable
from urllib.parse import quote

import apprise
from django.conf import settings
from django.utils import timezone

from qinghe.lib import identifiers
from qinghe.lib.verdicts import Refused

from . import models
from .kinds import Channel

OUTBOX = "outbox"
PATIENCE = 4.0  # seconds that a sender waits at most
HURRY = 3.0  # so many where somebody waits for the page: with all else it takes less than five
MOST = 4  # messages of a channel on their way at once: half of the threads that answer pages
FEW = 2  # so many while its gateway hangs, so that those threads go on with other work
SETTINGS = {
    Channel.EMAIL: "QINGHE_SMTP",
    Channel.SMS: "QINGHE_SMS",
    Channel.WECOM: "QINGHE_WECOM_ROBOT",
    Channel.DINGTALK: "QINGHE_DINGTALK_ROBOT",
}
_log = logging.getLogger(__name__)
logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its warnings repeat whom it wrote to


class _Line:
    """What is on its way by one channel: many messages while it answers, few while it hangs."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._on_its_way = 0
        self._hangs = False

    def enter(self) -> bool:
        """Let one more go, or tell that there are enough."""
        with self._guard:
            if self._on_its_way >= (FEW if self._hangs else MOST):
                return False
            self._on_its_way += 1
            return True

    def leave(self) -> None:
        """Count one less."""
        with self._guard:
            self._on_its_way -= 1

    def note(self, *, answered: bool) -> None:
        """Remember how the last one fared that was waited for."""
        self._hangs = not answered


_lines = {channel: _Line() for channel in Channel}


def _not_a_demo() -> bool:
    return False


# Set once, when the application starts: tells whether the database holds invented people only.
IN_A_DEMO: Callable[[], bool] = _not_a_demo


def configured() -> list[Channel]:
    """Return the channels that this installation has."""
    return [channel for channel in Channel if _address(channel)]


def sms_configured() -> bool:
    """Test if this installation can send an SMS."""
    return bool(_address(Channel.SMS))


def send_sms(phone: str, text: str) -> bool:
    """Send an SMS at once, and tell whether it went; a gateway that hangs is not waited for.

    For codes that somebody is waiting to type. What may wait is a notice.
    """
    try:
        number = identifiers.check_phone(phone)
    except Refused:
        return False
    return _send(Channel.SMS, to=number, title="", text=text, patience=HURRY)


def send(channel: Channel, *, to: str, title: str, text: str) -> bool:
    """Send one message, and tell whether it went within a few seconds."""
    return _send(channel, to=to, title=title, text=text, patience=PATIENCE)


def _send(channel: Channel, *, to: str, title: str, text: str, patience: float) -> bool:
    address = _address(channel)
    if not address:
        return False
    if address == OUTBOX:
        shown = identifiers.mask_phone(to) if channel is Channel.SMS else to
        models.Outgoing.objects.create(channel=channel, to=shown, text=text, at=timezone.now())
        return True
    return _sent(channel, _to(address, to=to), title=title, text=text, patience=patience)


def _address(channel: Channel) -> str:
    """Return the apprise URL of a channel; a demo has an outbox for whatever is not set."""
    address: str = getattr(settings, SETTINGS[channel])
    return OUTBOX if IN_A_DEMO() else address


def _to(address: str, *, to: str) -> str:
    """Put the receiver where the address says {to}; a robot's address names its group already."""
    return address.replace("{to}", quote(to, safe=""))


def _sent(channel: Channel, url: str, *, title: str, text: str, patience: float) -> bool:
    """Hand a message to a thread of its own and wait a little for it."""
    service = _service(url)
    if service is None:
        _log.error("%s: its address cannot be read; check %s", channel.value, SETTINGS[channel])
        return False
    line = _lines[channel]
    if not line.enter():
        _log.warning("%s: too many messages hang, one was not sent", channel.value)
        return False
    went: list[bool] = []

    def deliver() -> None:
        try:
            went.append(_notify(service, title=title, text=text))
        finally:
            line.leave()

    sender = threading.Thread(target=deliver, name=f"send-{channel.value}", daemon=True)
    sender.start()
    sender.join(patience)
    line.note(answered=bool(went))
    if not went:
        _log.warning("%s: no answer within %s seconds", channel.value, patience)
    return went == [True]


def _service(url: str) -> apprise.NotifyBase | None:
    """Read an address. The first time it loads all that apprise knows, which takes a while."""
    service: apprise.NotifyBase | None = apprise.Apprise.instantiate(url, suppress_exceptions=True)
    return service


def _notify(service: apprise.NotifyBase, *, title: str, text: str) -> bool:
    try:
        return bool(service.notify(title=title, body=text))
    except Exception as error:  # noqa: BLE001  plugins raise whatever their libraries raise
        _log.warning("a message was not sent: %s", type(error).__name__)
        return False
