"""A content of any length, sealed piece by piece: whole and in order, or refused (bars 28, 29)."""

import io
import random

import pytest

from qinghe.lib import ciphers, pieces
from qinghe.lib.ciphers import Algorithm
from qinghe.lib.verdicts import Refused

PIECE = 64
SEALED = PIECE + pieces.TAG
HEAD = b"QINGHE-TEST\n"
TOLD = random.Random(28).randbytes(5 * PIECE + 7)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", PIECE)


@pytest.fixture(params=list(Algorithm))
def lock(request):
    key = ciphers.derive(bytes(32), purpose="test", algorithm=request.param)
    return pieces.Lock(head=HEAD, key=key)


def sealed(told, lock):
    file = io.BytesIO()
    writer = pieces.Writer(file, lock)
    for start in range(0, len(told), 50):
        writer.write(told[start : start + 50])
    writer.finish()
    return file.getvalue()


def opened(given, lock):
    return pieces.Reader(io.BytesIO(given), lock).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, len(TOLD)])
def test_every_length_comes_back_whole_and_from_any_place(lock, size):
    there = sealed(TOLD[:size], lock)

    assert opened(there, lock) == TOLD[:size]
    reader = pieces.Reader(io.BytesIO(there), lock)
    assert reader.seek(0, io.SEEK_END) == size
    for place in (0, size // 2, size):
        reader.seek(place)
        assert reader.read() == TOLD[place:size]


def test_pieces_that_are_left_out_moved_changed_or_added_are_refused(lock):
    there = sealed(TOLD, lock)
    head, cut = there[: len(HEAD)], there[len(HEAD) :]
    parts = [cut[start : start + SEALED] for start in range(0, len(cut), SEALED)]
    changed = bytearray(there)
    changed[len(HEAD) + SEALED + 3] ^= 1
    other = pieces.Lock(
        HEAD, ciphers.derive(b"x" * 32, purpose="test", algorithm=lock.key.algorithm)
    )

    for given in (
        head + b"".join(parts[:-1]),
        head + b"".join(parts[1:]),
        head + b"".join([parts[1], parts[0], *parts[2:]]),
        head + b"".join([*parts, parts[-1]]),
        there[:-1],
        there + b"0",
        bytes(changed),
        sealed(TOLD, other),
        head,
    ):
        with pytest.raises(Refused) as refused:
            opened(given, lock)
        assert refused.value.code == "sealed_damaged"
