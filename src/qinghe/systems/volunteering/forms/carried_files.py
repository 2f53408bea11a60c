"""A list of another platform, read by the columns that its source was given.

It is no sheet of ours: what cannot be read does not keep the file out, it makes the line doubtful,
and every line stays as evidence. An identity number that is there in full is used to find its
person and never kept; only what other platforms would show of it is.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, NoReturn

from django.core.files.base import File

from qinghe.edges.sheets import Column, Problem, Sheet, cells, guard, heading, reading
from qinghe.edges.sheets.limits import DEFAULT
from qinghe.lib import identifiers
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import rules
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.rules import Told

LIMITS = replace(DEFAULT, rows=20_000)
SAMPLE = 5
KEYS = ("name", "shown", "number", "activity", "day", "minutes", "host")


@dataclass(frozen=True)
class Example:
    """The headings and first lines of a list, as its platform wrote them; numbers hidden."""

    headings: list[str]
    lines: list[list[str]]


@dataclass(frozen=True)
class Carried:
    """All lines of a list. `sealed` tells that some identity number was there in full."""

    told: list[Told]
    sealed: bool
    sha256: str


class Cell(NamedTuple):
    """One cell: as it is kept, what it means, and why it means nothing."""

    written: str
    value: object = None
    why: str = ""


class Row(NamedTuple):
    """One line, cell by cell; a column that the source does not have is None."""

    line: int
    name: Cell | None = None
    shown: Cell | None = None
    number: Cell | None = None
    activity: Cell | None = None
    day: Cell | None = None
    minutes: Cell | None = None
    host: Cell | None = None


def example_of(file: File) -> Example:
    """Read what an officer needs to see to say which column is which.

    Raises Refused: the codes of guard.check, unreadable, no_heading, no_rows.
    """
    with guard.on_disk(file, limits=LIMITS) as path:
        raw = reading.raw_lines(path, wanted=set(range(2, SAMPLE + 2)), limits=LIMITS)
    labels = [heading.plain(label) for label in raw.labels]
    if not any(labels):
        raise Refused("no_heading", "第一行是空的，没有读取；请把列名放在第一行。")
    if not raw.lines:
        raise Refused("no_rows", "表里只有表头，没有数据行，没有读取；请换一份有数据的样表。")
    places = [place for place, label in enumerate(labels) if label]
    lines = [[_kept(line[place]) for place in places] for _, line in sorted(raw.lines.items())]
    return Example([labels[place] for place in places], lines)


def read_carried(file: File, *, columns: Mapping[str, str], unit: str) -> Carried:
    """Read every line of a list by the columns of its source.

    Raises Refused: the codes of reading.read.
    """
    with guard.on_disk(file, limits=LIMITS) as path:
        found = reading.read(path, _sheet(columns, unit=unit), limits=LIMITS)
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
    told = [_told(row) for row in found.rows]
    broken = {problem.line: problem for problem in reversed(found.problems)}
    told += [_broken(problem) for problem in broken.values()]
    sealed = any(rules.is_open(one.shown) for one in told)
    return Carried(sorted(told, key=lambda one: one.line), sealed, digest)


def _sheet(columns: Mapping[str, str], *, unit: str) -> Sheet:
    parsers = {
        "name": _leniently(_text_up_to(60)),
        "shown": _shown,
        "number": _leniently(cells.code),
        "activity": _leniently(_text_up_to(200)),
        "day": _leniently(_day),
        "minutes": _leniently(lambda value: rules.minutes_said(_length(value), unit=unit)),
        "host": _leniently(_text_up_to(200)),
    }
    named = [key for key in KEYS if columns.get(key)]

    def row(line: int, *values: Cell | None) -> Row:
        return Row(line, **dict(zip(named, values, strict=True)))

    return Sheet(
        slug="volunteering.carried",
        label="其他平台时长",
        act=Act.UPLOAD,
        columns=tuple(Column(key, columns[key], parsers[key], required=False) for key in named),
        row=row,
        resolve=_nothing,
        write=_nothing,
        others=True,
    )


def _nothing(*_: object, **__: object) -> NoReturn:
    """Stand where a sheet of ours would write: what a list says is written by its own service."""
    raise NotImplementedError("a list of another platform is loaded by services.check_list")


def _leniently(parse: Callable[[object], object]) -> Callable[[object], Cell]:
    def told(value: object) -> Cell:
        written = _kept(value)
        try:
            return Cell(written, parse(value))
        except Refused as refused:
            return Cell(written, None, refused.reason)

    return told


def _shown(value: object) -> Cell:
    try:
        shown = identifiers.shown_of_resident_id(cells.code(value))
        if "*" not in shown:
            identifiers.check_resident_id(shown)
    except Refused as refused:
        return Cell(_kept(value), None, refused.reason)
    return Cell(rules.as_kept(shown), shown)


def _text_up_to(longest: int) -> Callable[[object], str]:
    def parse(value: object) -> str:
        return cells.text(value)[:longest]

    return parse


def _day(value: object) -> date:
    try:
        return cells.day(value)
    except Refused:
        return cells.moment(value).date()  # some lists give the hour beside the day


def _length(value: object) -> str:
    return str(value) if not isinstance(value, str | float | int) else cells.text(value)


def _told(row: Row) -> Told:
    given = {key: cell for key in KEYS if (cell := getattr(row, key)) is not None}
    meant = {key: cell.value for key, cell in given.items() if cell.value is not None}
    doubts = [f"{_LABELS[key]}：{cell.why}" for key, cell in given.items() if cell.why]
    doubts += [f"没有{_LABELS[key]}。" for key in ("day", "minutes") if key not in given]
    return Told(
        line=row.line,
        **meant,
        doubts=tuple(doubts),
        cells={key: cell.written for key, cell in given.items()},
    )


_LABELS = {
    "name": "姓名", "shown": "证件号", "number": "平台编号", "activity": "活动", "day": "日期",
    "minutes": "时长", "host": "组织",
}  # fmt: skip


def _broken(problem: Problem) -> Told:
    return Told(line=problem.line, doubts=(f"{problem.column}：{problem.reason}",))


def _kept(value: object) -> str:
    """Return a cell as it is kept: a full identity number only as far as it may be shown."""
    written = cells.shown(value)
    plain = "".join(written.split()).upper()
    return rules.as_kept(plain) if len(plain) == 18 and plain[:17].isdigit() else written
