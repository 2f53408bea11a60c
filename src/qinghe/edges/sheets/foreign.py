"""Workbooks that were not written for us: lists that other platforms give out.

Which of their columns says what is a mapping, made from an example and kept in versions by the system
that takes the lists in. What cannot be read there does not keep the file out: nobody here can mend
another platform's export. An identity number that stands there in full is used and never kept; only
what other platforms would show of it is.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, NoReturn

from django.core.files.base import File

from qinghe.lib import identifiers
from qinghe.lib.verdicts import Refused

from . import cells, guard, heading, reading, workbook
from .declarations import Column, Parser, Problem, Sheet
from .limits import Limits

SAMPLE = 5


@dataclass(frozen=True)
class Example:
    """The headings and first lines of a list, as its platform wrote them; numbers hidden."""

    headings: list[str]
    lines: list[list[str]]


class Cell(NamedTuple):
    """One cell: as it is kept, what it means, and why it means nothing."""

    written: str
    value: object = None
    why: str = ""


class Line(NamedTuple):
    """One line, its cells by key; a column that the mapping does not name is not there."""

    number: int
    cells: Mapping[str, Cell | None]

    def meant(self, key: str) -> object:
        """Return what a cell means, or nothing."""
        cell = self.cells.get(key)
        return cell.value if cell else None

    def doubts(self, labels: Mapping[str, str]) -> list[str]:
        """Return in sentences which cells could not be read."""
        named = [(key, cell) for key, cell in self.cells.items() if cell and cell.why]
        return [f"{labels[key]}：{cell.why}" for key, cell in named]


@dataclass(frozen=True)
class Found:
    """All lines of a list: those whose cells were read one by one, and those that are broken."""

    lines: list[Line]
    broken: list[Problem]
    sha256: str


def example_of(file: File, *, limits: Limits) -> Example:
    """Read what an officer needs to see to say which column is which.

    Raises Refused: the codes of guard.check, unreadable, no_heading, no_rows.
    """
    with guard.on_disk(file, limits=limits) as path:
        raw = reading.raw_lines(path, wanted=set(range(2, SAMPLE + 2)), limits=limits)
    labels = [heading.plain(label) for label in raw.labels]
    if not any(labels):
        raise Refused("no_heading", "第一行是空的，没有读取；请把列名放在第一行。")
    if not raw.lines:
        raise Refused("no_rows", "表里只有表头，没有数据行，没有读取；请换一份有数据的样表。")
    places = [place for place, label in enumerate(labels) if label]
    lines = [[kept(line[place]) for place in places] for _, line in sorted(raw.lines.items())]
    return Example([labels[place] for place in places], lines)


def check(path: Path, *, sheet: Sheet, limits: Limits) -> int:
    """Look whether a file can be read by a mapping, before a job does; return about how many lines.

    Raises Refused: the codes of guard.check and heading.places, unreadable, no_rows.
    """
    guard.check(path, limits=limits)
    with workbook.opened(path, limits=limits) as (head, chunks):
        heading.places(head, sheet=sheet)
        first = next(chunks, None)
    if first is None:
        raise Refused("no_rows", "表里只有表头，没有数据行，没有导入；请核对后再传。")
    return max(head.rows, len(first.columns[0]))


def read(path: Path, *, sheet: Sheet, limits: Limits) -> Found:
    """Read every line of a list by its mapping.

    Raises Refused: the codes of reading.read.
    """
    found = reading.read(path, sheet, limits=limits)
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    broken = {problem.line: problem for problem in reversed(found.problems)}
    return Found(found.rows, list(broken.values()), digest)


def sheet_of(
    columns: Mapping[str, str], *, parsers: Mapping[str, Parser], slug: str, label: str, act: str
) -> Sheet:
    """Return a list's sheet: its columns by the mapping, read leniently, all others passed over."""
    named = [key for key in parsers if columns.get(key)]

    def line(number: int, *values: Cell | None) -> Line:
        return Line(number, dict(zip(named, values, strict=True)))

    return Sheet(
        slug=slug,
        label=label,
        act=act,
        columns=tuple(Column(key, columns[key], parsers[key], required=False) for key in named),
        row=line,
        resolve=_nothing,
        write=_nothing,
        others=True,
    )


def leniently(parse: Parser) -> Callable[[object], Cell]:
    """Return a parser that keeps what it cannot read, and why."""

    def told(value: object) -> Cell:
        written = kept(value)
        try:
            return Cell(written, parse(value))
        except Refused as refused:
            return Cell(written, None, refused.reason)

    return told


def shown_id(value: object) -> Cell:
    """Read an identity number as far as a list shows it; one in full is meant, and not written."""
    try:
        shown = identifiers.shown_of_resident_id(cells.code(value))
        if "*" not in shown:
            identifiers.check_resident_id(shown)
    except Refused as refused:
        return Cell(kept(value), None, refused.reason)
    return Cell(identifiers.resident_id_as_kept(shown), shown)


def cut_text(longest: int) -> Parser:
    """Return the parser of a text that is cut where it is longer."""

    def parse(value: object) -> str:
        return cells.text(value)[:longest]

    return parse


def day(value: object) -> date:
    """Read a day; some lists give the hour beside it. Raises Refused: not_a_moment, not_a_day."""
    try:
        return cells.day(value)
    except Refused:
        return cells.moment(value).date()


def kept(value: object) -> str:
    """Return a cell as it is kept: a full identity number only as far as it may be shown."""
    written = cells.shown(value)
    plain = "".join(written.split()).upper()
    is_full = len(plain) == identifiers.RESIDENT_ID_LENGTH and plain[:-1].isdigit()
    return identifiers.resident_id_as_kept(plain) if is_full else written


def check_mapping(columns: Mapping[str, str], *, headings: Sequence[str]) -> None:
    """Refuse a mapping that names a column twice or one that is not there.

    Raises Refused: column_twice, unknown_column.
    """
    named = [label for label in columns.values() if label]
    if len(set(named)) < len(named):
        raise Refused("column_twice", "同一列对应了两项，没有保存，请逐项核对。")
    if unknown := [label for label in named if label not in headings]:
        raise Refused("unknown_column", f"表中没有“{unknown[0]}”列，没有保存，请重新上传样表。")


def _nothing(*_: object, **__: object) -> NoReturn:
    """Stand where a sheet of ours would write: what a list says is written by its own service."""
    raise NotImplementedError("a list of another platform is loaded by the service of its system")
