"""Sealing and opening the texts of a column, and blind indexes to find them by.

`about` is the place of the value, "table.column.row": `place(contact, "phone")`.
"""

from collections.abc import Mapping

from django.db.models import Model

from qinghe.lib import ciphers
from qinghe.lib.ciphers import Header, Key

from . import fields, keyring


def place(record: Model, column: str) -> str:
    """Return what a column of a record is called when it is sealed; the key must be known."""
    if record.pk is None:
        raise ValueError("a record without its key has no place yet")
    return f"{record._meta.db_table}.{column}.{record.pk}"


def seal(text: str, *, about: str) -> bytes | None:
    """Return a text sealed for its place with today's key; nothing for an empty text.

    The first text of an empty database draws the keys. Raises Refused: key_missing, key_damaged.
    """
    if not text:
        return None
    return ciphers.seal(text, key=_ready().writing(_purpose(about)), about=about)


def unseal(sealed: bytes | memoryview | None, *, about: str) -> str:
    """Return the text sealed for this place; empty for nothing.

    Raises Refused: key_missing, key_damaged, sealed_damaged.
    """
    if sealed is None:
        return ""
    return ciphers.unseal(bytes(sealed), keys=_reading(_purpose(about)), about=about)


def blind(value: str, *, about: str = "") -> str:
    """Return the blind index under which a normalised value is kept now; empty for nothing.

    `about` is the column, "people_contact.phone": indexes of two columns cannot be compared.
    Raises Refused: key_missing, key_damaged.
    """
    if not value:
        return ""
    return ciphers.blind(value, key=_ready().blinding(about)[0])


def blinds(value: str, *, about: str = "") -> list[str]:
    """Return every blind index under which a value may be kept, by older keys and algorithms too.

    Raises Refused: key_missing, key_damaged.
    """
    if not value:
        return []
    ring = keyring.current()
    if not ring.indexing and not fields.any_sealed():
        return []
    return [ciphers.blind(value, key=key) for key in ring.blinding(about)]


def _ready() -> keyring.Keyring:
    """Return the keys; draw them once, before anything is sealed, and never after."""
    ring = keyring.current()
    if ring.sealing and ring.indexing:
        return ring
    if ring.sealing or ring.indexing or fields.any_sealed():
        raise ciphers.key_missing()
    keyring.make_first()
    return keyring.current()


def _reading(purpose: str) -> Mapping[Header, Key]:
    return keyring.current().reading(purpose)


def _purpose(about: str) -> str:
    return about.rpartition(".")[0]
