"""Signing what leaves the house, so that anybody checks it without asking the house (Ed25519).

`sign-0001.key` … lie with the other keys; the highest number signs, and the public half of each is
published. None is ever laid aside: what was signed years ago is checked by the key of that day.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from qinghe.lib import ciphers

from . import keyring, queries


def sign(text: str) -> str:
    """Return the signature of a text: which key signed, a dot, and 64 bytes in letters.

    The first text that is signed draws the key. Raises Refused: key_missing, key_damaged.
    """
    if not (secrets := keyring.signing()):
        if queries.alarm():
            raise ciphers.key_missing()
        keyring.add_to_sign()
        secrets = keyring.signing()
    key = Ed25519PrivateKey.from_private_bytes(secrets[-1])
    return f"{_name(key.public_key())}.{_letters(key.sign(text.encode()))}"


def public_keys() -> dict[str, str]:
    """Return the public halves of all keys by their names, in letters. Raises Refused: key_damaged."""
    return {_name(key): _letters(key.public_bytes_raw()) for key in _public()}


def is_signed(text: str, *, signature: str) -> bool:
    """Test if a key of ours signed just this text. Raises Refused: key_damaged."""
    known: Mapping[str, Ed25519PublicKey] = {_name(key): key for key in _public()}
    name, _, letters = signature.partition(".")
    if name not in known:
        return False
    try:
        signed = urlsafe_b64decode(f"{letters}==")
        if _letters(signed) != letters:  # the same bytes in other letters are no signature of ours
            return False
        known[name].verify(signed, text.encode())
    except (InvalidSignature, Error, ValueError):
        return False
    return True


def _public() -> list[Ed25519PublicKey]:
    return [
        Ed25519PrivateKey.from_private_bytes(secret).public_key() for secret in keyring.signing()
    ]


def _name(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def _letters(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
