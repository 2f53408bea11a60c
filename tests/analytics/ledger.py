"""A small invented system to count: rows are given as they are, the tree by hand or by services."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from qinghe.analytics import building, catalogue, figures, store
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.analytics.figures import Figure, Figures
from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time
from qinghe.analytics.reading import ARROW
from qinghe.kernel.orgs.queries import ALWAYS, FOREVER, Line
from qinghe.lib import periods

AFTER = datetime(2022, 7, 3, 4, 0, tzinfo=UTC)
H1 = periods.half_year(2022, 1)
H2 = periods.half_year(2022, 2)

DISTRICT, HENGGANG, BANTIAN, HONGMIAN, XIANGJIAOTANG = 1, 2, 3, 4, 5
PARENTS = {
    DISTRICT: None,
    HENGGANG: DISTRICT,
    BANTIAN: DISTRICT,
    HONGMIAN: HENGGANG,
    XIANGJIAOTANG: BANTIAN,
}
XIAOMING, XIAOHONG = 101, 102

SERVICE = Fact(
    name="service",
    label="服务",
    grain="one attendance",
    model="volunteering.Attendance",
    columns={**REQUIRED, "person_id": "int64", "minutes": "int64", "kind": "string"},
    records=lambda: None,
)
ROLL = Fact(
    name="roll",
    label="名册",
    grain="one membership",
    model="people.Membership",
    columns={**REQUIRED, "until": "date", "person_id": "int64"},
    records=lambda: None,
)

TIMES = Indicator(
    code="TST-01", label="人次", unit="人次", kind=Kind.COUNT, over=SERVICE, meaning="all"
)
HOURS = Indicator(
    code="TST-02",
    label="时长",
    unit="小时",
    kind=Kind.SUM,
    over=SERVICE,
    of=lambda row: row.minutes,
    per=60,
    decimals=1,
    meaning="effective minutes, in hours",
)
PEOPLE = Indicator(
    code="TST-03",
    label="人数",
    unit="人",
    kind=Kind.DISTINCT,
    over=SERVICE,
    of=lambda row: row.person_id,
    meaning="each person once",
)
LONG_SERVERS = Indicator(
    code="TST-04",
    label="长时服务人数",
    unit="人",
    kind=Kind.DISTINCT,
    over=SERVICE,
    of=lambda row: row.person_id,
    where=lambda row: row.minutes >= 60,
    meaning="each person who once served an hour or more",
)
DOOR_TIMES = Indicator(
    code="TST-05",
    label="门岗人次",
    unit="人次",
    kind=Kind.COUNT,
    over=SERVICE,
    where=lambda row: row.kind == "门岗",
    meaning="those at a door",
)
MEMBERS = Indicator(
    code="TST-06",
    label="团员数",
    unit="人",
    kind=Kind.COUNT,
    over=ROLL,
    time=Time.STOCK,
    meaning="on the roll at the period's end",
)
JOINED = Indicator(
    code="TST-07", label="新入团", unit="人", kind=Kind.COUNT, over=ROLL, meaning="entered"
)
HOURS_EACH = Ratio(
    code="TST-08",
    label="人均时长",
    unit="小时",
    top=HOURS,
    bottom=PEOPLE,
    scale=1,
    meaning="hours over persons",
)
DOOR_SHARE = Ratio(
    code="TST-09", label="门岗占比", unit="%", top=DOOR_TIMES, bottom=TIMES, meaning="share"
)
KINDS = Indicator(
    code="TST-10",
    label="岗位种类",
    unit="种",
    kind=Kind.DISTINCT,
    over=SERVICE,
    of=lambda row: row.kind,
    meaning="kinds of posts",
)
INDICATORS = (
    TIMES, HOURS, PEOPLE, LONG_SERVERS, DOOR_TIMES, MEMBERS, JOINED, HOURS_EACH, DOOR_SHARE, KINDS,
)  # fmt: skip


def nothing_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty the catalogue for one test."""
    for name in ("FACTS", "INDICATORS", "OLDER", "CHECKS"):
        monkeypatch.setattr(catalogue, name, {})
    monkeypatch.setattr(catalogue, "SOURCES", [])


def lines_of(parents: dict[int, int | None]) -> list[Line]:
    """Return the lineage of a tree that never changes."""
    return [
        Line(above, org_id, ALWAYS, FOREVER)
        for org_id in parents
        for above in chain(org_id, parents)
    ]


def chain(org_id: int | None, parents: dict[int, int | None]) -> list[int]:
    """Return an organisation and all above it."""
    above = []
    while org_id is not None:
        above.append(org_id)
        org_id = parents[org_id]
    return above


@dataclass
class Ledger:
    """What happened, and the tree it happened in."""

    folder: Path
    lineage: list[Line] = field(default_factory=lambda: lines_of(PARENTS))
    services: list[dict] = field(default_factory=list)
    rolls: list[dict] = field(default_factory=list)
    at: datetime = AFTER

    def serve(
        self,
        person_id: int,
        *,
        at: int,
        minutes: int = 60,
        on: date = date(2022, 3, 5),
        kind: str = "巡河",
    ) -> int:
        """Note one service."""
        self.services.append(
            {
                "record_id": len(self.services) + 1,
                "org_id": at,
                "day": on,
                "person_id": person_id,
                "minutes": minutes,
                "kind": kind,
            }
        )
        return len(self.services)

    def enrol(self, person_id: int, *, at: int, on: date, until: date = FOREVER) -> None:
        """Note one membership."""
        self.rolls.append(
            {
                "record_id": len(self.rolls) + 1,
                "org_id": at,
                "day": on,
                "until": until,
                "person_id": person_id,
            }
        )

    def store(self) -> store.Store:
        """Build the facts and open them."""
        built = building.build(
            facts=(SERVICE, ROLL),
            lineage=self.lineage,
            at=self.at,
            folder=self.folder,
            source=self._source,
        )
        return store.Store(built.path)

    def figures(self, *indicators: Indicator | Ratio, period: periods.Period = H1) -> Figures:
        """Count."""
        return figures.compute(self.store(), indicators or INDICATORS, period)

    def figure(
        self, indicator: Indicator | Ratio, org_id: int, *, period: periods.Period = H1
    ) -> Figure:
        """Count one thing in one place."""
        return self.figures(indicator, period=period)[indicator.code, org_id]

    def exact(
        self, indicator: Indicator | Ratio, org_id: int, *, period: periods.Period = H1
    ) -> Decimal | None:
        """Count one thing in one place, unrounded."""
        return self.figure(indicator, org_id, period=period).exact

    @contextmanager
    def _source(self, _facts: Iterable[Fact]) -> Iterator:
        rows = {"service": self.services, "roll": self.rolls}

        def read(fact: Fact) -> Iterator[pa.RecordBatch]:
            schema = pa.schema([(name, ARROW[kind]) for name, kind in fact.columns.items()])
            yield pa.RecordBatch.from_pylist(rows[fact.name], schema=schema)

        yield read
