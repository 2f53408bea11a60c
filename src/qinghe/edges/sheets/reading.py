"""From a workbook to typed rows: the heading is checked, then every cell, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import starmap
from pathlib import Path
from typing import Generic, TypeVar

from qinghe.lib.verdicts import Refused

from . import guard, heading, workbook
from .cells import shown
from .declarations import Column, Parser, Problem, Sheet
from .limits import DEFAULT, Limits

R = TypeVar("R")

MOST_PROBLEMS = 10_000  # past that, nobody mends a file cell by cell
SAMPLE = 20  # lines shown before anything is written
SEALED = "已填"  # what is shown of a cell that is kept sealed
REQUIRED = "必填，这里是空的。"


@dataclass
class Read(Generic[R]):
    """The sound rows of a file and what is wrong with the others. `count` counts both.

    `first` shows the first lines as they are written, in the order of the sheet's columns.
    `sealed` tells that some line fills a column that is kept sealed.
    """

    rows: list[R] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    first: list[list[str]] = field(default_factory=list)
    sealed: bool = False


@dataclass
class Raw:
    """Lines of a file as they are written there, by number."""

    labels: list[str]
    lines: dict[int, list[object]] = field(default_factory=dict)


def read(
    path: Path, sheet: Sheet[R, object], *, known: Sequence[Sheet] = (), limits: Limits = DEFAULT
) -> Read[R]:
    """Read a whole file as a sheet. `known` are the sheets it may have been meant for instead.

    Raises Refused for a file that cannot be read as this sheet at all: the codes of guard.check
    and heading.places, unreadable, no_rows.
    """
    scan = guard.check(path, limits=limits)
    found: Read[R] = Read()
    with workbook.opened(path, limits=limits) as (head, chunks):
        places = heading.places(head, sheet=sheet, known=known)
        parser = _Parser(sheet.columns, places, head=head, broken=scan.broken)
        found.problems.extend(parser.merged())
        for chunk in chunks:
            lines, columns, problems = parser.parse(chunk)
            found.first = found.first or parser.first_lines(chunk)
            found.sealed = found.sealed or parser.fills_sealed(chunk)
            found.count += len(lines) + len({problem.line for problem in problems})
            found.rows.extend(starmap(sheet.row, zip(lines, *columns, strict=True)))
            found.problems.extend(problems)
            if len(found.problems) > MOST_PROBLEMS:
                break
    if not found.count:
        raise Refused("no_rows", "表里只有表头，没有数据行，没有导入；请填好后再传。")
    return found


def raw_lines(path: Path, *, wanted: set[int], limits: Limits = DEFAULT) -> Raw:
    """Read some lines of a file as they are written, to hand them back."""
    guard.check(path, limits=limits)
    with workbook.opened(path, limits=limits) as (head, chunks):
        raw = Raw([str(cell).strip() for cell in head.cells])
        for chunk in chunks:
            for line, cells in enumerate(zip(*chunk.columns, strict=True), chunk.first_line):
                if line in wanted:
                    raw.lines[line] = list(cells)
    return raw


class _Parser:
    """Parses chunk after chunk; what a text means is remembered, for codes come again and again."""

    def __init__(
        self,
        columns: Sequence[Column],
        places: Sequence[int | None],
        *,
        head: workbook.Head,
        broken: dict[tuple[int, int], str],
    ) -> None:
        self._columns = columns
        self._places = places
        self._head = head
        self._broken = broken
        self._meanings: list[dict[object, object]] = [{} for _ in columns]
        self._refused = [False for _ in columns]

    def merged(self) -> Iterator[Problem]:
        """Yield a problem for each merge among the data. Raises Refused: merged_heading."""
        for (top, _), (bottom, _) in self._head.merged:
            if top == 0:
                raise Refused(
                    "merged_heading", "表头有合并单元格，没有读取；请取消合并，每列一个列名。"
                )
            yield Problem(
                top + 1, "", f"第{top + 1}至{bottom + 1}行有合并单元格，请取消合并、逐行填写。"
            )

    def first_lines(self, chunk: workbook.Chunk) -> list[list[str]]:
        """Return the first lines as they are written, but for what is kept sealed."""
        cells = [[] if place is None else chunk.columns[place] for place in self._places]
        return [
            [
                _told(column, held[row]) if held else ""
                for column, held in zip(self._columns, cells, strict=True)
            ]
            for row in range(min(SAMPLE, len(chunk.columns[0])))
        ]

    def fills_sealed(self, chunk: workbook.Chunk) -> bool:
        """Test if a column that is kept sealed holds anything in these lines."""
        return any(
            column.sealed and place is not None and any(map(_is_filled, chunk.columns[place]))
            for column, place in zip(self._columns, self._places, strict=True)
        )

    def parse(self, chunk: workbook.Chunk) -> tuple[list[int], list[list[object]], list[Problem]]:
        """Return the sound lines with their columns, and the problems of the others."""
        height = len(chunk.columns[0])
        empty = [_empty_places(cells) for cells in chunk.columns]
        blank = set.intersection(*empty)
        wrong: set[int] = set()
        problems: list[Problem] = []
        parsed: list[list[object]] = []
        for number, place in enumerate(self._places):
            gaps = set(range(height)) if place is None else empty[place]
            cells = [None] * height if place is None else chunk.columns[place]
            values, bad = self._parse_column(number, cells, gaps)
            for row in sorted((bad.keys() | self._gaps(number, gaps)) - blank):
                reason = bad.get(row) or self._why_empty(number, chunk.first_line + row)
                if reason:
                    problems.append(
                        Problem(chunk.first_line + row, self._columns[number].label, reason)
                    )
                    wrong.add(row)
            parsed.append(values)
        out = blank | wrong
        lines = list(range(chunk.first_line, chunk.first_line + height))
        if out:
            kept = [row for row in range(height) if row not in out]
            lines = [lines[row] for row in kept]
            parsed = [[values[row] for row in kept] for values in parsed]
        return lines, parsed, sorted(problems, key=lambda problem: problem.line)

    def _parse_column(
        self, number: int, cells: Sequence[object], gaps: set[int]
    ) -> tuple[list[object], dict[int, str]]:
        parse = self._columns[number].parse
        if set(map(type, cells)) == {str}:
            return self._by_meaning(number, cells)
        try:
            if not gaps:
                return list(map(parse, cells)), {}
        except Refused:
            pass  # one of them is bad: which one, and why, is found out one by one
        found = [None if row in gaps else _meaning(parse, cell) for row, cell in enumerate(cells)]
        return _without_refused(found)

    def _by_meaning(
        self, number: int, cells: Sequence[object]
    ) -> tuple[list[object], dict[int, str]]:
        parse, meanings = self._columns[number].parse, self._meanings[number]
        for cell in {cell for cell in cells if cell not in meanings}:
            meaning = _meaning(parse, cell) if _is_filled(cell) else None
            self._refused[number] |= isinstance(meaning, Refused)
            meanings[cell] = meaning
        values = [meanings[cell] for cell in cells]
        return _without_refused(values) if self._refused[number] else (values, {})

    def _gaps(self, number: int, gaps: set[int]) -> set[int]:
        return gaps if self._columns[number].required or self._broken else set()

    def _why_empty(self, number: int, line: int) -> str:
        place = self._places[number]
        if place is not None:
            reason = self._broken.get((line, place + self._head.first_column + 1))
            if reason:
                return reason
        return REQUIRED if self._columns[number].required else ""


def _told(column: Column, cell: object) -> str:
    if column.sealed:
        return SEALED if _is_filled(cell) else ""
    return shown(cell)


def _meaning(parse: Parser, cell: object) -> object:
    try:
        return parse(cell)
    except Refused as refusal:
        return refusal


def _without_refused(values: list[object]) -> tuple[list[object], dict[int, str]]:
    bad = {row: value.reason for row, value in enumerate(values) if isinstance(value, Refused)}
    return values, bad


def _is_filled(cell: object) -> bool:
    return not isinstance(cell, str) or bool(cell and not cell.isspace())


def _empty_places(cells: Sequence[object]) -> set[int]:
    if str not in set(map(type, cells)):
        return set()
    empty = {cell for cell in set(cells) if not _is_filled(cell)}
    return {row for row, cell in enumerate(cells) if cell in empty} if empty else set()
