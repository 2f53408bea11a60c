"""The cells of a list as plain values, row after row, for a workbook.

The library asks each function what it takes, and each field whether it has choices, anew for every
cell; in an export that was nine tenths of the time. Here both are asked once a column.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django_tables2 import Column, ManyToManyColumn, Table
from django_tables2.columns import BoundColumn
from django_tables2.columns.linkcolumn import BaseLinkColumn
from django_tables2.rows import BoundRow
from django_tables2.utils import Accessor

Read = Callable[[object], object]
Say = Callable[[object, object], object]
Cell = Callable[[object], object]


def rows_of(table: Table) -> Iterator[list[object]]:
    """Return the headings of a table, then the values of each of its rows."""
    columns = [bound for bound in table.columns.iterall() if not bound.column.exclude_from_export]
    yield [str(bound.header) for bound in columns]
    cells: list[Cell] = []
    for record in table.data:
        cells = cells or [_cell(bound, table=table, sample=record) for bound in columns]
        yield [cell(record) for cell in cells]


def _cell(bound: BoundColumn, *, table: Table, sample: object) -> Cell:
    if isinstance(bound.column, BaseLinkColumn | ManyToManyColumn):
        return lambda record: BoundRow(record, table).get_cell_value(bound.name)
    read, say, empty = _read(bound, sample), _say(bound, table), bound.column.empty_values

    def cell(record: object) -> object:
        value = read(record)
        return None if value in empty else say(value, record)

    return cell


def _read(bound: BoundColumn, sample: object) -> Read:
    accessor = Accessor(bound.accessor)
    if not isinstance(sample, Model):
        return lambda record: accessor.resolve(record, quiet=True)
    steps = [*accessor.bits]
    try:
        if getattr(accessor.get_field(sample), "choices", ()):
            steps[-1] = f"get_{steps[-1]}_display"
    except FieldDoesNotExist:
        pass

    def read(record: object) -> object:
        for step in steps:
            record = _called(getattr(record, step, None))
            if record is None:
                return None
        return record

    return read


def _called(value: object) -> object:
    if not callable(value) or getattr(value, "do_not_call_in_templates", False):
        return value
    return None if getattr(value, "alters_data", False) else value()


def _say(bound: BoundColumn, table: Table) -> Say:
    write = bound.value
    if _is(write, Column.value):
        write = bound.column.render
        if _is(write, Column.render):
            return lambda value, _record: value
    takes = _taken(write)
    same = {"column": bound.column, "bound_column": bound, "table": table}
    fixed = {name: given for name, given in same.items() if name in takes}
    of_record, of_row = "record" in takes, "bound_row" in takes

    def say(value: object, record: object) -> object:
        given: dict[str, object] = dict(fixed)
        if "value" in takes:
            given["value"] = value
        if of_record:
            given["record"] = record
        if of_row:
            given["bound_row"] = BoundRow(record, table)
        return write(**given)

    return say


def _is(function: object, plain: object) -> bool:
    return getattr(function, "__func__", None) is plain


def _taken(function: Callable[..., object]) -> frozenset[str]:
    parameters: Mapping[str, inspect.Parameter] = inspect.signature(function).parameters
    if any(each.kind is each.VAR_KEYWORD for each in parameters.values()):
        return frozenset({"value", "record", "column", "bound_column", "bound_row", "table"})
    return frozenset(parameters)
