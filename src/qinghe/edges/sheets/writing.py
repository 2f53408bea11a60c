"""Workbooks out: templates, exports, and refused lines handed back. Text stays text, whatever it says."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import BinaryIO

from qinghe.edges.books import Book

from .declarations import Column, Problem, Sheet
from .heading import LINE, REASON
from .reading import Raw

_TAKES = {True: "必填", False: "可留空"}


def template(sheet: Sheet) -> bytes:
    """Return an empty workbook to fill in: the heading, and a second sheet that explains it."""
    with Book() as book:
        page = book.page(sheet.label, [column.label for column in sheet.columns])
        for number, column in enumerate(sheet.columns):
            # As text: numbers keep their digits, and days stay as they are typed.
            page.set_column(number, number, _width(column), book.text)
        notes = book.page("填写说明", ["列", "要求", "说明", "示例"])
        notes.set_column(0, 3, 24)
        book.rows(
            notes,
            (
                (column.label, _TAKES[column.required], column.hint, column.example)
                for column in sheet.columns
            ),
        )
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
    with Book(target) as book:
        page = book.page(title, columns)
        page.set_column(0, max(0, len(columns) - 1), 20)
        book.rows(page, rows)


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


def _width(column: Column) -> int:
    return max(14, 2 * len(column.label) + 4, len(column.example) + 4)
