"""Cells read fast are the cells that the library reads."""

import pytest
from django_tables2 import BooleanColumn, Column, LinkColumn, Table

from qinghe.edges.web import cells, columns, tables
from qinghe.kernel.orgs.models import Org
from tests.web.urls import OrgTable


class EveryWay(Table):
    """One column of each way by which a cell may come by its value."""

    kind = Column("choices")
    parent = Column("foreign key")
    beyond = Column("choices beyond", accessor="parent__kind")
    named = Column("method", accessor="get_level_display")
    missing = Column("missing", accessor="nothing")
    far = Column("missing far", accessor="parent__parent__parent__name")
    opened_on = columns.Day(verbose_name="day")
    closed_on = columns.Day(verbose_name="empty day")
    pk = columns.Number(verbose_name="number")
    open = BooleanColumn(accessor="opened_on")
    code = Column("rendered by the table")
    name = Column("valued by the table")
    link = LinkColumn("orgs", accessor="name")
    hidden = Column("left out", accessor="name", exclude_from_export=True)

    def render_code(self, value, record, bound_row, **_):
        return f"{value} {record.name} {bound_row.record.pk}"

    def value_name(self, value, table):
        return f"{value} {len(table.columns)}"


def as_library(table):
    return [[None if cell is None else cell for cell in row] for row in table.as_values()]


@pytest.mark.parametrize("table", [EveryWay, OrgTable])
def test_every_cell_is_what_the_library_gives(people, table):
    rows = Org.objects.select_related("parent__parent").order_by("pk")

    given = list(cells.rows_of(table(rows)))
    expected = as_library(table(rows))

    assert len(given) == 1 + rows.count()
    for mine, theirs in zip(given[1:], expected[1:], strict=True):
        assert [str(cell) for cell in mine] == [str(cell) for cell in theirs]
        assert [type(cell) for cell in mine if not isinstance(cell, str | Org | None)] == [
            type(cell) for cell in theirs if not isinstance(cell, str | None)
        ]


def test_rows_of_plain_values_are_read_too(people):
    class Plain(Table):
        name = Column()

    rows = Org.objects.order_by("pk").values("name")

    assert [row[0] for row in cells.rows_of(Plain(rows))][1] == "龙岗区"


def test_an_empty_list_has_its_headings(db):
    assert list(cells.rows_of(tables.short(EveryWay, Org.objects.none())))[1:] == []
