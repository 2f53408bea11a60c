"""An invented district of full size, written straight into a database: measures need rows, not tales.

The shape is that of the reference half-year: 3,100 organisations in a tree of four levels, 472,000
attendances at 27,000 sessions, 280,000 volunteers, 50,000 members, 5,000 cadres. `ten_times` reads
it as ten such districts over the same tree.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connections, models
from django.db.models import F

from qinghe.analytics import reading
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time
from qinghe.config import databases
from qinghe.kernel.orgs.queries import ALWAYS, FOREVER, Line
from qinghe.lib import periods

USING = "bench"
PERIOD = periods.half_year(2022, 1)
ORGS, STREETS, COMMUNITIES = 3_100, 11, 111
ROWS = {
    "Service": 472_000,
    "Session": 27_000,
    "Volunteer": 280_000,
    "Member": 50_000,
    "Cadre": 5_000,
}


class Place(models.Model):
    parent_id = models.BigIntegerField(null=True)
    path = models.CharField(max_length=80, unique=True)

    class Meta:
        app_label = "analytics"
        managed = False
        db_table = "place"


class Row(models.Model):
    """What all records share."""

    org = models.ForeignKey(Place, on_delete=models.PROTECT, db_constraint=False)
    day = models.DateField()

    class Meta:
        app_label = "analytics"
        abstract = True


class Service(Row):
    person_id = models.BigIntegerField()
    minutes = models.IntegerField()
    minor = models.BooleanField()

    class Meta(Row.Meta):
        managed = False
        db_table = "service"


class Session(Row):
    class Meta(Row.Meta):
        managed = False
        db_table = "session"


class Volunteer(Row):
    until = models.DateField()

    class Meta(Row.Meta):
        managed = False
        db_table = "volunteer"


class Member(Row):
    until = models.DateField()
    person_id = models.BigIntegerField()

    class Meta(Row.Meta):
        managed = False
        db_table = "member"


class Cadre(Row):
    until = models.DateField()
    full_time = models.BooleanField()

    class Meta(Row.Meta):
        managed = False
        db_table = "cadre"


MODELS = {model.__name__: model for model in (Service, Session, Volunteer, Member, Cadre)}


def _fact(model: type[Row], **measures: str) -> Fact:
    stock = {"until": "date"} if hasattr(model, "until") else {}
    return Fact(
        name=model.__name__.lower(),
        label=model.__name__,
        grain="one row",
        model=f"bench.{model.__name__}",
        columns={**REQUIRED, **stock, **measures},
        records=lambda: model.objects.using(USING).values(
            "org_id", "day", *stock, *measures, record_id=F("pk")
        ),
    )


SERVICE = _fact(Service, person_id="int64", minutes="int64", minor="boolean")
SESSION = _fact(Session)
VOLUNTEER = _fact(Volunteer)
MEMBER = _fact(Member, person_id="int64")
CADRE = _fact(Cadre, full_time="boolean")
FACTS = (SERVICE, SESSION, VOLUNTEER, MEMBER, CADRE)


def _count(code: str, over: Fact, **rest: object) -> Indicator:
    return Indicator(
        code=code, label=code, unit="", kind=Kind.COUNT, over=over, meaning=code, **rest
    )


def _of(code: str, kind: Kind, over: Fact, column: str, **rest: object) -> Indicator:
    return Indicator(
        code=code,
        label=code,
        unit="",
        kind=kind,
        over=over,
        meaning=code,
        of=lambda rows: rows[column],
        **rest,
    )


TIMES = _count("BEN-01", SERVICE)
HOURS = _of("BEN-02", Kind.SUM, SERVICE, "minutes", per=60, decimals=1)
MINOR_TIMES = _count("BEN-03", SERVICE, where=lambda rows: rows.minor)
MINOR_HOURS = _of("BEN-04", Kind.SUM, SERVICE, "minutes", per=60, where=lambda rows: rows.minor)
PEOPLE = _of("BEN-05", Kind.DISTINCT, SERVICE, "person_id")
MINORS = _of("BEN-06", Kind.DISTINCT, SERVICE, "person_id", where=lambda rows: rows.minor)
SESSIONS = _count("BEN-07", SESSION)
VOLUNTEERS = _count("BEN-08", VOLUNTEER, time=Time.STOCK)
NEW_VOLUNTEERS = _count("BEN-09", VOLUNTEER)
MEMBERS = _of("BEN-10", Kind.DISTINCT, MEMBER, "person_id", time=Time.STOCK)
CADRES = _count("BEN-11", CADRE, time=Time.STOCK)
FULL_TIME = _count("BEN-12", CADRE, time=Time.STOCK, where=lambda rows: rows.full_time)
RATIOS = tuple(
    Ratio(code=code, label=code, unit="", top=top, bottom=bottom, meaning=code, scale=scale)
    for code, top, bottom, scale in (
        ("BEN-13", PEOPLE, VOLUNTEERS, 100),
        ("BEN-14", HOURS, PEOPLE, 1),
        ("BEN-15", FULL_TIME, CADRES, 100),
        ("BEN-16", MINOR_TIMES, TIMES, 100),
    )
)
BASE = (
    TIMES, HOURS, MINOR_TIMES, MINOR_HOURS, PEOPLE, MINORS,
    SESSIONS, VOLUNTEERS, NEW_VOLUNTEERS, MEMBERS, CADRES, FULL_TIME,
)  # fmt: skip
INDICATORS = BASE + RATIOS


def parent_of(org_id: int) -> int | None:
    """Return where an organisation stands: the district is 1, then streets, communities, units."""
    if org_id == 1:
        return None
    if org_id <= 1 + STREETS:
        return 1
    if org_id <= 1 + STREETS + COMMUNITIES:
        return 2 + org_id % STREETS
    return 2 + STREETS + org_id % COMMUNITIES


def chain(org_id: int) -> list[int]:
    """Return an organisation and all above it, itself first."""
    above = [org_id]
    while (parent := parent_of(above[-1])) is not None:
        above.append(parent)
    return above


def lineage() -> list[Line]:
    """Return the tree as analytics wants it."""
    return [
        Line(ancestor_id=above, org_id=org_id, starts_on=ALWAYS, ends_on=FOREVER)
        for org_id in range(1, ORGS + 1)
        for above in chain(org_id)
    ]


@contextmanager
def district() -> Iterator[Path]:
    """Make the database in a folder that goes when the measure is taken."""
    with TemporaryDirectory(prefix="qinghe-bench-") as folder:
        path = Path(folder) / "bench.sqlite3"
        connections.databases[USING] = connections.configure_settings(
            {"default": {}, USING: databases.sqlite(path=path, test_path=path)}
        )[USING]
        try:
            _make()
            yield Path(folder)
        finally:
            connections[USING].close()
            del connections[USING]
            del connections.databases[USING]


source = partial(reading.open_database, using=USING)


@contextmanager
def ten_times(facts: Sequence[Fact]) -> Iterator[reading.Read]:
    """Read every row ten times, each time as another record of another person."""
    with source(facts) as read:

        def read_again(fact: Fact) -> Iterator[pa.RecordBatch]:
            for batch in read(fact):
                for again in range(10):
                    yield _shifted(batch, by=again * 10_000_000)

        yield read_again


def _shifted(batch: pa.RecordBatch, *, by: int) -> pa.RecordBatch:
    columns = {
        name: pc.add(column, by) if name in ("record_id", "person_id") else column
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    }
    return pa.RecordBatch.from_pydict(columns)


def _make() -> None:
    dice = random.Random(2022)
    with connections[USING].schema_editor() as editor:
        for model in (Place, *MODELS.values()):
            editor.create_model(model)
    Place.objects.using(USING).bulk_create(
        Place(pk=each, parent_id=parent_of(each), path="/".join(map(str, [*chain(each)[::-1], ""])))
        for each in range(1, ORGS + 1)
    )
    with connections[USING].cursor() as cursor:
        for name, rows in ROWS.items():
            table = MODELS[name]._meta.db_table
            columns = [field.column for field in MODELS[name]._meta.fields]
            cursor.execute("BEGIN")
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(columns)})"
                f" VALUES ({', '.join(['%s'] * len(columns))})",
                (_values(dice, columns, pk) for pk in range(1, rows + 1)),
            )
            cursor.execute("COMMIT")


def _values(dice: random.Random, columns: list[str], pk: int) -> list[object]:
    org_id = dice.randint(2 + STREETS, ORGS)
    day = date(2022, 1, 1) + timedelta(days=dice.randrange(181))
    made = {
        "id": pk,
        "org_id": org_id,
        "day": (day - timedelta(days=365 * (dice.random() < 0.8))).isoformat(),
        "until": "9999-12-31" if dice.random() < 0.95 else "2022-05-01",
        "person_id": int(dice.random() * dice.random() * 280_000),
        "minutes": dice.randint(60, 360),
        "minor": dice.random() < 0.5,
        "full_time": dice.random() < 0.2,
    }
    if "until" not in columns:
        made["day"] = day.isoformat()
    return [made[column] for column in columns]
