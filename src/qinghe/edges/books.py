"""The one writer of workbooks: each value in its own type, no formula and no link ever, streamed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qinghe.edges.sheets.cells import EXACT
from qinghe.lib import periods

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_575  # what one sheet holds under its heading
LONGEST_TEXT = 32_767
LONGEST_MARK = 180  # a page's header holds 255 characters
WIDTH, WIDEST = 14, 60
TEXT_FORMAT = 49  # the built-in "@": no program guesses at what is typed
# What a spreadsheet would take for a formula, should someone edit the cell (bar 42).
FORMULA_LIKE = tuple("=+-@\t\r＝＋－＠")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}


@dataclass(frozen=True)
class Watermark:
    """Who took a workbook out, when, what for and for whom (S-10)."""

    number: str
    who: str
    at: datetime
    purpose: str
    receiver: str
    chosen: str = ""

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Return what the workbook says of itself."""
        return [
            ("导出编号", self.number),
            ("导出人", self.who),
            ("导出时间", f"{self.at.astimezone(periods.TZ):%Y-%m-%d %H:%M}"),
            ("用途", self.purpose),
            ("接收方", self.receiver),
            ("筛选条件", self.chosen or "无"),
        ]

    @property
    def line(self) -> str:
        """Return it in one line, for the head of each printed page."""
        return " · ".join(f"{label} {words}" for label, words in self.facts[:-1])


class Book:
    """One workbook being written, with its formats. Rows of a page go in order, each once."""

    def __init__(
        self, target: IO[bytes] | Path | None = None, *, created: datetime | None = None
    ) -> None:
        self._target = target or BytesIO()
        self._book = xlsxwriter.Workbook(self._target, _OPTIONS)
        if created:  # a fixed moment keeps the file, and so its fingerprint, the same on every run
            self._book.set_properties({"created": created.replace(tzinfo=None)})
        self.text: Format = self._book.add_format({"num_format": TEXT_FORMAT})
        self._guarded: Format = self._book.add_format(
            {"num_format": TEXT_FORMAT, "quote_prefix": True}
        )
        self._heading: Format = self._book.add_format({"bold": True, "num_format": TEXT_FORMAT})
        self._moment: Format = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._day: Format = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._open: Format = self._book.add_format(
            {"locked": False, "bg_color": "#FFF6E5", "border": 7}
        )

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def content(self) -> bytes:
        """Return the workbook when it was written to memory."""
        if not isinstance(self._target, BytesIO):
            raise TypeError("this workbook was written to a file")
        return self._target.getvalue()

    def page(self, title: str, columns: Sequence[str]) -> Worksheet:
        """Begin a sheet with its heading, which stays in sight."""
        page = self._book.add_worksheet(re.sub(r"[\[\]:*?/\\']", "", title)[:31] or "台账")
        page.freeze_panes(1, 0)
        for number, label in enumerate(columns):
            page.set_column(number, number, min(WIDEST, max(WIDTH, 2 * len(label) + 4)))
            page.write_string(0, number, label, self._heading)
        return page

    def rows(self, page: Worksheet, rows: Iterable[Iterable[object]]) -> int:
        """Write rows below the heading and return how many there were."""
        line = 0
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                self.put(page, line, place, value)
        return line

    def put(self, page: Worksheet, line: int, place: int, value: object) -> None:
        """Write one value in its own type."""
        if value is None or value == "":
            return
        if isinstance(value, str):
            self._put_text(page, line, place, str(value))
        elif isinstance(value, bool):
            page.write_string(line, place, "是" if value else "否")
        elif isinstance(value, int | float | Decimal) and abs(float(value)) < EXACT:
            page.write_number(line, place, value)
        elif isinstance(value, datetime):
            local = value.astimezone(periods.TZ).replace(tzinfo=None) if value.tzinfo else value
            page.write_datetime(line, place, local, self._moment)
        elif isinstance(value, date):
            page.write_datetime(line, place, value, self._day)
        else:
            self._put_text(page, line, place, str(value))

    def mark(
        self, page: Worksheet, watermark: Watermark, *, notes: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Say on each printed page, and on a sheet of its own, where this workbook comes from."""
        line = watermark.line[:LONGEST_MARK].replace("&", "&&")
        page.set_header(f"&L&8{line}")
        page.set_footer(f"&L&8{watermark.number.replace('&', '&&')}&R&8第 &P 页，共 &N 页")
        page.set_landscape()
        page.repeat_rows(0)
        self._book.set_properties({"comments": watermark.line})
        about = self.page("导出说明", ["项目", "内容"])
        about.set_column(0, 0, WIDTH)
        about.set_column(1, 1, WIDEST)
        self.rows(about, [*watermark.facts, *notes])

    def lock(self, page: Worksheet) -> None:
        """Let nothing be typed over on a page but what `put_open` writes."""
        page.protect(options={"format_columns": True, "format_rows": True})

    def put_open(self, page: Worksheet, line: int, place: int, value: object) -> None:
        """Write a value that may be typed over on a locked page, or the empty cell for one."""
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            page.write_number(line, place, value, self._open)
        elif value:
            page.write_string(line, place, f"{value}"[:LONGEST_TEXT], self._open)
        else:
            page.write_blank(line, place, None, self._open)

    def _put_text(self, page: Worksheet, line: int, place: int, text: str) -> None:
        guarded = self._guarded if text.startswith(FORMULA_LIKE) else None
        page.write_string(line, place, text[:LONGEST_TEXT], guarded)
