"""Records of a list as lines of their sheet: the same columns go out that come in.

A cell that the reader may not read is left empty, and counted: a masked name that came back would
be entered as somebody's name.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django_tables2.utils import Accessor

from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor

from .declarations import Column, Outward, Sheet

CHUNK = 2_000


class Lines:
    """The lines of one list, read once; `hidden` then counts the cells that stayed empty."""

    def __init__(
        self, sheet: Sheet, out: Outward, *, rows: QuerySet, reader: Actor, on: date
    ) -> None:
        self.rows = out.lines(rows)
        self.hidden: Counter[str] = Counter()
        self._left_out = out.left_out
        self._columns = tuple(column for column in sheet.columns if column.read)
        self._kept_in = tuple(column.label for column in sheet.columns if not column.read)
        self._ways = {column.key: Accessor(column.read) for column in self._columns}
        self._required = {column.label for column in self._columns if column.required}
        self._person, self._at = Accessor(out.person), Accessor(out.at)
        self._reader, self._on = reader, on

    @property
    def headings(self) -> list[str]:
        """Return the headings of the columns that go out."""
        return [column.label for column in self._columns]

    def __iter__(self) -> Iterator[list[object]]:
        for record in self.rows.iterator(chunk_size=CHUNK):
            yield [self._cell(record, column) for column in self._columns]

    def notes(self) -> list[tuple[str, str]]:
        """Return what the workbook says of what cannot come back in."""
        said = [("再次导入", "第一张表的列与导入模板相同，可以直接导入。")]
        if self._left_out:
            said.append(("未列出", self._left_out))
        if self._kept_in:
            said.append(("未带出的列", f"{'、'.join(self._kept_in)}加密保存，不随表导出。"))
        for label, count in sorted(self.hidden.items()):
            after = "，补填后才能再次导入" if label in self._required else ""
            said.append((label, f"有{count:,}行您无权查看，留空{after}。"))
        return said

    def _cell(self, record: object, column: Column) -> object:
        value = self._ways[column.key].resolve(record, quiet=True)
        if value in (None, "") or not column.about or self._may_read(record, column):
            return value
        self.hidden[column.label] += 1
        return None

    def _may_read(self, record: object, column: Column) -> bool:
        return levels.may_see_of(
            self._reader,
            column.about,
            of=self._person.resolve(record),
            at=self._at.resolve(record),
            on=self._on,
        )
