"""Sealing a content of any length, piece by piece: none can be left out, moved or put elsewhere.

Each piece is sealed by itself, with its place and whether it is the last, under a key that is used
for one content alone. What a content begins with, its head, is authenticated with every piece.
"""

import io
import os
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag

from . import ciphers
from .ciphers import Key

PIECE = 1 << 20  # bytes
TAG = 16


@dataclass(frozen=True, repr=False)
class Lock:
    """How a sealed content begins, and the key to its pieces."""

    head: bytes
    key: Key

    def seal(self, piece: bytes, *, place: int, last: bool) -> bytes:
        """Return a piece sealed for its place, counted from 0."""
        return ciphers.encrypt(piece, key=self.key, nonce=_nonce(place, last=last), added=self.head)

    def open(self, sealed: bytes, *, place: int, last: bool) -> bytes:
        """Return the piece of a place. Raises InvalidTag for anything else."""
        if len(sealed) < TAG:
            raise InvalidTag
        return ciphers.decrypt(
            sealed, key=self.key, nonce=_nonce(place, last=last), added=self.head
        )


class Writer:
    """What is written to it is sealed into a file, behind the head."""

    def __init__(self, file: BinaryIO, lock: Lock) -> None:
        self._file, self._lock = file, lock
        self._waiting, self._place = bytearray(), 0
        file.write(lock.head)

    def write(self, more: bytes) -> int:
        """Take some more."""
        self._waiting += more
        while len(self._waiting) > PIECE:  # the last one is written at the end
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(more)

    def finish(self) -> None:
        """Write the last piece."""
        self._put(bytes(self._waiting), last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._lock.seal(piece, place=self._place, last=last))
        self._place += 1


class Reader(io.RawIOBase):
    """The clear content of a sealed file, from wherever it is asked for, one piece in memory.

    Nothing is told that was not found genuine: reading raises Refused: sealed_damaged.
    """

    def __init__(self, file: BinaryIO, lock: Lock) -> None:
        super().__init__()
        self._file, self._lock = file, lock
        sealed = file.seek(0, os.SEEK_END) - len(lock.head)
        self._pieces = max(1, -(-sealed // (PIECE + TAG)))
        self._size = max(0, sealed - self._pieces * TAG)
        self._at = 0
        self._known: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be read from any place."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place of the clear content."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        """Return the place of the clear content that is read next."""
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what io hands over
        """Read some of a piece."""
        place, within = divmod(self._at, PIECE)
        if place >= self._pieces:
            return 0
        told = self._piece(place)[within : within + len(buffer)]
        buffer[: len(told)] = told
        self._at += len(told)
        return len(told)

    def close(self) -> None:
        """Close the sealed file, too."""
        self._file.close()
        super().close()

    def _piece(self, place: int) -> bytes:
        if self._known[0] != place:
            self._file.seek(len(self._lock.head) + place * (PIECE + TAG))
            sealed = self._file.read(PIECE + TAG)
            last = place == self._pieces - 1
            try:
                self._known = place, self._lock.open(sealed, place=place, last=last)
            except InvalidTag:
                raise ciphers.damaged() from None
        return self._known[1]


def _nonce(place: int, *, last: bool) -> bytes:
    """Return the number of a piece: the key is that of one content, so it is used once."""
    return place.to_bytes(8, "big") + last.to_bytes(4, "big")
