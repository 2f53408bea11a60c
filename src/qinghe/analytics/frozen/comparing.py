"""What became different between two freezings of a period: which figures, and by which records."""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from qinghe.analytics.models import Freezing, FrozenFigure, FrozenIndicator

from . import folders, reading, tracing
from .defining import Part

MOST = 500  # ids of each kind that are told; their number is always


@dataclass(frozen=True)
class Change:
    """One figure of one organisation before and after; `kept` and `now` are as printed."""

    code: str
    org_id: int
    label: str
    unit: str
    old: FrozenFigure | None
    new: FrozenFigure | None
    old_version: int | None
    new_version: int | None

    @property
    def is_printed_differently(self) -> bool:
        """Test if the printed number or its state is another, and not only what stands behind it."""
        if self.old is None or self.new is None:
            return True
        return (self.old.value, self.old.state) != (self.new.value, self.new.state)

    @property
    def is_counted_differently(self) -> bool:
        """Test if the indicator has another version now."""
        return self.old_version != self.new_version


@dataclass(frozen=True)
class Differing:
    """The records by which two freezings of a figure differ; at most so many of each are named."""

    model: str
    label: str
    added: list[int]
    removed: list[int]
    changed: list[int]
    counts: tuple[int, int, int]


def changes(old: Freezing, new: Freezing, *, org_ids: Collection[int]) -> list[Change]:
    """Return the figures of some organisations that are not the same in two freezings."""
    before, after = (_rows(each, org_ids) for each in (old, new))
    told_before, told_after = reading.told_of(old), reading.told_of(new)
    return [
        _change(key, before.get(key), after.get(key), told_before, told_after)
        for key in sorted(before.keys() | after.keys())
        if _content(before.get(key)) != _content(after.get(key))
    ]


def differing(
    old: Freezing, new: Freezing, *, code: str, org_id: int, part: str = "top"
) -> Differing:
    """Return the records that one figure gained, lost, or counts with other contents.

    Raises Refused: facts_not_kept, facts_damaged, unknown_indicator, unknown_part.
    """
    before = tracing.half(tracing.formula(old, code), part)
    after = tracing.half(tracing.formula(new, code), part)
    for each in (old, new):
        tracing.check_whole(each)
    with folders.opened({"before": old.folder, "after": new.folder}) as db:
        for schema, found in (("before", before), ("after", after)):
            db.execute(f"SET schema = '{schema}'")
            db.execute(
                f"CREATE TABLE {schema}.behind AS SELECT record_id FROM ({found.records})"  # noqa: S608 - compiled by ibis
                f" WHERE ancestor_id = {int(org_id)}"
            )
        added = _ids(db, "SELECT record_id FROM after.behind EXCEPT SELECT record_id FROM before.behind")  # fmt: skip
        removed = _ids(db, "SELECT record_id FROM before.behind EXCEPT SELECT record_id FROM after.behind")  # fmt: skip
        changed = _changed(db, before, after)
    return Differing(
        model=after.model,
        label=after.label,
        added=added[:MOST],
        removed=removed[:MOST],
        changed=changed[:MOST],
        counts=(len(added), len(removed), len(changed)),
    )


def _changed(db: duckdb.DuckDBPyConnection, before: Part, after: Part) -> list[int]:
    """Return the records behind both whose rows are not the same; none where facts differ in kind."""
    if before.fact != after.fact or _columns(db, before.fact, "before") != _columns(
        db, after.fact, "after"
    ):
        return []
    both = "SELECT record_id FROM before.behind INTERSECT SELECT record_id FROM after.behind"
    return _ids(
        db,
        f'SELECT record_id FROM (SELECT * FROM before."{before.fact}" EXCEPT'  # noqa: S608 - names of ours
        f' SELECT * FROM after."{after.fact}") WHERE record_id IN ({both})',
    )


def _columns(db: duckdb.DuckDBPyConnection, table: str, schema: str) -> list[tuple[str, ...]]:
    return db.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position",
        [schema, table],
    ).fetchall()


def _ids(db: duckdb.DuckDBPyConnection, sql: str) -> list[int]:
    return [row[0] for row in db.execute(f"SELECT record_id FROM ({sql}) ORDER BY 1").fetchall()]  # noqa: S608 - the same


def _rows(freezing: Freezing, org_ids: Collection[int]) -> dict[tuple[str, int], FrozenFigure]:
    rows = FrozenFigure.objects.filter(gathering=freezing.gathering_id, org_id__in=org_ids)
    return {(row.code, row.org_id): row for row in rows}


def _content(row: FrozenFigure | None) -> tuple[object, ...]:
    if row is None:
        return ()
    return (row.value, row.exact, row.state, row.records, row.sha256)


def _change(
    key: tuple[str, int],
    old: FrozenFigure | None,
    new: FrozenFigure | None,
    told_before: dict[str, FrozenIndicator],
    told_after: dict[str, FrozenIndicator],
) -> Change:
    code, org_id = key
    before, after = told_before.get(code), told_after.get(code)
    told = after or before
    return Change(
        code=code,
        org_id=org_id,
        label=told.label if told else code,
        unit=told.unit if told else "",
        old=old,
        new=new,
        old_version=before.version if before else None,
        new_version=after.version if after else None,
    )
