"""The cells of an uploaded workbook, as a child process reads them behind the guard."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from qinghe.lib.verdicts import Refused

from .limits import MEGABYTE, Limits

LONGEST_LINE = 256 * MEGABYTE
_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Head:
    """What the first line holds, and how much follows. Columns count from 0, lines from 1."""

    cells: list[object]
    first_column: int
    rows: int
    merged: list[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True)
class Chunk:
    """Some lines, by column."""

    first_line: int
    columns: Sequence[list[object]]


@contextmanager
def opened(path: Path, *, limits: Limits) -> Iterator[tuple[Head, Iterator[Chunk]]]:
    """Read the first sheet of a file that has passed the guard.

    Raises Refused: unreadable, whatever the file does to its reader.
    """
    command = [
        sys.executable,
        "-I",
        str(_CHILD),
        str(path),
        str(limits.memory),
        str(limits.seconds),
    ]
    with subprocess.Popen(  # noqa: S603  our own script; the path is ours as well
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        late = threading.Timer(limits.seconds * 2, child.kill)
        late.daemon = True
        late.start()
        try:
            if child.stdout is None:
                raise unreadable()
            lines = _lines(child.stdout, most=limits.unpacked * 2)
            head = next(lines)
            if not isinstance(head, dict):
                raise unreadable()
            yield _head(head), _chunks(lines)
        finally:
            late.cancel()
            child.kill()


def unreadable() -> Refused:
    """Return the refusal of a file that took its reader down."""
    return Refused(
        "unreadable", "文件无法读取，没有任何改动；请用表格软件打开、另存为 .xlsx 后再传。"
    )


def _lines(pipe: IO[bytes], *, most: int) -> Iterator[object]:
    seen = 0
    while True:
        line = pipe.readline(LONGEST_LINE)
        seen += len(line)
        if not line.endswith(b"\n") or seen > most:
            raise unreadable()
        yield json.loads(line)


def _head(given: dict[str, object]) -> Head:
    cells, merged = given["header"], given["merged"]
    if not isinstance(cells, list) or not isinstance(merged, list):
        raise unreadable()
    return Head(
        cells=[_cell(value) for value in cells],
        first_column=int(str(given["first_column"])),
        rows=int(str(given["rows"])),
        merged=[((first[0], first[1]), (last[0], last[1])) for first, last in merged],
    )


def _chunks(lines: Iterator[object]) -> Iterator[Chunk]:
    line = 2
    for given in lines:
        if isinstance(given, dict):
            if given["done"] != line - 2:
                raise unreadable()
            return
        if not isinstance(given, list) or not given:
            raise unreadable()
        columns = [_READ[kind](values) for kind, values in given]
        yield Chunk(line, columns)
        line += len(columns[0])


def _plain(values: list[object]) -> list[object]:
    return values


def _moments(values: list[str]) -> list[object]:
    if "" in values:
        return [datetime.fromisoformat(value) if value else "" for value in values]
    return list(map(datetime.fromisoformat, values))


def _mixed(values: list[object]) -> list[object]:
    return [_cell(value) for value in values]


def _cell(value: object) -> object:
    if not isinstance(value, list):
        return value
    kind, written = value
    return datetime.fromisoformat(written) if kind == "moment" else Time(written)


@dataclass(frozen=True)
class Time:
    """A time of day or a duration: no column takes one, so it is only shown."""

    written: str

    def __str__(self) -> str:
        return self.written


_READ: dict[str, Callable[[list], list[object]]] = {
    "plain": _plain,
    "moments": _moments,
    "mixed": _mixed,
}
