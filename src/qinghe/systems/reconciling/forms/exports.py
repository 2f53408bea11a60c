"""An export of the national platform, read by the columns that its source was given.

An identity number that is there in full is given beside the lines, to be looked up by its blind index;
a line keeps only what other platforms would show of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from django.core.files.base import File

from qinghe.edges.sheets import Problem, Sheet, cells, foreign, guard
from qinghe.edges.sheets.foreign import Example, Line
from qinghe.edges.sheets.limits import DEFAULT
from qinghe.kernel.people.models import Sex
from qinghe.lib import identifiers
from qinghe.systems.reconciling.access import Act
from qinghe.systems.reconciling.rules import Told

MOST = 50_000
LIMITS = replace(DEFAULT, rows=MOST + 1)  # and the heading
LABELS = {
    "name": "姓名",
    "shown": "证件号（可隐去中间几位）",
    "number": "发展团员编号",
    "sex": "性别",
    "birth": "出生日期",
    "joined_on": "入团日期",
    "branch": "团支部名称",
    "branch_code": "团支部代码",
    "standing": "团员状态",
}
GUESSES = {
    "name": "^(团员)?姓名",
    "shown": "证件|身份证",
    "number": "编号",
    "sex": "性别",
    "birth": "出生|生日",
    "joined_on": "入团",
    "branch": "支部(?!.*(代码|编码|编号))|团组织(?!.*(代码|编码|编号))|组织名称",
    "branch_code": "(支部|组织).*(代码|编码|编号)",
    "standing": "状态",
}


@dataclass(frozen=True)
class Export:
    """All lines of an export, and the identity numbers that stand there in full, by line."""

    told: list[Told]
    whole: dict[int, str]


def example_of(file: File) -> Example:
    """Read what an officer needs to see to say which column is which.

    Raises Refused: the codes of foreign.example_of.
    """
    return foreign.example_of(file, limits=LIMITS)


def rows_of(file: File, *, columns: Mapping[str, str]) -> int:
    """Look whether an export can be read by its columns; return about how many lines it has.

    Raises Refused: the codes of foreign.check.
    """
    with guard.on_disk(file, limits=LIMITS) as path:
        return foreign.check(path, sheet=_sheet(columns), limits=LIMITS)


def read_export(path: Path, *, columns: Mapping[str, str]) -> Export:
    """Read every line of an export by the columns of its source.

    Raises Refused: the codes of reading.read.
    """
    found = foreign.read(path, sheet=_sheet(columns), limits=LIMITS)
    told = [*map(_told, found.lines), *map(_broken, found.broken)]
    whole = {line.number: number for line in found.lines if (number := _whole(line))}
    return Export(sorted(told, key=lambda one: one.line), whole)


def _sheet(columns: Mapping[str, str]) -> Sheet:
    parsers = {
        "name": foreign.leniently(foreign.cut_text(60)),
        "shown": foreign.shown_id,
        "number": foreign.leniently(cells.code),
        "sex": foreign.leniently(cells.choice(Sex)),
        "birth": foreign.leniently(foreign.day),
        "joined_on": foreign.leniently(foreign.day),
        "branch": foreign.leniently(foreign.cut_text(200)),
        "branch_code": foreign.leniently(cells.code),
        "standing": foreign.leniently(foreign.cut_text(60)),
    }
    return foreign.sheet_of(
        columns, parsers=parsers, slug="reconciling.export", label="来源名册", act=Act.UPLOAD
    )


def _told(line: Line) -> Told:
    said = {key: value for key in LABELS if (value := line.meant(key)) is not None}
    shown = str(said.pop("shown", ""))
    whole = _whole(line)
    if whole:
        said.setdefault("birth", identifiers.birth_date_of(whole))
    return Told(
        line=line.number,
        **said,  # type: ignore[arg-type]
        shown=identifiers.resident_id_as_kept(shown),
        is_whole=bool(whole),
        doubts=tuple(line.doubts(LABELS)),
        cells={key: cell.written for key, cell in line.cells.items() if cell and cell.why},
    )


def _whole(line: Line) -> str:
    """Return the identity number of a line if it stands there in full."""
    shown = line.meant("shown")
    return shown if isinstance(shown, str) and "*" not in shown else ""


def _broken(problem: Problem) -> Told:
    return Told(line=problem.line, doubts=(f"{problem.column}：{problem.reason}",))
