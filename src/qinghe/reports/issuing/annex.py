"""The annex of an issued report: every figure with its 口径, exact and as printed, and by street.

Numbers are those of the freezing. What has no number leaves its cell empty: 0 would say that it was
counted. The same freezing makes the same bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from qinghe.analytics import catalogue
from qinghe.analytics.figures import State
from qinghe.analytics.models import Freezing, FrozenFigure, FrozenIndicator
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.reports.half_year.required import WANTED

SOURCES = {each.code: each.figure for each in WANTED}
HEADS = (
    ("指标编号", 11),
    ("报告编号", 9),
    ("指标", 26),
    ("单位", 8),
    ("印发值", 14),
    ("精确值", 22),
    ("数据状态", 10),
    ("记录数", 10),
    ("口径版本", 9),
    ("口径", 70),
    ("记录编号的SHA-256", 68),
)
TEXTS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True)
class Annex:
    """What the annex is about."""

    title: str
    number: str
    org: Org
    parts: Sequence[Org]  # the areas right below, as the tree stood at the period's end
    freezing: Freezing
    owned_reason: str
    dated: str


def workbook(
    about: Annex,
    *,
    told: dict[str, FrozenIndicator],
    figures: dict[tuple[str, int], FrozenFigure],
) -> bytes:
    """Return the bytes of an .xlsx file: what it is, all figures, all figures by area."""
    file = io.BytesIO()
    font = {"font_name": "宋体", "font_size": 11, "font_scheme": False}
    with Workbook(file, {"in_memory": True, **TEXTS, "default_format_properties": font}) as book:
        created = about.freezing.as_of.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": f"{about.title}附件", "created": created})
        writer = _Writer(book, about)
        writer.figures(told, figures)
        if about.parts:
            writer.by_area(told, figures)
        writer.about()
    return file.getvalue()


class _Writer:
    def __init__(self, book: Workbook, about: Annex) -> None:
        self.book = book
        self.told = about
        line = {"border": 1, "valign": "vcenter"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.heading = book.add_format(
            {**line, "text_wrap": True, "bold": True, "align": "center", "bg_color": "#E8EEF4"}
        )
        self.words = book.add_format({**line, "text_wrap": True})
        self.number = {
            places: book.add_format({**line, "num_format": "0." + "0" * places if places else "0"})
            for places in range(5)
        }
        self.whole = self.number[0]
        self.yearly = catalogue.yearly()
        self.year = catalogue.year_label(periods.parse(about.freezing.period))

    def figures(
        self,
        told: dict[str, FrozenIndicator],
        figures: dict[tuple[str, int], FrozenFigure],
    ) -> None:
        """Write one row a figure of the organisation itself."""
        sheet = self._sheet("指标", HEADS, fixed=3)
        for row, code in enumerate(_in_order(told), start=3):
            each, found = told[code], figures.get((code, self.told.org.pk))
            texts = (code, SOURCES.get(code, ""), each.label, each.unit)
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, self.words)
            self._value(sheet, row, 4, found, decimals=each.decimals)
            sheet.write_string(row, 5, found.exact if found else "", self.words)
            state = State(found.state).label if found else State.MISSING.label
            sheet.write_string(row, 6, state, self.words)
            sheet.write_number(row, 7, found.records if found else 0, self.whole)
            sheet.write_number(row, 8, each.version, self.whole)
            sheet.write_string(row, 9, f"{self._of_which_year(code)}{each.meaning}", self.words)
            sheet.write_string(row, 10, found.sha256 if found else "", self.words)

    def by_area(
        self,
        told: dict[str, FrozenIndicator],
        figures: dict[tuple[str, int], FrozenFigure],
    ) -> None:
        """Write one row a figure, the organisation and the areas below it side by side."""
        columns = [self.told.org, *self.told.parts]
        heads = [("指标编号", 11), ("指标", 26), ("单位", 8)]
        sheet = self._sheet("分布", [*heads, *((each.name, 12) for each in columns)], fixed=3)
        for row, code in enumerate(_in_order(told), start=3):
            each = told[code]
            label = f"{self._of_which_year(code)}{each.label}"
            for column, text in enumerate((code, label, each.unit)):
                sheet.write_string(row, column, text, self.words)
            for column, org in enumerate(columns, start=3):
                found = figures.get((code, org.pk))
                self._value(sheet, row, column, found, decimals=each.decimals)

    def about(self) -> None:
        """Write what the figures were frozen from, and how they can be checked."""
        sheet = self._sheet("说明", [("项目", 18), ("内容", 90)], fixed=0)
        freezing, about = self.told.freezing, self.told
        rows = (
            ("标题", about.title),
            ("发文字号", about.number or "未编号"),
            ("成文日期", about.dated),
            ("单位", about.org.name),
            ("期间", periods.parse(freezing.period).label),
            ("数字封存", f"第{freezing.number}次，{_local(freezing.at):%Y-%m-%d %H:%M}，{freezing.by}"),
            ("数据截至", f"{_local(freezing.as_of):%Y-%m-%d %H:%M}"),
            ("组织树日期", f"{freezing.tree_on:%Y-%m-%d}"),
            ("封存清单SHA-256", freezing.sha256),
            ("再次封存的原因", freezing.reason),
            ("数据不全的说明", about.owned_reason),
            ("空格的含义", "空格表示没有数字，不是0；“报送不全”表示尚有单位未报送或未通过审核。"),
        )  # fmt: skip
        for row, (name, words) in enumerate(rows, start=3):
            sheet.write_string(row, 0, name, self.words)
            sheet.write_string(row, 1, words, self.words)

    def _of_which_year(self, code: str) -> str:
        """Return which year a figure is of, where it is not the report's own period (G-58)."""
        return f"【{self.year}数】" if code in self.yearly else ""

    def _sheet(self, name: str, heads: Sequence[tuple[str, int]], *, fixed: int) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, f"附件：{self.told.title}（{name}）", self.title)
        sheet.write_string(1, 0, f"第{self.told.freezing.number}次封存；空格表示没有数字，不是0。")
        for column, (head, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, head, self.heading)
        sheet.freeze_panes(3, fixed)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.set_footer("&C—&P—")
        return sheet

    def _value(
        self, sheet: Worksheet, row: int, column: int, found: FrozenFigure | None, *, decimals: int
    ) -> None:
        if found is None or not found.value:
            sheet.write_blank(row, column, None, self.words)
        else:
            sheet.write_number(row, column, Decimal(found.value), self.number[min(decimals, 4)])


def _in_order(told: dict[str, FrozenIndicator]) -> list[str]:
    """Return the report's figures in its order, then all others."""
    return [code for code in SOURCES if code in told] + sorted(set(told) - set(SOURCES))


def _local(moment: datetime) -> datetime:
    return moment.astimezone(periods.TZ)
