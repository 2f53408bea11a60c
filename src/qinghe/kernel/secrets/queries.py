"""Whether sealed texts can be read: for pages and commands that must say so."""

from qinghe.lib import ciphers
from qinghe.lib.verdicts import Refused

from . import fields, keyring


def alarm() -> str:
    """Return why sealed texts cannot be read now, or nothing when they can or there are none."""
    try:
        ring = keyring.current()
    except Refused as refused:
        return refused.reason
    if (ring.sealing and ring.indexing) or not fields.any_sealed():
        return ""
    return ciphers.key_missing().reason
