"""Signing what is shown at the door and on a card, and telling if somebody else made it up.

The keys are the house's (kernel/secrets), one use apart from every other; a code that an older key
signed stays good until it is too old anyway. Who may show a code or a card, the pages ask; a code
proves itself to whoever reads it.
"""

import hmac
from base64 import urlsafe_b64encode

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.secrets import services as secrets
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering.rules import codes as rules
from qinghe.systems.volunteering.rules.codes import Code

DOOR, CARD = "volunteering_session.code", "volunteering_volunteer.card"
CARD_BEGINS = "QINGHE1"
MAC_BYTES = 16  # bar 15: 128 bits


def code_text(actor: Actor, code: Code) -> str:
    """Return a code as the door's address says it. Raises Refused: key_missing, key_damaged."""
    return rules.written(code, mac=_mac(secrets.blind(code.message, about=DOOR)))


def digits_of(actor: Actor, code: Code) -> str:
    """Return a code as six digits to be typed. Raises Refused: key_missing, key_damaged."""
    return _digits(secrets.blind(f"{code.message} digits", about=DOOR))


def read_code(actor: Actor, text: str) -> Code:
    """Return the code that an address says, if it is one of ours. Raises Refused: bad_code."""
    code, mac = rules.read(text)
    if not any(_same(_mac(one), mac) for one in secrets.blinds(code.message, about=DOOR)):
        raise rules.bad_code()
    return code


def code_of_digits(actor: Actor, digits: str, *, session_id: int, kind: str, step: int) -> Code:
    """Return which of the codes that may be on the screen six digits are. Raises Refused: bad_code."""
    near = range(step - rules.EITHER_SIDE, step + rules.EITHER_SIDE + 1)
    codes = [Code(session_id, kind, one) for one in near]
    said = [code for code in codes if any(_same(one, digits) for one in _all_digits(code))]
    if not said:
        raise rules.bad_code()
    return said[-1]


def card_text(actor: Actor, number: str) -> str:
    """Return what the QR of a volunteer's card says. Raises Refused: key_missing, key_damaged."""
    return f"{CARD_BEGINS}.{number}.{_mac(secrets.blind(number, about=CARD))}"


def number_on_card(actor: Actor, text: str) -> str:
    """Return the number on a card of ours. Raises Refused: bad_card."""
    begins, _, rest = text.partition(".")
    number, _, mac = rest.rpartition(".")
    ours = begins == CARD_BEGINS and number and len(mac) == rules.MAC_LETTERS
    if not ours or not any(_same(_mac(one), mac) for one in secrets.blinds(number, about=CARD)):
        raise Refused("bad_card", "这不是本平台的志愿者卡，没有登记；请改输卡上的编号。")
    return number


def _all_digits(code: Code) -> list[str]:
    return [_digits(one) for one in secrets.blinds(f"{code.message} digits", about=DOOR)]


def _mac(blinded: str) -> str:
    return urlsafe_b64encode(bytes.fromhex(blinded)[:MAC_BYTES]).decode().rstrip("=")


def _digits(blinded: str) -> str:
    return f"{int(blinded[:16], 16) % 10**rules.DIGITS:0{rules.DIGITS}}"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
