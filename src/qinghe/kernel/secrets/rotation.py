"""Sealing everything anew with new keys, while the application runs.

A value says which key sealed it, so there is no list of what is done: whoever starts again after
an interruption passes over the rows that carry the newest key.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from qinghe.kernel.audit import services as audit
from qinghe.lib import ciphers
from qinghe.lib.ciphers import Header
from qinghe.lib.verdicts import Refused

from . import fields, keyring, services
from .fields import SealedTable

CHUNK = 500

Row = Mapping[str, object]


@dataclass(frozen=True)
class Step:
    """What one chunk of a table came to."""

    table: str
    resealed: int
    unreadable: int


def begin() -> bool:
    """Draw new keys, unless rows still wait for the newest one; tell whether keys were drawn.

    Raises Refused: nothing_sealed, key_missing, key_damaged.
    """
    ring = keyring.current()
    if not fields.any_sealed():
        raise Refused("nothing_sealed", "还没有加密的内容，无需轮换密钥，没有改动。")
    if not (ring.sealing and ring.indexing):
        raise ciphers.key_missing()
    if any(header.key_id != ring.newest.key_id for header in _headers()):
        return False
    keyring.add(keyring.Use.INDEX)
    keyring.add(keyring.Use.SEAL)
    return True


def reseal(*, at: datetime, by: object) -> Iterator[Step]:
    """Seal what older keys sealed with the newest, one chunk and one transaction at a time."""
    for table in fields.sealed_tables():
        last = 0
        while keys := _next_keys(table, after=last):
            yield _reseal_chunk(table, keys=keys, at=at, by=by)
            last = keys[-1]


def waiting() -> int:
    """Count the rows that a key other than the newest, or another algorithm, has sealed."""
    return sum(
        _is_stale(table, row)
        for table in fields.sealed_tables()
        for row in _rows(table).iterator(chunk_size=CHUNK)
    )


def retire() -> list[str]:
    """Lay the older keys aside and return their files. Raises Refused: keys_in_use."""
    if rows := waiting():
        raise Refused(
            "keys_in_use",
            f"还有{rows:,}行由旧密钥加密，旧密钥没有停用。请先运行 rotate-keys 直到全部完成。",
        )
    return keyring.retire_all_but_newest()


def _next_keys(table: SealedTable, *, after: int) -> list[int]:
    keys = table.model._default_manager.filter(pk__gt=after).order_by("pk")
    return list(keys.values_list("pk", flat=True)[:CHUNK])


@transaction.atomic
def _reseal_chunk(table: SealedTable, *, keys: Sequence[int], at: datetime, by: object) -> Step:
    rows = _rows(table).filter(pk__gte=keys[0], pk__lte=keys[-1]).select_for_update()
    written: list[list[object]] = []
    unreadable = 0
    for row in rows:
        if _is_stale(table, row):
            try:
                written.append(_resealed(table, row))
            except Refused:
                unreadable += 1
    _write(table, written)
    done = [int(str(values[-1])) for values in written]
    audit.record_many(by=by, verb="secrets.reseal", model=table.model, ids=done, at=at)
    return Step(table=table.model._meta.label, resealed=len(done), unreadable=unreadable)


def _headers() -> Iterator[Header]:
    """Return what each sealed value says of itself."""
    for table in fields.sealed_tables():
        for row in _rows(table).iterator(chunk_size=CHUNK):
            for column in table.columns:
                if (sealed := _bytes(row[column.name])) is not None:
                    yield ciphers.header_of(sealed)


def _rows(table: SealedTable) -> QuerySet[Model, Row]:
    names = [column.name for column in table.columns]
    return table.model._default_manager.order_by("pk").values("pk", *names)


def _is_stale(table: SealedTable, row: Row) -> bool:
    newest = keyring.current().newest.as_bytes
    return any(
        sealed[: ciphers.HEADER_BYTES] != newest
        for column in table.columns
        if (sealed := _bytes(row[column.name])) is not None
    )


def _resealed(table: SealedTable, row: Row) -> list[object]:
    """Return the values of a row in the order of `_columns`, its key last."""
    values: list[object] = []
    for column in table.columns:
        about = f"{table.place(column)}.{row['pk']}"
        sealed = row[column.name]
        text = services.unseal(_bytes(sealed), about=about)
        values.append(services.seal(text, about=about))
        if column.index:
            values.append(services.blind(text, about=table.place(column)))
    return [*values, row["pk"]]


def _write(table: SealedTable, rows: list[list[object]]) -> None:
    if not rows:
        return
    quote = connection.ops.quote_name
    meta = table.model._meta
    changes = ", ".join(f"{quote(name)} = %s" for name in _columns(table))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(meta.db_table)} SET {changes} "  # noqa: S608  names of ours
            f"WHERE {quote(str(meta.pk.column))} = %s",
            cast(list[list[str]], rows),  # of whatever type the columns take
        )


def _columns(table: SealedTable) -> Iterator[str]:
    for column in table.columns:
        yield str(column.column)
        if column.index:
            yield column.index


def _bytes(value: object) -> bytes | None:
    return bytes(value) if isinstance(value, bytes | memoryview) else None
