"""The rotating code at a door: signed so that nobody can make one up, read back with proof.

The keys are the house's (kernel/secrets), apart for each `about`, the column of what the code opens;
a code that an older key signed stays good until it is too old anyway (`lib.door_codes`). Who may show
a code, the pages ask; a code proves itself to whoever reads it.
"""

import hmac
from base64 import urlsafe_b64encode

from qinghe.kernel.secrets import services as secrets
from qinghe.lib import door_codes
from qinghe.lib.door_codes import Code

MAC_BYTES = 16  # bar 15: 128 bits


def text_of(code: Code, *, about: str) -> str:
    """Return a code as the door's address says it. Raises Refused: key_missing, key_damaged."""
    return door_codes.written(code, mac=mac(secrets.blind(code.message, about=about)))


def digits_of(code: Code, *, about: str) -> str:
    """Return a code as six digits to be typed. Raises Refused: key_missing, key_damaged."""
    return _digits(secrets.blind(f"{code.message} digits", about=about))


def read(text: str, *, about: str) -> Code:
    """Return the code that an address says, if it is one of ours. Raises Refused: bad_code."""
    code, given = door_codes.read(text)
    if not any(same(mac(one), given) for one in secrets.blinds(code.message, about=about)):
        raise door_codes.bad_code()
    return code


def of_digits(digits: str, *, about: str, session_id: int, kind: str, step: int) -> Code:
    """Return which of the codes that may be on the screen six digits are. Raises Refused: bad_code."""
    near = range(step - door_codes.EITHER_SIDE, step + door_codes.EITHER_SIDE + 1)
    codes = [Code(session_id, kind, one) for one in near]
    said = [c for c in codes if any(same(one, digits) for one in _all_digits(c, about=about))]
    if not said:
        raise door_codes.bad_code()
    return said[-1]


def mac(blinded: str) -> str:
    """Return the mark that proves a text, as an address or a QR carries it."""
    return urlsafe_b64encode(bytes.fromhex(blinded)[:MAC_BYTES]).decode().rstrip("=")


def same(one: str, other: str) -> bool:
    """Compare two marks without telling by the time it takes how much of them agrees."""
    return hmac.compare_digest(one.encode(), other.encode())


def _all_digits(code: Code, *, about: str) -> list[str]:
    return [_digits(one) for one in secrets.blinds(f"{code.message} digits", about=about)]


def _digits(blinded: str) -> str:
    return f"{int(blinded[:16], 16) % 10**door_codes.DIGITS:0{door_codes.DIGITS}}"
