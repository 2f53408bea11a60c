"""Files that are meant to hurt are refused before they are unpacked (bar 40)."""

import subprocess
import sys
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.edges.sheets import guard, reading, workbook
from qinghe.edges.sheets.limits import DEFAULT
from qinghe.lib.verdicts import Refused

from . import makers

MEASURE = """
import resource, sys, pathlib
sys.path[:0] = sys.argv[2:]
from qinghe.edges.sheets import guard
from qinghe.lib.verdicts import Refused
def peak():
    return int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
before = peak()
try:
    guard.check(pathlib.Path(sys.argv[1]))
except Refused as refusal:
    print(refusal.code, (peak() - before) // 1024)
"""


@pytest.mark.parametrize("kind", makers.HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence_and_at_once(kind, saved):
    code, content = makers.HOSTILE[kind]
    path = saved(content)

    started = time.process_time()
    with pytest.raises(Refused) as refusal:
        guard.check(path)

    assert refusal.value.code == code
    assert refusal.value.reason.endswith("。")
    assert refusal.value.reason.isascii() is False
    assert time.process_time() - started < 1


@pytest.mark.parametrize("kind", ["bomb", "bomb that lies", "merged"])
def test_a_bomb_takes_little_memory(kind, saved, pytestconfig):
    path = saved(makers.HOSTILE[kind][1])

    done = subprocess.run(
        [sys.executable, "-c", MEASURE, path, pytestconfig.rootpath / "src"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    code, megabytes = done.stdout.split()
    assert code == makers.HOSTILE[kind][0]
    assert int(megabytes) < 64


def test_a_file_past_the_limit_is_not_even_opened(saved):
    path = saved(b"")
    with path.open("wb") as sparse:
        sparse.truncate(2 * 1024**3)

    with pytest.raises(Refused) as refusal:
        guard.check(path)

    assert refusal.value.code == "file_too_large"


def test_a_changed_byte_is_noticed(saved):
    content = bytearray(makers.book(makers.people_rows(500)))
    content[len(content) // 2] ^= 0xFF

    with pytest.raises(Refused):
        guard.check(saved(bytes(content)))


@pytest.mark.parametrize("gap", [1024 * 1024 - 60, 1024 * 1024 - 10, 3 * 1024 * 1024])
def test_a_far_cell_is_found_wherever_a_piece_ends(gap, saved):
    text = b"<row><c r='A1' t='inlineStr'><is><t>" + b"x" * gap + b"</t></is></c></row>"
    far = b"<row><c r='XFD1048576'><v>1</v></c></row>"

    with pytest.raises(Refused) as refusal:
        guard.check(saved(makers.parts(makers.sheet_of(text + far))))

    assert refusal.value.code == "too_many_rows"


def test_a_tag_that_never_ends_does_not_stall(saved):
    content = makers.parts(makers.sheet_of(b'<row><c r="A1"' + b' r="A1"' * 130_000 + b' t="e"'))

    path = saved(content)

    started = time.process_time()
    with pytest.raises(Refused):
        reading.read(path, makers.PEOPLE)

    assert time.process_time() - started < 1


def test_a_sound_file_passes_and_its_errors_are_known(saved):
    cell = b'<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>A1</f><v></v></c></row>'

    scan = guard.check(saved(makers.parts(makers.sheet_of(cell))))

    assert scan.broken == {(1, 1): guard.ERROR_CELL, (1, 2): guard.EMPTY_FORMULA}


def test_a_parser_that_dies_takes_nobody_along(saved):
    path = saved(makers.HOSTILE["two far cells"][1])

    with (
        pytest.raises(Refused) as refusal,
        workbook.opened(path, limits=DEFAULT) as (_, chunks),
    ):
        list(chunks)

    assert refusal.value.code == "unreadable"


BOOK = makers.book(makers.people_rows(30))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), max_size=12))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(saved, changes):
    content = bytearray(BOOK)
    for place, value in changes:
        content[place] = value

    with suppress(Refused):
        assert reading.read(saved(bytes(content)), makers.PEOPLE).count == 30


def test_a_directory_that_points_before_the_file_is_refused(saved):
    content = bytearray(BOOK)
    end = content.rfind(b"PK\x05\x06")
    content[end + 16 : end + 20] = (2**31).to_bytes(4, "little")

    with pytest.raises(Refused):
        guard.check(saved(bytes(content)))
