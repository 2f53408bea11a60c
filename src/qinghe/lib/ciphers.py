"""Sealing short texts, and finding them again without opening them (S-45, rules §6.3).

A sealed value is: version (1 byte), algorithm (1), key id (4), nonce (12), ciphertext and tag. What
the value is about, "table.column.row", is authenticated with it, so a value that was copied to
another row or column, cut or edited is refused and never shown.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .verdicts import Refused

VERSION = 1
HEADER_BYTES = 6
_NONCE_BYTES = 12
_TAG_BYTES = 16


class Algorithm(IntEnum):
    """What a value is sealed with; the number is stored in each value, never renumber one."""

    AES = 1
    SM4 = 2


_KEY_BYTES = {Algorithm.AES: 32, Algorithm.SM4: 16}
_DIGESTS = {Algorithm.AES: hashes.SHA256(), Algorithm.SM4: hashes.SM3()}


@dataclass(frozen=True)
class Header:
    """What a sealed value says of itself before it is opened."""

    algorithm: Algorithm
    key_id: int

    @property
    def as_bytes(self) -> bytes:
        """Return how the value begins."""
        return bytes([VERSION, self.algorithm]) + self.key_id.to_bytes(4, "big")


@dataclass(frozen=True, repr=False)
class Key:
    """A key of one algorithm, under the id by which sealed values name it."""

    id: int
    algorithm: Algorithm
    secret: bytes

    @property
    def header(self) -> bytes:
        """Return how every value sealed with this key begins."""
        return Header(self.algorithm, self.id).as_bytes


def new_secret() -> bytes:
    """Draw 32 random bytes to derive keys from."""
    return secrets.token_bytes(32)


def derive(secret: bytes, *, purpose: str, algorithm: Algorithm) -> Key:
    """Return the key for one purpose and algorithm; its id tells the secret it comes from."""
    made = HKDF(
        algorithm=_DIGESTS[algorithm],
        length=_KEY_BYTES[algorithm],
        salt=None,
        info=f"qinghe {algorithm.name} {purpose}".encode(),
    )
    return Key(id=key_id(secret), algorithm=algorithm, secret=made.derive(secret))


def key_id(secret: bytes) -> int:
    """Return a number that names a secret and tells nothing about it."""
    naming = HKDF(algorithm=hashes.SHA256(), length=4, salt=None, info=b"qinghe key id")
    return int.from_bytes(naming.derive(secret), "big")


def seal(text: str, *, key: Key, about: str) -> bytes:
    """Return a text that only the key opens, and only at the place it is about."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    added = key.header + about.encode()
    return key.header + nonce + encrypt(text.encode(), key=key, nonce=nonce, added=added)


def unseal(sealed: bytes, *, keys: Mapping[Header, Key], about: str) -> str:
    """Return the text that was sealed about this place.

    Raises Refused: sealed_damaged, key_missing.
    """
    header = header_of(sealed)
    key = keys.get(header)
    if key is None:
        raise key_missing()
    nonce = sealed[HEADER_BYTES : HEADER_BYTES + _NONCE_BYTES]
    hidden = sealed[HEADER_BYTES + _NONCE_BYTES :]
    try:
        return decrypt(hidden, key=key, nonce=nonce, added=key.header + about.encode()).decode()
    except InvalidTag:
        raise damaged() from None


def header_of(sealed: bytes) -> Header:
    """Read with what a value is sealed. Raises Refused: sealed_damaged."""
    if len(sealed) < HEADER_BYTES + _NONCE_BYTES + _TAG_BYTES or sealed[0] != VERSION:
        raise damaged()
    try:
        algorithm = Algorithm(sealed[1])
    except ValueError:
        raise damaged() from None
    return Header(algorithm=algorithm, key_id=int.from_bytes(sealed[2:HEADER_BYTES], "big"))


def blind(value: str, *, key: Key) -> str:
    """Return a blind index: equal for equal values, and telling nothing without the key."""
    blinding = hmac.HMAC(key.secret, _DIGESTS[key.algorithm])
    blinding.update(value.encode())
    return blinding.finalize().hex()


def encrypt(clear: bytes, *, key: Key, nonce: bytes, added: bytes) -> bytes:
    """Return ciphertext and tag, in Galois/counter mode."""
    if key.algorithm is Algorithm.AES:
        return AESGCM(key.secret).encrypt(nonce, clear, added)
    sealing = Cipher(algorithms.SM4(key.secret), modes.GCM(nonce)).encryptor()
    sealing.authenticate_additional_data(added)
    return sealing.update(clear) + sealing.finalize() + sealing.tag


def decrypt(hidden: bytes, *, key: Key, nonce: bytes, added: bytes) -> bytes:
    """Return the clear text of ciphertext and tag. Raises InvalidTag for anything changed."""
    if key.algorithm is Algorithm.AES:
        return AESGCM(key.secret).decrypt(nonce, hidden, added)
    tag = hidden[-_TAG_BYTES:]
    opening = Cipher(algorithms.SM4(key.secret), modes.GCM(nonce, tag)).decryptor()
    opening.authenticate_additional_data(added)
    return opening.update(hidden[:-_TAG_BYTES]) + opening.finalize()


def key_missing() -> Refused:
    """Return the refusal for a value whose key is not at hand."""
    return Refused(
        "key_missing",
        "加密密钥不在密钥文件夹中，加密的内容暂时无法读写，其他功能不受影响。"
        "请联系系统管理员从密钥备份中恢复密钥文件。",
    )


def damaged() -> Refused:
    """Return the refusal for what was changed, or stands where it was not sealed for."""
    return Refused(
        "sealed_damaged",
        "这项加密内容与它所在的记录不符，或者已被改动，因此没有显示。"
        "其他内容不受影响，请联系系统管理员核查。",
    )
