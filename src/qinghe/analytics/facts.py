"""What a system tells analytics: flat rows, one grain each."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, Func, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Rows: TypeAlias = "QuerySet[Model, dict[str, object]]"

REQUIRED = MappingProxyType({"record_id": "int64", "org_id": "int64", "day": "date"})
TYPES = ("int64", "date", "string", "boolean")  # nothing that is counted may be a float
STILL = "9999-12-31"  # the `until` of a stock row that has not ended
RESERVED = ("lineage", "loaded", "meta")


@dataclass(frozen=True)
class Fact:
    """One grain of flat rows: `record_id`, `org_id`, `day`, then measures and slices.

    `day` is the local day on which the row counts. A stock fact (members, organisations) adds
    `until`, the first day on which the row no longer holds; `9999-12-31` says "still so". A row
    that tells of a span of days (a half-year's return) adds `since`, its first day; `day` is then
    its last, and it counts only in periods that hold the whole span.

    `records` gives a `.values(**named)` queryset whose keys are exactly the columns, without NULLs:
    a driver guesses a column's type from its first rows, so what may be absent is wrapped in
    `Coalesce`. Facts keep the organisation of the day, not the organisation of now.

    `within` names the fact whose records these are some of (the findings, for those that are late):
    where that one has records and this one none, there are 0 and not "no data".
    """

    name: str
    label: str
    grain: str
    model: str
    columns: Mapping[str, str] = field(compare=False)
    records: Callable[[], Rows]
    within: "Fact | None" = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name) or self.name in RESERVED:
            raise ValueError(f"{self.name!r} cannot name a fact")
        lacking = REQUIRED.items() - self.columns.items()
        if lacking:
            raise ValueError(f"fact {self.name} lacks {sorted(lacking)}")
        unknown = set(self.columns.values()) - set(TYPES)
        if unknown:
            raise ValueError(f"fact {self.name} has columns of type {sorted(unknown)}")
        for name in ("since", "until"):
            if self.columns.get(name, "date") != "date":
                raise ValueError(f"fact {self.name} must give {name} as a date")
        object.__setattr__(self, "columns", MappingProxyType(dict(self.columns)))

    @property
    def is_stock(self) -> bool:
        """Test if the rows last from a day until another, and so can be stood up at a day."""
        return "until" in self.columns

    @property
    def is_spanning(self) -> bool:
        """Test if a row tells of a span of days, and not of one day."""
        return "since" in self.columns


class LocalDay(Func):
    """The local day of a moment, in SQL that a second driver can run too.

    Django's own `TruncDate` calls a Python function on SQLite, which only Django's connection
    knows. Asia/Shanghai has stood at +08:00 since 1991, so the shift is a constant.
    """

    template = "date(%(expressions)s, '+8 hours')"
    output_field = DateField()
    arity = 1

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Sequence[object]]:
        """Return the same for PostgreSQL."""
        return self.as_sql(
            compiler,
            connection,
            template="((%(expressions)s) AT TIME ZONE 'Asia/Shanghai')::date",
        )
