"""A backup as one sealed file, to be carried out of the house: without its passphrase it tells nothing.

    QINGHE-BACKUP-1, algorithm, salt, proof | piece | piece | … | last piece

What is in the backup's folder, as a tar, compressed, in sealed pieces (`lib/pieces`). The proof tells a
wrong passphrase from a damaged file before anything is opened.
"""

import hmac
import os
import secrets
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings

from qinghe.lib import ciphers, pieces
from qinghe.lib.ciphers import Algorithm
from qinghe.lib.verdicts import Refused

from . import databases, manifest

MAGIC = b"QINGHE-BACKUP-1\n"
SALT, PROOF = 16, 16  # bytes
HEAD = len(MAGIC) + 1 + SALT + PROOF
SHORTEST = 16  # characters of a passphrase


def passphrase(path: Path) -> bytes:
    """Read a passphrase, or a drawn key, from its file. Raises Refused: no_passphrase."""
    try:
        said = path.read_bytes().strip()
    except OSError as error:
        raise Refused(
            "no_passphrase",
            f"口令文件{path}读不出来（{error.strerror}），没有进行任何操作；请核对路径和权限。",
        ) from None
    if len(said.decode(errors="replace")) < SHORTEST:
        raise Refused(
            "no_passphrase",
            f"口令文件{path}里的口令不足{SHORTEST}个字符，没有进行任何操作；请换一个更长的。",
        )
    return said


def seal(folder: Path, *, into: Path, phrase: bytes) -> None:
    """Write the backup in a folder as one sealed file, there whole or not at all."""
    being = into.with_name(f"{into.name}.part")
    try:
        with open(being, "wb", opener=_private) as file:
            sealing = _Sealing(file, _new_lock(phrase))
            with tarfile.open(
                fileobj=cast(BinaryIO, sealing), mode="w|", dereference=True
            ) as packed:
                packed.add(folder, arcname=".")
            sealing.finish()
            file.flush()
            os.fsync(file.fileno())
        os.replace(being, into)
        manifest.flush(into.parent)
    finally:
        being.unlink(missing_ok=True)


@contextmanager
def opened(chosen: Path, *, phrase: bytes | None) -> Iterator[Path]:
    """Yield the folder of a backup; a sealed one is opened aside, and only when it is whole.

    Raises Refused: no_passphrase, wrong_passphrase, damaged, no_backup, no_space,
    other_backup.
    """
    if chosen.is_dir():
        yield chosen
        return
    if phrase is None:
        raise Refused(
            "no_passphrase",
            f"{chosen.name}是加密的备份，没有改动任何数据；请用 --passphrase 指出口令文件。",
        )
    with databases.aside("opened") as folder:
        _open(chosen, into=folder, phrase=phrase)
        yield folder


def _open(chosen: Path, *, into: Path, phrase: bytes) -> None:
    try:
        with chosen.open("rb") as file:
            opening = _Opening(file, _lock_of(file.read(HEAD), named=chosen, phrase=phrase))
            with tarfile.open(fileobj=cast(BinaryIO, opening), mode="r|") as packed:
                for member in packed:
                    _unpack(packed, member, into=into)
            opening.finish()
    except Refused as refused:
        if refused.code != "sealed_damaged":
            raise
        raise Refused(
            "damaged",
            f"{chosen.name}已损坏或被改动，没有改动任何数据；请换一份备份。",
        ) from None
    except OSError as error:
        raise Refused(
            "no_space",
            f"{chosen.name}没有打开（{error.strerror or error}），打开了一半的已删除，"
            f"没有改动任何数据；请检查{into.parent}的空间和权限。",
        ) from error


def _unpack(packed: tarfile.TarFile, member: tarfile.TarInfo, *, into: Path) -> None:
    """Write one of the files of a backup; it holds folders and files, and nothing above itself."""
    target = Path(os.path.normpath(into / member.name))
    held = packed.extractfile(member) if member.isreg() else None
    if not target.is_relative_to(into) or (held is None and not member.isdir()):
        raise ciphers.damaged()
    if held is None:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        return
    with held, open(target, "wb", opener=_private) as file:
        shutil.copyfileobj(held, file, pieces.PIECE)


class _Sealing:
    """A file, as much of one as a tar needs, that seals what is written to it."""

    def __init__(self, file: BinaryIO, lock: pieces.Lock) -> None:
        self._pieces, self._packing = pieces.Writer(file, lock), zlib.compressobj(1)

    def write(self, more: bytes) -> int:
        self._pieces.write(self._packing.compress(more))
        return len(more)

    def finish(self) -> None:
        self._pieces.write(self._packing.flush())
        self._pieces.finish()


class _Opening:
    """A file that opens what is read from it: nothing is handed on that was not found genuine."""

    def __init__(self, file: BinaryIO, lock: pieces.Lock) -> None:
        self._pieces = pieces.Reader(file, lock)
        self._unpacking, self._waiting = zlib.decompressobj(), bytearray()

    def read(self, size: int) -> bytes:
        while (lacking := size - len(self._waiting)) > 0:
            # No more at once than is asked for: a piece of zeros unpacks to a thousand of its size.
            more = self._unpacking.decompress(self._unpacking.unconsumed_tail, lacking)
            if not more:
                if not (piece := self._pieces.read(pieces.PIECE)):
                    break
                more = self._unpacking.decompress(piece, lacking)
            self._waiting += more
        told = bytes(self._waiting[:size])
        del self._waiting[:size]
        return told

    def finish(self) -> None:
        """Look at what comes after the tar's end, too: it has to end where it was ended."""
        while self._pieces.read(pieces.PIECE):
            pass


def _new_lock(phrase: bytes) -> pieces.Lock:
    return _lock(phrase, algorithm=Algorithm[settings.QINGHE_CIPHER.upper()],
                 salt=secrets.token_bytes(SALT))  # fmt: skip


def _lock_of(head: bytes, *, named: Path, phrase: bytes) -> pieces.Lock:
    algorithms = {algorithm.value: algorithm for algorithm in Algorithm}
    begins, rest = head[: len(MAGIC)], head[len(MAGIC) :]
    if len(head) < HEAD or begins != MAGIC or rest[0] not in algorithms:
        raise Refused(
            "no_backup",
            f"{named}不是加密的备份，或开头已损坏，没有改动任何数据；请换一份备份。",
        )
    lock = _lock(phrase, algorithm=algorithms[rest[0]], salt=rest[1 : 1 + SALT])
    if not hmac.compare_digest(lock.head, head):
        raise Refused(
            "wrong_passphrase",
            f"口令打不开{named.name}，没有恢复，也没有改动任何数据；"
            "请用做这份备份时的口令文件（改过口令的，旧备份仍用旧口令）。",
        )
    return lock


def _lock(phrase: bytes, *, algorithm: Algorithm, salt: bytes) -> pieces.Lock:
    """Stretch a passphrase into a key for one file: 64 MB and a moment for each guess."""
    secret = Scrypt(salt=salt, length=32, n=1 << 16, r=8, p=1).derive(phrase)
    proving = ciphers.derive(secret, purpose="proof of a backup", algorithm=algorithm)
    proof = bytes.fromhex(ciphers.blind("backup", key=proving))[:PROOF]
    key = ciphers.derive(secret, purpose="backup", algorithm=algorithm)
    return pieces.Lock(head=MAGIC + bytes([algorithm]) + salt + proof, key=key)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
