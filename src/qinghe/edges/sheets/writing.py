"""Workbooks out: templates, exports, and refused lines handed back. Text stays text, whatever it says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qinghe.lib import periods

from .cells import EXACT
from .declarations import Column, Problem, Sheet
from .heading import LINE, REASON
from .reading import Raw

LONGEST_TEXT = 32_767
TEXT_FORMAT = 49  # the built-in "@": no program guesses at what is typed
# What a spreadsheet would take for a formula, should someone edit the cell.
_FORMULA_LIKE = tuple("=+-@\t\r＝＋－＠")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
_TAKES = {True: "必填", False: "可留空"}


def template(sheet: Sheet) -> bytes:
    """Return an empty workbook to fill in: the heading, and a second sheet that explains it."""
    with _Book() as book:
        page = book.page(sheet.label, [column.label for column in sheet.columns])
        for number, column in enumerate(sheet.columns):
            # As text: numbers keep their digits, and days stay as they are typed.
            page.set_column(number, number, _width(column), book.text)
        notes = book.page("填写说明", ["列", "要求", "说明", "示例"])
        notes.set_column(0, 3, 24)
        for line, column in enumerate(sheet.columns, start=1):
            for place, words in enumerate(
                (column.label, _TAKES[column.required], column.hint, column.example)
            ):
                book.put(notes, line, place, words)
        for line, words in enumerate(sheet.notes, start=len(sheet.columns) + 2):
            book.put(notes, line, 0, words)
    return book.content()


def export(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "数据"
) -> bytes:
    """Return a workbook with one line a row; local times, and nothing that runs."""
    target = BytesIO()
    export_to(target, columns, rows, title=title)
    return target.getvalue()


def export_to(
    target: BinaryIO,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str = "数据",
) -> None:
    """Write a workbook to an open file, row by row."""
    with _Book(target) as book:
        page = book.page(title, columns)
        page.set_column(0, max(0, len(columns) - 1), 20)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                book.put(page, line, place, value)


def refused_workbook(sheet: Sheet, rows: Raw, problems: Sequence[Problem]) -> bytes:
    """Return the refused lines as they were written, each with the reasons, to mend and bring back."""
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        where = f"{problem.column}：" if problem.column else ""
        reasons.setdefault(problem.line, []).append(where + problem.reason)
    return export(
        [*rows.labels, LINE, REASON],
        (
            [*rows.lines.get(line, [""] * len(rows.labels)), line, " ".join(found)]
            for line, found in sorted(reasons.items())
        ),
        title=f"{sheet.label}待更正",
    )


class _Book:
    """One workbook being written, with its formats."""

    def __init__(self, target: BinaryIO | None = None) -> None:
        self._target = target or BytesIO()
        self._book = xlsxwriter.Workbook(self._target, _OPTIONS)
        self.text: Format = self._book.add_format({"num_format": TEXT_FORMAT})
        self._guarded: Format = self._book.add_format(
            {"num_format": TEXT_FORMAT, "quote_prefix": True}
        )
        self._heading: Format = self._book.add_format({"bold": True, "num_format": TEXT_FORMAT})
        self._formats: Mapping[type, Format] = {
            datetime: self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            date: self._book.add_format({"num_format": "yyyy-mm-dd"}),
        }

    def __enter__(self) -> "_Book":
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def content(self) -> bytes:
        """Return the workbook when it was written to memory."""
        self._target.seek(0)
        return self._target.read()

    def page(self, title: str, columns: Sequence[str]) -> Worksheet:
        """Begin a sheet with its heading."""
        page = self._book.add_worksheet(re.sub(r"[\[\]:*?/\\']", "", title)[:31])
        page.freeze_panes(1, 0)
        for number, label in enumerate(columns):
            page.write_string(0, number, label, self._heading)
        return page

    def put(self, page: Worksheet, line: int, place: int, value: object) -> None:
        """Write one value in its own type."""
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            local = value.astimezone(periods.TZ).replace(tzinfo=None) if value.tzinfo else value
            page.write_datetime(line, place, local, self._formats[datetime])
        elif isinstance(value, date):
            page.write_datetime(line, place, value, self._formats[date])
        elif isinstance(value, bool):
            page.write_string(line, place, "是" if value else "否")
        elif isinstance(value, int | float | Decimal) and abs(float(value)) < EXACT:
            page.write_number(line, place, value)
        else:
            text = str(value)[:LONGEST_TEXT]
            guarded = self._guarded if text.startswith(_FORMULA_LIKE) else None
            page.write_string(line, place, text, guarded)


def _width(column: Column) -> int:
    return max(14, 2 * len(column.label) + 4, len(column.example) + 4)
