"""A list as a workbook: the rows as filtered, each value in its own type, streamed.

A list leaves the house by its address: whoever exports it, now or in a job an hour later, asks the
list's own page again as the person of that moment, and takes the table instead of the page. So
an export can never hold more than the page would show them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_filters import FilterSet
from django_tables2 import Table

from qinghe.edges.books import MOST_ROWS, Book, Watermark
from qinghe.edges.sheets import Sheet
from qinghe.edges.sheets.outward import Lines
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused

from . import cells
from .columns import Personal
from .requests import Request

CHUNK = 2_000
UNSAID = ("export", "page", "per_page", "view")  # what does not choose rows

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Ledger:
    """A list that is asked for as a workbook."""

    title: str
    table: Table
    chosen: str
    org: Org
    personal: bool
    rows: QuerySet[Model]
    reader: Actor
    sheet: Sheet | None = None  # what it can come back in as, for those who may bring it in

    @property
    def count(self) -> int:
        """Return how many rows it has."""
        return len(self.table.data)


@dataclass
class Taker:
    """Carried by a request that wants the list's table and not its page."""

    ledger: Ledger | None = None

    def take(self, ledger: Ledger) -> HttpResponse:
        """Keep it."""
        self.ledger = ledger
        return HttpResponse(status=204)


def ledger_of(
    request: Request,
    *,
    title: str,
    table: Table,
    rows: QuerySet[Model],
    filterset: FilterSet | None,
    sheet: Sheet | None,
) -> Ledger:
    """Say what a list is, for whoever takes it out."""
    columns = [bound.column for bound in table.columns.iterall()]
    return Ledger(
        title=title,
        table=table,
        chosen=_in_words(filterset),
        org=request.scope.org,
        personal=getattr(type(table), "personal", False)
        or any(isinstance(column, Personal) for column in columns),
        rows=rows,
        reader=request.actor,
        sheet=sheet if sheet and may_load(request.actor, sheet) and sheet.out else None,
    )


def may_load(actor: Actor, sheet: Sheet) -> bool:
    """Test if the actor brings workbooks of this sheet in somewhere."""
    return actors.may_anywhere(actor, sheet.act)


def ask_why(request: Request) -> HttpResponse:
    """Lead to the form that asks what this list is taken out for, and for whom (S-10)."""
    return redirect(f"{reverse('jobs:export_new')}?{urlencode({'list': address_of(request)})}")


def address_of(request: Request) -> str:
    """Return the address at which this list shows these rows, whoever's session it is."""
    asked = request.GET.copy()
    for name in UNSAID:
        asked.pop(name, None)
    asked["org"], asked["period"] = request.scope.org.code, request.scope.period.name
    return f"{request.path}?{asked.urlencode()}"


def write(
    target: IO[bytes], *, ledger: Ledger, watermark: Watermark, progress: Progress | None = None
) -> int:
    """Write every row of a list as its page shows it, and return how many there were.

    Raises Refused: too_many_rows.
    """
    count = ledger.count
    _check_fits(count)
    table = ledger.table
    table.data.data = _streamed(table.data.data)
    lines = cells.rows_of(table)
    heading = next(lines)
    with Book(target) as book:
        page = book.page(ledger.title, [str(label) for label in heading])
        page.autofilter(0, 0, count, max(0, len(heading) - 1))
        written = book.rows(page, _told(lines, count=count, progress=progress))
        book.mark(page, watermark)
    return written


def write_loadable(
    target: IO[bytes],
    *,
    ledger: Ledger,
    watermark: Watermark,
    on: date,
    progress: Progress | None = None,
) -> int:
    """Write the rows of a list in the columns of its sheet, and return how many there were.

    Raises Refused: no_sheet, too_many_rows.
    """
    sheet = ledger.sheet
    if sheet is None or sheet.out is None:
        raise Refused(
            "no_sheet", "这个列表没有可以再次导入的格式，没有导出；请改选与页面相同的格式。"
        )
    lines = Lines(sheet, sheet.out, rows=ledger.rows, reader=ledger.reader, on=on)
    count = lines.rows.count()
    _check_fits(count)
    with Book(target) as book:
        page = book.page(sheet.label, lines.headings)
        written = book.rows(page, _told(iter(lines), count=count, progress=progress))
        book.mark(page, watermark, notes=lines.notes())
    return written


def _check_fits(count: int) -> None:
    if count > MOST_ROWS:
        raise Refused(
            "too_many_rows", f"导出不能超过 {MOST_ROWS:,} 行，没有导出；请先筛选，再分几次导出。"
        )


def _told(
    lines: Iterator[list[object]], *, count: int, progress: Progress | None
) -> Iterator[list[object]]:
    done = 0
    for done, line in enumerate(lines, start=1):
        yield line
        if progress and done % CHUNK == 0:
            progress(done, max(done, count))
    if progress:
        progress(done, done)


def _streamed(rows: object) -> object:
    return _Stream(rows) if isinstance(rows, QuerySet) and not rows._result_cache else rows


class _Stream:
    """Rows read from the database in pieces: a quarter of a million never stand in memory."""

    def __init__(self, rows: QuerySet[Model]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Model]:
        return self._rows.iterator(chunk_size=CHUNK)


def _in_words(filterset: FilterSet | None) -> str:
    if filterset is None or not filterset.form.is_bound:
        return ""
    said = []
    for field in filterset.form:
        value = field.value()
        if value not in (None, "", []):
            choices = dict(getattr(field.field, "choices", None) or {})
            said.append(f"{field.label}：{choices.get(value, value)}")
    return "；".join(said)
