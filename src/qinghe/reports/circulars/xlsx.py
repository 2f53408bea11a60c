"""The rankings as a workbook: one sheet a figure, one of all together, one of who has reported."""

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qinghe.lib import periods

from . import composing
from .models import Circular
from .sheet import Board, Row, Sheet

HEAD = 3
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31


def workbook(circular: Circular, *, sheet: Sheet) -> bytes:
    """Return the bytes of an .xlsx file; numbers are numbers, and nothing is a formula."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": "宋体", "font_size": 11, "font_scheme": False},
    }
    with Workbook(file, options) as book:
        created = (sheet.as_of or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC)
        book.set_properties({"title": circular.title, "created": created.replace(tzinfo=None)})
        write = _Writer(book, circular, sheet)
        write.together()
        for place, board in enumerate(sheet.boards, start=1):
            write.board(board, place=place)
        if sheet.reported:
            write.reported()
    return file.getvalue()


class _Writer:
    def __init__(self, book: Workbook, circular: Circular, sheet: Sheet) -> None:
        self.book, self.circular, self.sheet = book, circular, sheet
        line = {"border": 1, "valign": "vcenter"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format(
            {**line, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E8EEF4"}
        )
        self.words = book.add_format({**line, "text_wrap": True})
        self._line = line
        self._numbers: dict[int, Format] = {}

    def board(self, board: Board, *, place: int) -> None:
        """Write the ranking of one figure."""
        unit = "个百分点" if board.in_points else "%"
        heads = [
            "名次",
            "街道",
            f"{board.label}（{board.unit}）",
            "数据状态",
            "目标",
            f"与目标差（{unit}）" if board.in_points else "完成率（%）",
            "去年同期",
            f"同比（{unit}）",
            "上期",
            f"环比（{unit}）",
            "说明",
        ]
        page = self._page(f"{place}.{board.label}", heads, note=f"口径：{board.meaning}")
        for number, row in enumerate([*board.in_order, board.own], start=HEAD + 1):
            self._row(page, number, row, board)

    def together(self) -> None:
        """Write the places of every street under every figure."""
        heads = ["序", "街道", *(board.label for board in self.sheet.boards), "平均名次"]
        note = "按各项名次的平均数排列；有一项没有名次的不参与综合排名。"
        page = self._page("综合排名", heads, note=note)
        for number, line in enumerate(self.sheet.together, start=HEAD + 1):
            cells = [line.place, line.name, *(row.rank or row.said_state for row in line.rows)]
            self._cells(page, number, [*cells, line.mean], decimals=0)
            if line.mean is not None:
                page.write_number(number, len(cells), line.mean, self._format(1))

    def reported(self) -> None:
        """Write who has reported."""
        heads = ["街道", "应报", "已报", "已通过", "未报", "迟报", "完整率（%）", "及时率（%）"]
        page = self._page("报送情况", [*heads, "未报和迟报的单位"], note="")
        for number, each in enumerate(self.sheet.reported, start=HEAD + 1):
            counts = (each.expected, each.submitted, each.accepted, each.missing, each.late)
            self._cells(page, number, [each.name, *counts], decimals=0)
            shares = (each.complete_percent, each.timely_percent)
            for column, share in enumerate(shares, start=len(counts) + 1):
                self._cell(page, number, column, share, decimals=1)
            page.write_string(number, len(heads), each.late_names, self.words)

    def _row(self, page: Worksheet, number: int, row: Row, board: Board) -> None:
        decimals = board.decimals
        changed = decimals if board.in_points else 1
        name = "全区" if row is board.own else row.name
        self._cells(page, number, [row.rank, name], decimals=0)
        page.write_string(number, 3, row.said_state or "完整", self.words)
        cells = (
            (2, row.value, decimals),
            (4, row.goal, decimals),
            (5, row.completion, changed),
            (6, row.last_year.then, decimals),
            (7, row.last_year.change, changed),
            (8, row.previous.then, decimals),
            (9, row.previous.change, changed),
        )
        for column, value, places in cells:
            self._cell(page, number, column, value, decimals=places)
        notes = [
            f"{label}{change.note}"
            for label, change in (("同比", row.last_year), ("环比", row.previous))
            if change.note
        ]
        notes += ["名次并列"] if row.tied else []
        page.write_string(number, 10, "；".join(notes), self.words)

    def _page(self, name: str, heads: Sequence[str], *, note: str) -> Worksheet:
        page = self.book.add_worksheet(NOT_IN_NAMES.sub("", name)[:LONGEST_NAME])
        page.write_string(0, 0, f"{self.circular.title}：{name}", self.title)
        as_of = self.sheet.as_of
        stamp = f"{as_of.astimezone(periods.TZ):%Y-%m-%d %H:%M}" if as_of else composing.DASH
        page.write_string(1, 0, f"数据截至{stamp}；空格表示没有数据，不是0。{note}")
        page.set_row(HEAD, 36)
        for column, head in enumerate(heads):
            page.set_column(column, column, 18 if column == 1 else 13)
            page.write_string(HEAD, column, head, self.head)
        page.freeze_panes(HEAD + 1, 2)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEAD)
        return page

    def _cells(
        self,
        page: Worksheet,
        number: int,
        cells: Sequence[str | int | Decimal | None],
        *,
        decimals: int,
    ) -> None:
        for column, cell in enumerate(cells):
            self._cell(page, number, column, cell, decimals=decimals)

    def _cell(
        self,
        page: Worksheet,
        number: int,
        column: int,
        cell: str | int | Decimal | None,
        *,
        decimals: int,
    ) -> None:
        if cell is None:
            page.write_blank(number, column, None, self.words)
        elif isinstance(cell, str):
            page.write_string(number, column, cell, self.words)
        else:
            page.write_number(number, column, cell, self._format(decimals))

    def _format(self, decimals: int) -> Format:
        if decimals not in self._numbers:
            shown = "0." + "0" * decimals if decimals else "0"
            self._numbers[decimals] = self.book.add_format({**self._line, "num_format": shown})
        return self._numbers[decimals]
