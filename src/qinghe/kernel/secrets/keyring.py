"""The keys, in a folder apart from the database.

`seal-0001.key`, `seal-0002.key` … seal values, `index-0001.key` … make blind indexes. The highest
number writes, all of them read. What is used is derived from these, one key for each column.
"""

import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from django.conf import settings

from qinghe.lib import ciphers
from qinghe.lib.ciphers import Algorithm, Header, Key
from qinghe.lib.verdicts import Refused

RETIRED = "retired"
SIGN = "sign"  # never laid aside: its public half is published (signing.py)
_SECRET_BYTES = 32


class Use(StrEnum):
    """What the keys of a file are for."""

    SEAL = "seal"
    INDEX = "index"


@dataclass(frozen=True, repr=False)
class Keyring:
    """The secrets of a folder as they were read, the newest last."""

    sealing: tuple[bytes, ...]
    indexing: tuple[bytes, ...]
    algorithm: Algorithm

    @cached_property
    def _openers(self) -> dict[str, Mapping[Header, Key]]:
        return {}

    @cached_property
    def _blinders(self) -> dict[str, tuple[Key, ...]]:
        return {}

    @cached_property
    def newest(self) -> Header:
        """Return how new values begin. Raises Refused: key_missing."""
        if not self.sealing:
            raise ciphers.key_missing()
        return Header(self.algorithm, ciphers.key_id(self.sealing[-1]))

    def writing(self, purpose: str) -> Key:
        """Return the key that seals new values of a column. Raises Refused: key_missing."""
        return self.reading(purpose)[self.newest]

    def reading(self, purpose: str) -> Mapping[Header, Key]:
        """Return every key that opens values of a column, by what the values say."""
        if purpose not in self._openers:
            keys = [
                ciphers.derive(secret, purpose=purpose, algorithm=algorithm)
                for secret in self.sealing
                for algorithm in Algorithm
            ]
            self._openers[purpose] = {Header(key.algorithm, key.id): key for key in keys}
        return self._openers[purpose]

    def blinding(self, purpose: str) -> tuple[Key, ...]:
        """Return every key of a column's blind index, the one that writes first.

        Raises Refused: key_missing.
        """
        if not self.indexing:
            raise ciphers.key_missing()
        if purpose not in self._blinders:
            others = [algorithm for algorithm in Algorithm if algorithm is not self.algorithm]
            self._blinders[purpose] = tuple(
                ciphers.derive(secret, purpose=f"index {purpose}", algorithm=algorithm)
                for secret in reversed(self.indexing)
                for algorithm in (self.algorithm, *others)
            )
        return self._blinders[purpose]


def current() -> Keyring:
    """Return the keys of the folder as it is now."""
    folder = str(settings.QINGHE_KEYS)
    try:
        changed = os.stat(folder).st_mtime_ns
    except FileNotFoundError:
        changed = 0
    return _read(folder, changed, settings.QINGHE_CIPHER)


def add(use: Use) -> int:
    """Draw a key that writes from now on, and return its number in the folder."""
    folder = Path(settings.QINGHE_KEYS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = max([_number(path) for path in _files(folder, use)], default=0) + 1
    _keep(folder / f"{use}-{number:04}.key", ciphers.new_secret())
    _read.cache_clear()
    return number


def make_first() -> None:
    """Draw the keys of a folder that has none; what another process drew meanwhile is kept."""
    folder = Path(settings.QINGHE_KEYS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for use in Use:
        if not _files(folder, use):
            _keep(folder / f"{use}-0001.key", ciphers.new_secret())
    _read.cache_clear()


def signing() -> tuple[bytes, ...]:
    """Return the secrets that sign, the newest last. Raises Refused: key_damaged."""
    return tuple(_secret(path) for path in _files(Path(settings.QINGHE_KEYS), SIGN))


def add_to_sign() -> None:
    """Draw a key that signs from now on; what another process drew meanwhile is kept."""
    folder = Path(settings.QINGHE_KEYS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = max([_number(path) for path in _files(folder, SIGN)], default=0) + 1
    _keep(folder / f"{SIGN}-{number:04}.key", ciphers.new_secret())


def retire_all_but_newest() -> list[str]:
    """Lay all keys aside but the newest of each use; they open old backups when put back."""
    folder = Path(settings.QINGHE_KEYS)
    aside = folder / RETIRED
    aside.mkdir(exist_ok=True, mode=0o700)
    laid = []
    for use in Use:
        for path in _files(folder, use)[:-1]:
            path.rename(aside / path.name)
            laid.append(path.name)
    _read.cache_clear()
    return laid


@lru_cache(maxsize=4)
def _read(folder: str, changed: int, cipher: str) -> Keyring:
    sealing, indexing = (tuple(_secret(path) for path in _files(Path(folder), use)) for use in Use)
    return Keyring(sealing=sealing, indexing=indexing, algorithm=Algorithm[cipher.upper()])


def _files(folder: Path, use: str) -> list[Path]:
    return sorted(folder.glob(f"{use}-*.key"), key=_number)


def _number(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])


def _secret(path: Path) -> bytes:
    try:
        secret = b64decode(path.read_text().strip(), validate=True)
    except ValueError:
        secret = b""
    if len(secret) != _SECRET_BYTES:
        raise Refused(
            "key_damaged",
            f"密钥文件{path.name}已损坏，加密的内容暂时无法读写，其他功能不受影响。"
            "请联系系统管理员从密钥备份中恢复这个文件。",
        )
    return secret


def _keep(path: Path, secret: bytes) -> None:
    # Two processes may draw at once: each writes its own file whole, and the first link wins.
    own = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(b64encode(secret) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()
