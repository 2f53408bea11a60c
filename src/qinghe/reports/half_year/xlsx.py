"""All figures of one organisation and those below it, and what each of them means, as a workbook.

A number that is not there leaves its cell empty: 0 would say that it was counted. Words are
written as words, so that no name is ever read as a formula.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qinghe.analytics import catalogue
from qinghe.analytics.figures import Figure, Figures, State
from qinghe.analytics.indicators import Indicator, Ratio
from qinghe.edges import system
from qinghe.edges.web import scope
from qinghe.kernel.orgs.kinds import AREAS, OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.periods import Period

from . import queries, required
from .required import WANTED

AREA_SHEET, COMMUNITY_SHEET, MEANING_SHEET = "汇总", "社区", "口径"
HEAD = 2  # the row of column heads, below a title and a note
MEANING_HEADS = (
    ("指标编号", 11),
    ("报告编号", 10),
    ("指标", 26),
    ("单位", 8),
    ("版本", 6),
    ("口径", 70),
    ("数据状态", 10),
    ("数据截至", 18),
    ("主管系统", 14),
    ("是否接入", 10),
)


@dataclass(frozen=True)
class Line:
    """One indicator: as the report wants it, or as a system declares it beyond the report."""

    code: str
    source: str  # its row in the list of the report's figures
    label: str
    unit: str
    meaning: str
    owner: str

    @property
    def head(self) -> str:
        """Return what stands over its column."""
        return f"{self.code} {self.label}（{self.unit}）"


def workbook(*, org: Org, period: Period, figures: Figures) -> bytes:
    """Return the bytes of an .xlsx file with three sheets: areas, communities, meanings."""
    lines = _lines()
    children = _areas_below(org, period)
    file = io.BytesIO()
    with Workbook(file, _options()) as book:
        book.set_properties(
            {
                "title": f"{org.name}{period.label}指标分布",
                "created": figures.as_of.astimezone(UTC).replace(tzinfo=None),
            }
        )
        write = _Writer(book=book, org=org, period=period, figures=figures)
        write.areas(lines, children)
        write.communities(lines, _communities(children, period))
        write.meanings(lines)
    return file.getvalue()


def _options() -> dict[str, object]:
    """Return how the workbook is made; the writer changes what it is given, so make it anew."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        # A scheme would put the font of Excel's theme in the place of the one named.
        "default_format_properties": {"font_name": "宋体", "font_size": 11, "font_scheme": False},
    }


def _lines() -> list[Line]:
    """Return the report's figures in their order, then all others that systems declare."""
    labels = {installed.slug: installed.label for installed in system.INSTALLED}
    wanted = [
        Line(
            each.code,
            each.figure,
            each.label,
            each.unit,
            each.meaning,
            labels.get(each.owner, queries.OWNERS.get(each.owner, each.owner)),
        )
        for each in WANTED
    ]
    told = {line.code for line in wanted}
    owners = required.feeders()
    declared = catalogue.every()
    others = [
        Line(code, "", each.label, each.unit, each.meaning, owners.get(code, ""))
        for code, each in declared.items()
        if code not in told
    ]
    return [_as_declared(line, declared.get(line.code), owners) for line in wanted] + others


def _as_declared(line: Line, declared: Indicator | Ratio | None, owners: Mapping[str, str]) -> Line:
    """Return the meaning that is counted by, once a system declares the indicator."""
    if declared is None:
        return line
    return Line(
        code=line.code,
        source=line.source,
        label=declared.label,
        unit=declared.unit,
        meaning=declared.meaning,
        owner=owners.get(line.code, line.owner),
    )


def _areas_below(org: Org, period: Period) -> list[Org]:
    """Return the areas directly below as the tree stood at the period's end."""
    return list(scope.children_on(org, period.end).filter(kind__in=AREAS).order_by("code"))


def _communities(children: Sequence[Org], period: Period) -> list[tuple[str, Org]]:
    """Return every community with the name of its street, if that is among the children."""
    found = []
    for child in children:
        if child.kind == OrgKind.COMMUNITY:
            found.append(("", child))
        else:
            found += [(child.name, each) for each in _areas_below(child, period)]
    return [(street, each) for street, each in found if each.kind == OrgKind.COMMUNITY]


