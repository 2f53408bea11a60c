"""A list of another platform, read by the columns that its source was given.

It is no sheet of ours: what cannot be read does not keep the file out, it makes the line doubtful,
and every line stays as evidence. An identity number that is there in full is used to find its
person and never kept; only what other platforms would show of it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.core.files.base import File

from qinghe.edges.sheets import Problem, Sheet, cells, foreign, guard
from qinghe.edges.sheets.foreign import Example, Line
from qinghe.edges.sheets.limits import DEFAULT
from qinghe.lib import identifiers
from qinghe.systems.volunteering import rules
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.rules import Told

LIMITS = replace(DEFAULT, rows=20_000)
_LABELS = {
    "name": "姓名", "shown": "证件号", "number": "平台编号", "activity": "活动", "day": "日期",
    "minutes": "时长", "host": "组织",
}  # fmt: skip


@dataclass(frozen=True)
class Carried:
    """All lines of a list. `sealed` tells that some identity number was there in full."""

    told: list[Told]
    sealed: bool
    sha256: str


def example_of(file: File) -> Example:
    """Read what an officer needs to see to say which column is which.

    Raises Refused: the codes of guard.check, unreadable, no_heading, no_rows.
    """
    return foreign.example_of(file, limits=LIMITS)


def read_carried(file: File, *, columns: Mapping[str, str], unit: str) -> Carried:
    """Read every line of a list by the columns of its source.

    Raises Refused: the codes of reading.read.
    """
    with guard.on_disk(file, limits=LIMITS) as path:
        found = foreign.read(path, sheet=_sheet(columns, unit=unit), limits=LIMITS)
    told = [*map(_told, found.lines), *map(_broken, found.broken)]
    sealed = any(identifiers.is_open_resident_id(one.shown) for one in told)
    return Carried(sorted(told, key=lambda one: one.line), sealed, found.sha256)


def _sheet(columns: Mapping[str, str], *, unit: str) -> Sheet:
    parsers = {
        "name": foreign.leniently(foreign.cut_text(60)),
        "shown": foreign.shown_id,
        "number": foreign.leniently(cells.code),
        "activity": foreign.leniently(foreign.cut_text(200)),
        "day": foreign.leniently(foreign.day),
        "minutes": foreign.leniently(lambda value: rules.minutes_said(_length(value), unit=unit)),
        "host": foreign.leniently(foreign.cut_text(200)),
    }
    return foreign.sheet_of(
        columns,
        parsers=parsers,
        slug="volunteering.carried",
        label="其他平台时长",
        act=Act.UPLOAD,
    )


def _length(value: object) -> str:
    return str(value) if not isinstance(value, str | float | int) else cells.text(value)


def _told(line: Line) -> Told:
    given = {key: cell for key, cell in line.cells.items() if cell is not None}
    meant = {key: cell.value for key, cell in given.items() if cell.value is not None}
    doubts = line.doubts(_LABELS)
    doubts += [f"没有{_LABELS[key]}。" for key in ("day", "minutes") if key not in given]
    return Told(
        line=line.number,
        **meant,
        doubts=tuple(doubts),
        cells={key: cell.written for key, cell in given.items()},
    )


def _broken(problem: Problem) -> Told:
    return Told(line=problem.line, doubts=(f"{problem.column}：{problem.reason}",))
