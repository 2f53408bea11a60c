"""The facts of all districts of a folder as one store, whichever engine reads them.

What the folder keeps is made into the tables that every indicator knows, by Ibis expressions that
are the same for each engine: keys get their district's code in front, and the tree grows upwards,
from the districts to the cities, provinces and the country that their codes lie in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import ibis
import ibis.expr.types as ir
import numpy

from qinghe.analytics import formulas
from qinghe.analytics.facts import Fact
from qinghe.analytics.layout import LINEAGE
from qinghe.analytics.store import Loaded, Share, Whole, by_word, outdated

from . import contract
from .folder import District, Folder

DISTRICT = {"district": "int64"}  # a column that the path of a file tells


class Engine(Protocol):
    """What reads Parquet and answers SQL."""

    @property
    def dialect(self) -> str: ...

    def attach(
        self, name: str, *, folder: str, files: Sequence[str], columns: Mapping[str, str]
    ) -> None:
        """Make a table of files; an empty one of no files."""

    def define(self, name: str, sql: str) -> None:
        """Give a query a name."""

    def hold(self, name: str, sql: str) -> None:
        """Give a query a name and keep its rows: every question joins them."""

    def columns(self, sql: str) -> Mapping[str, numpy.ndarray]:
        """Run a query and return its columns."""


class Gathered:
    """A folder of shared facts behind one engine; `reckoning` counts it as it does a district."""

    def __init__(self, folder: Folder, engine: Engine, *, facts: Iterable[Fact]) -> None:
        self.folder = folder
        self.dialect = engine.dialect
        self.as_of = folder.as_of
        self.shares = shares(folder.districts)
        wanted = {fact.name: fact for fact in facts}
        self.columns = _columns(folder.districts, wanted)
        self._engine = engine
        self._attach("lineage", LINEAGE)
        self._attach("organisations", contract.ORGANISATIONS)
        tops = [key_of(each.code, each.top) for each in folder.districts]
        engine.hold("lineage", self._sql(lineage(tops)))
        engine.define(
            "organisations", self._sql(qualified("organisations", contract.ORGANISATIONS))
        )
        for name in self.columns:
            stored = contract.stored(wanted[name])
            self._attach(name, stored)
            engine.define(name, self._sql(qualified(name, stored)))

    def ask(self, sql: str) -> list[tuple[int, ...]]:
        """Run a query of whole numbers and return its rows."""
        columns = [column.tolist() for column in self._engine.columns(sql).values()]
        return list(zip(*columns, strict=True))

    def ask_by_word(self, sql: str) -> Iterator[tuple[str, Whole, list[Whole]]]:
        """Run a query of a word, an id and whole numbers, ordered by word."""
        return by_word(self._engine.columns(sql))

    def organisations(self) -> dict[int, tuple[int, str]]:
        """Return the code of the district and the own one of each organisation, by key.

        What lies above the districts is called by its division code.
        """
        asked = self._engine.columns(
            self._sql(
                ibis.table({**contract.ORGANISATIONS}, name="organisations")
                .select("org_id", "code")
                .order_by("org_id")
            )
        )
        ids, codes = asked.values()
        found = {
            int(key): (int(key) // contract.SPAN, str(code))
            for key, code in zip(ids.tolist(), codes.tolist(), strict=True)
        }
        above = {code for each in self.folder.districts for code in contract.tiers_above(each.code)}
        return found | {key_of(code, 0): (code, f"{code:06d}") for code in above}

    def _attach(self, name: str, columns: Mapping[str, str]) -> None:
        self._engine.attach(
            kept(name),
            folder=str(self.folder.path / name),
            files=self.folder.files_of(name),
            columns=columns,
        )

    def _sql(self, expression: ir.Table) -> str:
        return formulas.sql(expression, self.dialect)


def kept(name: str) -> str:
    """Return what a table is called as the files keep it, before its keys are the districts'."""
    return f"{name}_as_kept"


def key_of(district: int, key: int) -> int:
    """Return a district's own key as it is among those of all districts."""
    return district * contract.SPAN + key


def qualified(name: str, columns: Mapping[str, str]) -> ir.Table:
    """Return a table whose keys can be told apart from those of other districts; 0 stays none."""
    rows = ibis.table({**columns, **DISTRICT}, name=kept(name))
    keys = contract.keys(columns)
    return rows.select(
        **{column: _key(rows, column) if column in keys else rows[column] for column in columns}
    )


def lineage(tops: Sequence[int]) -> ir.Table:
    """Return the tree of all districts, and above each of them what its code lies in.

    Whatever counts towards a district counts towards what is above it, on the same days.
    """
    own = qualified("lineage", LINEAGE)
    rows = ibis.table({**LINEAGE, **DISTRICT}, name=kept("lineage"))
    of_tops = rows.filter(_key(rows, "ancestor_id").isin(list(tops)))
    trees = [own]
    for size in contract.TIERS:
        code = of_tops.district - of_tops.district % size
        trees.append(
            of_tops.filter(code != of_tops.district).select(
                ancestor_id=(code * contract.SPAN).cast("int64"),
                org_id=_key(of_tops, "org_id"),
                starts_on=of_tops.starts_on,
                ends_on=of_tops.ends_on,
            )
        )
    return ibis.union(*trees)


def shares(districts: Sequence[District]) -> tuple[Share, ...]:
    """Return what each district has of each fact, and each thing above: the earliest of its own."""
    below: dict[int, list[District]] = {}
    for district in districts:
        for code in (district.code, *contract.tiers_above(district.code)):
            below.setdefault(code, []).append(district)
    return tuple(
        Share(key_of(code, 0), _together([each.loaded for each in below[code]]))
        for code in sorted(below)
    )


def _together(loaded: Sequence[Mapping[str, Loaded]]) -> dict[str, Loaded]:
    found: dict[str, Loaded] = {}
    for each in loaded:
        for name, more in each.items():
            known = found.get(name, Loaded(0, None, None))
            found[name] = Loaded(
                rows=known.rows + more.rows,
                first_day=min(filter(None, (known.first_day, more.first_day)), default=None),
                last_day=max(filter(None, (known.last_day, more.last_day)), default=None),
            )
    return found


def _columns(districts: Sequence[District], facts: Mapping[str, Fact]) -> dict[str, dict[str, str]]:
    """Return the facts that every district shared as they are declared here.

    Raises Refused: facts_outdated.
    """
    for name, fact in facts.items():
        if any(each.columns.get(name) != contract.stored(fact) for each in districts):
            raise outdated()
    return {name: dict(fact.columns) for name, fact in facts.items()}


def _key(rows: ir.Table, column: str) -> ir.IntegerValue:
    local = rows[column]
    return (local > 0).ifelse(rows.district * contract.SPAN + local, local)