class _Writer:
    def __init__(self, *, book: Workbook, org: Org, period: Period, figures: Figures) -> None:
        self.book, self.org, self.period, self.figures = book, org, period, figures
        line = {"border": 1, "valign": "vcenter"}
        wrapped = {**line, "text_wrap": True}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.heading = book.add_format(
            {**wrapped, "bold": True, "align": "center", "bg_color": "#E8EEF4"}
        )
        self.words = book.add_format(wrapped)
        self.moment = book.add_format({**line, "num_format": "yyyy-mm-dd hh:mm", "align": "left"})
        self.empty = book.add_format(line)
        self._numbers: dict[int, Format] = {}

    def areas(self, lines: Sequence[Line], children: Sequence[Org]) -> None:
        """Write one row an indicator: the organisation and the areas below it side by side."""
        columns = [self.org, *children]
        heads = [("报告编号", 10), ("指标编号", 11), ("指标", 26), ("单位", 8)]
        yearly, year = catalogue.yearly(), catalogue.year_label(self.period)
        sheet = self._sheet(AREA_SHEET, [*heads, *((each.name, 13) for each in columns)], fixed=4)
        for row, line in enumerate(lines, start=HEAD + 1):
            label = f"{line.label}（{year}数）" if line.code in yearly else line.label
            for column, text in enumerate((line.source, line.code, label, line.unit)):
                sheet.write_string(row, column, text, self.words)
            for column, each in enumerate(columns, start=4):
                self._number(sheet, row, column, code=line.code, org=each)

    def communities(self, lines: Sequence[Line], found: Sequence[tuple[str, Org]]) -> None:
        """Write one row a community, one column an indicator."""
        heads = [("街道", 13), ("社区", 16), ("代码", 15)]
        sheet = self._sheet(COMMUNITY_SHEET, [*heads, *((e.head, 13) for e in lines)], fixed=3)
        for row, (street, community) in enumerate(found, start=HEAD + 1):
            for column, text in enumerate((street, community.name, community.code)):
                sheet.write_string(row, column, text, self.words)
            for column, line in enumerate(lines, start=3):
                self._number(sheet, row, column, code=line.code, org=community)

    def meanings(self, lines: Sequence[Line]) -> None:
        """Write what each indicator means and how far it can be relied on."""
        sheet = self._sheet(MEANING_SHEET, MEANING_HEADS, fixed=3)
        sheet.autofilter(HEAD, 0, HEAD + len(lines), len(MEANING_HEADS) - 1)
        for row, line in enumerate(lines, start=HEAD + 1):
            found = self._figure(line.code, self.org)
            fed = line.code in self.figures
            state = found.state if found else State.MISSING
            texts = {0: line.code, 1: line.source, 2: line.label, 3: line.unit, 5: line.meaning}
            texts |= {6: state.label, 8: line.owner, 9: "已接入" if fed else "待接入"}
            for column, text in texts.items():
                sheet.write_string(row, column, text, self.words)
            sheet.write_blank(row, 4, None, self.empty)
            sheet.write_blank(row, 7, None, self.empty)
            if found:
                sheet.write_number(row, 4, found.version, self._format(0))
                sheet.write_datetime(row, 7, _local(found.as_of), self.moment)

    def _sheet(self, name: str, heads: Sequence[tuple[str, int]], *, fixed: int) -> Worksheet:
        """Add a sheet with its title, its note and its column heads, ready to print."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, f"{self.org.name}{self.period.label}{name}", self.title)
        as_of = f"{_local(self.figures.as_of):%Y-%m-%d %H:%M}"
        sheet.write_string(1, 0, f"数据截至{as_of}；空格表示没有数据，不是0。")
        sheet.set_row(0, 24)
        sheet.set_row(HEAD, 48)
        for column, (head, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(HEAD, column, head, self.heading)
        sheet.freeze_panes(HEAD + 1, fixed)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)
        sheet.set_footer("&C—&P—")
        return sheet

    def _number(self, sheet: Worksheet, row: int, column: int, *, code: str, org: Org) -> None:
        found = self._figure(code, org)
        if found is None or found.value is None or found.state is State.MISSING:
            sheet.write_blank(row, column, None, self.empty)
        else:
            sheet.write_number(row, column, found.value, self._format(found.decimals))

    def _figure(self, code: str, org: Org) -> Figure | None:
        if code not in self.figures or org.pk not in self.figures.column(code):
            return None
        return self.figures[code, org.pk]

    def _format(self, decimals: int) -> Format:
        """Return the format that shows as many decimals as the indicator has."""
        if decimals not in self._numbers:
            shown = "0." + "0" * decimals if decimals else "0"
            self._numbers[decimals] = self.book.add_format(
                {"border": 1, "valign": "vcenter", "num_format": shown}
            )
        return self._numbers[decimals]


def _local(moment: datetime) -> datetime:
    """Return the wall clock of 龙岗; a workbook knows no time zones."""
    return moment.astimezone(periods.TZ).replace(tzinfo=None)
