"""The keys of the chain, files of their own beside the other keys and apart from the database.

`audit-0001.key` and so on: the highest number seals, all of them check. An entry names its key by
the key's own id, so that a lost file that was drawn anew is told from a forged entry.
"""

import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, hmac
from django.conf import settings

from qinghe.lib import ciphers
from qinghe.lib.ciphers import Algorithm

PURPOSE = "audit chain"
NAMES = {Algorithm.AES: "hmac-sha256", Algorithm.SM4: "hmac-sm3"}
_DIGESTS = {Algorithm.AES: hashes.SHA256(), Algorithm.SM4: hashes.SM3()}


@dataclass(frozen=True, repr=False)
class Seal:
    """One algorithm with one key, under the name that entries keep."""

    name: str
    keyed: hmac.HMAC

    def of(self, content: bytes) -> str:
        """Return the seal of some content, 64 hexadecimal digits."""
        sealing = self.keyed.copy()
        sealing.update(content)
        return sealing.finalize().hex()


def writing() -> Seal:
    """Return what seals new entries; the first key is drawn when there is none."""
    folder = Path(settings.QINGHE_KEYS)
    if not (seals := _seals(folder, _changed(folder))):
        _draw_first(folder)
        seals = _seals(folder, _changed(folder))
    newest = [seal for seal in seals.values() if seal.name.startswith(_chosen())]
    return newest[-1]


def reading() -> Mapping[str, Seal]:
    """Return what every entry can be checked with, by name, the newest last."""
    folder = Path(settings.QINGHE_KEYS)
    return _seals(folder, _changed(folder))


@lru_cache(maxsize=4)
def _seals(folder: Path, changed: int) -> Mapping[str, Seal]:
    found: dict[str, Seal] = {}
    for path in sorted(folder.glob("audit-*.key")):
        secret = b64decode(path.read_text().strip(), validate=True)
        for algorithm in Algorithm:
            key = ciphers.derive(secret, purpose=PURPOSE, algorithm=algorithm)
            name = f"{NAMES[algorithm]}:{key.id:08x}"
            found[name] = Seal(name=name, keyed=hmac.HMAC(key.secret, _DIGESTS[algorithm]))
    return found


def _chosen() -> str:
    return NAMES[Algorithm[settings.QINGHE_CIPHER.upper()]]


def _changed(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _draw_first(folder: Path) -> None:
    # Two processes may draw at once: each writes its own file whole, and the first link wins.
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "audit-0001.key"
    own = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(b64encode(ciphers.new_secret()) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()
