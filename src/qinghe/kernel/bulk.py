"""Inserting many rows of plain values in one statement.

`bulk_create` builds a model instance a row and asks every field of each about its value; at a
quarter of a million rows that is most of the time. Callers here have checked their values, pass
what the columns hold, and keep to one chunk a call (a statement takes 32,766 values on SQLite).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import (
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    JSONField,
    Model,
    TimeField,
)

CONVERTED = (DecimalField, JSONField, TimeField)
Convert = Callable[..., object]
NOTHING: Mapping[str, object] = {}


def insert_many(
    model: type[Model],
    *,
    fields: Sequence[str],
    rows: Iterable[Sequence[object]],
    same: Mapping[str, object] = NOTHING,
) -> list[int]:
    """Insert rows and return their keys in order; what is not named gets its default.

    `fields` are attribute names (`org_id`, not `org`), `same` what all rows share. Constraints hold
    as ever: IntegrityError.
    """
    known = {field.attname: field for field in model._meta.concrete_fields}
    named = [known.pop(name) for name in fields]
    others = [field for field in known.values() if not field.primary_key]
    shared = [
        field.get_db_prep_save(same.get(field.attname, field.get_default()), connection)
        for field in others
    ]
    converters = [
        (place, convert) for place, field in enumerate(named) if (convert := _converter(field))
    ]
    values: list[object] = []
    width = len(named) + len(others)
    for row in rows:
        values += row
        values += shared
    for place, convert in converters:
        values[place::width] = [
            None if value is None else convert(value) for value in values[place::width]
        ]
    if not values:
        return []
    return _insert(model, [*named, *others], values=values, count=len(values) // width)


def _insert(
    model: type[Model], fields: Sequence[Field], *, values: list[object], count: int
) -> list[int]:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    key = model._meta.pk
    one = f"({', '.join(['%s'] * len(fields))})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) "  # noqa: S608  names of ours
            f"VALUES {', '.join([one] * count)} RETURNING {quote(str(key.column))}",
            cast(list[str], values),  # of whatever type the columns take
        )
        return [made for (made,) in cursor.fetchall()]


def _converter(field: Field) -> Convert | None:
    """Return how a value is written for this database, or nothing when it goes as it is."""
    ops = connections[DEFAULT_DB_ALIAS].ops
    if isinstance(field, DateTimeField):
        return ops.adapt_datetimefield_value
    if isinstance(field, DateField):
        return ops.adapt_datefield_value
    if isinstance(field, CONVERTED):
        return lambda value: field.get_db_prep_save(value, connection)
    return None


def update_many(
    model: type[Model], *, fields: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Write these fields of rows that are there; the last value of each row is its key."""
    if not rows:
        return
    known = {field.attname: field for field in model._meta.concrete_fields}
    named = [known[name] for name in fields]
    converters = [_converter(field) for field in named]
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(str(field.column))} = %s" for field in named)
    values = [
        (
            *[
                convert(value) if convert and value is not None else value
                for convert, value in zip(converters, row, strict=False)
            ],
            row[-1],
        )
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {changes} "  # noqa: S608  names of ours
            f"WHERE {quote(str(model._meta.pk.column))} = %s",
            cast(list[list[str]], values),  # of whatever type the columns take
        )
