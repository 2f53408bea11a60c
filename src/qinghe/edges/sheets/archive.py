"""The parts of a zip file, unpacked in pieces and counted: what its headers promise is checked."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from qinghe.lib.verdicts import Refused

from .limits import MEGABYTE, Limits

PIECE = MEGABYTE
DIRECTORY = 256 * 1024  # two hundred entries take far less; reading an endless one takes memory
_END = b"PK\x05\x06"
_LOCAL = b"PK\x03\x04"
_ENCRYPTED = 0x1


@dataclass
class Counter:
    """How much has been unpacked of all parts together."""

    most: int
    seen: int = 0

    def add(self, size: int) -> None:
        """Count a piece. Raises Refused: too_large_unpacked."""
        self.seen += size
        if self.seen > self.most:
            raise Refused(
                "too_large_unpacked",
                f"文件解压后超过{self.most // MEGABYTE}MB，没有读取；请删去多余的工作表和图片，或分成几份。",
            )


def entries(source: BinaryIO, *, limits: Limits) -> list[zipfile.ZipInfo]:
    """Return the parts a zip names. Raises Refused: damaged, too_many_parts, encrypted."""
    _check_directory(source, limits=limits)
    try:
        with zipfile.ZipFile(source) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise damaged() from error
    if len(found) > limits.parts:
        raise _too_many(limits)
    names = {entry.filename.replace("\\", "/").lower() for entry in found}
    if len(names) < len(found):
        raise damaged()
    if any(entry.flag_bits & _ENCRYPTED for entry in found):
        raise Refused("encrypted", "文件设有密码，没有读取；请去掉密码后另存再传。")
    return found


def pieces(source: BinaryIO, entry: zipfile.ZipInfo, *, counter: Counter) -> Iterator[bytes]:
    """Yield what a part holds, at most a megabyte at a time.

    Raises Refused: damaged, too_large_unpacked.
    """
    size = checksum = 0
    for piece in _unpacked(source, entry):
        counter.add(len(piece))
        size += len(piece)
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if size != entry.file_size or checksum != entry.CRC:
        raise damaged()


def damaged() -> Refused:
    """Return the refusal of a file that is no sound workbook."""
    return Refused("damaged", "文件已损坏或不是真正的 .xlsx，没有读取；请用原程序打开后另存再传。")


def _check_directory(source: BinaryIO, *, limits: Limits) -> None:
    source.seek(0, 2)
    length = source.tell()
    source.seek(max(0, length - 65_557))
    tail = source.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < 22:
        raise damaged()
    count, size = struct.unpack_from("<HI", tail, place + 10)
    if count > limits.parts:
        raise _too_many(limits)
    if size > DIRECTORY:
        raise damaged()


def _too_many(limits: Limits) -> Refused:
    return Refused(
        "too_many_parts",
        f"文件里的部件超过{limits.parts}个，没有读取；请只留一张工作表，另存后再传。",
    )


def _unpacked(source: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    if entry.header_offset < 0:  # a directory that lies about where it begins
        raise damaged()
    source.seek(entry.header_offset)
    head = source.read(30)
    if len(head) < 30 or head[:4] != _LOCAL:
        raise damaged()
    name, extra = struct.unpack_from("<HH", head, 26)
    source.seek(name + extra, 1)
    packed = _packed(source, entry.compress_size)
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(packed)
    else:
        raise damaged()


def _packed(source: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0:
        piece = source.read(min(65_536, size))
        if not piece:
            raise damaged()
        size -= len(piece)
        yield piece


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in packed:
            while piece:
                yield inflater.decompress(piece, PIECE)
                piece = inflater.unconsumed_tail
    except zlib.error as error:
        raise damaged() from error
    while not inflater.eof:
        rest = inflater.decompress(b"", PIECE)
        if not rest:
            raise damaged()
        yield rest
