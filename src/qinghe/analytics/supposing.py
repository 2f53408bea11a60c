"""Figures as they would be: the facts of a file, with another tree and some facts read anew.

What only an open transaction sees is read through its own connection before the transaction is
taken back; the figures are counted after that, in memory, and the file is not touched.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.queries import Line
from qinghe.lib.periods import Period

from . import building, catalogue, reading, reckoning
from .facts import Fact
from .layout import LINEAGE
from .store import LIMITS, Store
from .values import Figures

# Whose records the kernel's services change when organisations change.
TOUCHED = frozenset({"orgs.Org", "people.Membership", "people.Post"})


@dataclass(frozen=True)
class Supposition:
    """The tree, and the facts that stand on the kernel's records, as one transaction sees them."""

    lines: list[Line]
    rows: Mapping[Fact, list[pa.RecordBatch]]


def suppose() -> Supposition:
    """Read the tree and those facts now, within the transaction that has changed them."""
    facts = [fact for fact in catalogue.FACTS.values() if fact.model in TOUCHED]
    with reading.through_django() as read:
        return Supposition(orgs.lineage(), {fact: list(read(fact)) for fact in facts})


@dataclass(frozen=True)
class Compared:
    """The same figures of one period, as things are and as they would be."""

    now: Figures
    then: Figures


def compare(
    under: Store,
    *,
    now: Supposition,
    then: Supposition,
    period: Period,
    touched: Collection[int],
) -> Compared:
    """Compute twice what could differ when these organisations change.

    An indicator is counted if a fact that it reads has rows of theirs, now or then. Raises Refused:
    facts_outdated.
    """
    with _laid_over(under, now) as before, _laid_over(under, then) as after:
        moving = _with_rows(before, touched) | _with_rows(after, touched)
        wanted = [
            each
            for each in catalogue.every().values()
            if any(fact.name in moving for part in catalogue.parts(each) for fact in part.reads)
        ]
        return Compared(
            reckoning.figures(before, wanted, period), reckoning.figures(after, wanted, period)
        )


class _Laid(Store):
    """A store in memory: what was supposed stands before what the file holds."""

    def __init__(self, under: Store, db: duckdb.DuckDBPyConnection) -> None:
        self.path, self._db = under.path, db
        self.as_of, self.loaded, self.columns = under.as_of, under.loaded, under.columns


@contextmanager
def _laid_over(under: Store, supposed: Supposition) -> Iterator[Store]:
    with duckdb.connect(config=dict(LIMITS)) as db:
        quoted = str(under.path).replace("'", "''")
        db.execute(f"ATTACH '{quoted}' AS held (READ_ONLY)")
        replaced = {fact.name: fact for fact in supposed.rows if fact.name in under.columns}
        for name in under.columns:
            if name not in replaced and name != "lineage":
                db.execute(f'CREATE VIEW "{name}" AS SELECT * FROM held."{name}"')  # noqa: S608 - a fact's name is checked
        building.create_table(db, "lineage", LINEAGE)
        building.insert_rows(db, "lineage", LINEAGE, building.lineage_rows(supposed.lines))
        for name, fact in replaced.items():
            building.create_table(db, name, fact.columns)
            for batch in supposed.rows[fact]:
                building.insert_rows(db, name, fact.columns, pa.Table.from_batches([batch]))
        yield _Laid(under, db)


def _with_rows(store: Store, org_ids: Collection[int]) -> set[str]:
    keys = ",".join(str(int(key)) for key in org_ids)
    found = set()
    for name in set(catalogue.FACTS) & set(store.columns):
        ((count,),) = store.ask(f'SELECT count(*) FROM "{name}" WHERE org_id IN ({keys})')  # noqa: S608 - whole numbers
        if count:
            found.add(name)
    return found
