"""A list as a workbook: the rows as filtered, each value in its own type, no formula ever."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone
from django_tables2 import Table

from qinghe.lib.verdicts import Refused

MOST_ROWS = 1_048_575  # what one sheet holds under its heading
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


def workbook(*, title: str, table: Table) -> FileResponse:
    """Write every row of the table, not only the page shown, and send it.

    Raises Refused: too_many_rows.
    """
    if len(table.data) > MOST_ROWS:
        raise Refused(
            "too_many_rows", f"导出不能超过 {MOST_ROWS:,} 行，没有导出；请先筛选，再分几次导出。"
        )
    target = TemporaryFile()  # noqa: SIM115  the response closes it
    _write(target, title=title, rows=table.as_values())
    target.seek(0)
    answer = FileResponse(target, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}.xlsx"
    return answer


def _write(target: object, *, title: str, rows: Iterable[list[object]]) -> None:
    book = xlsxwriter.Workbook(target, OPTIONS)
    sheet = book.add_worksheet(_sheet_name(title))
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.freeze_panes(1, 0)
    for line, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, datetime):
                sheet.write_datetime(line, column, _wall_clock(value), moment)
            else:
                sheet.write(line, column, _plain(value))
    book.close()


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | Decimal | date):
        return value
    return str(value)


def _wall_clock(value: datetime) -> datetime:
    return timezone.make_naive(value) if timezone.is_aware(value) else value


def _sheet_name(title: str) -> str:
    kept = "".join(letter for letter in title if letter not in "[]:*?/\\'")
    return kept[:31] or "台账"
