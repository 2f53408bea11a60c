"""Facts out of the database: two roads, the same rows."""

from datetime import UTC, date, datetime, timedelta

import adbc_driver_manager.dbapi as adbc
import pytest
from django.db.models import BooleanField, Case, DateField, F, IntegerField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, TruncDate

from qinghe.analytics import building, reading, rebuild, store
from qinghe.analytics.facts import REQUIRED, Fact, LocalDay
from qinghe.analytics.reading import Unfit
from qinghe.kernel.files.models import File
from qinghe.kernel.orgs.models import Org
from tests import alone
from tests import cast as everyone


@pytest.fixture(autouse=True)
def alone_with_the_file():
    alone.close_others()


STILL = Value(date(9999, 12, 31), output_field=DateField())
ORG = Fact(
    name="org",
    label="组织",
    grain="one organisation",
    model="orgs.Org",
    columns={**REQUIRED, "until": "date", "kind": "string", "under": "int64", "area": "boolean"},
    records=lambda: Org.objects.values(
        "kind",
        record_id=F("pk"),
        org_id=F("pk"),
        day=F("opened_on"),
        until=Coalesce(F("closed_on"), STILL),
        under=Coalesce(F("parent__id"), 0),
        area=Case(
            When(kind__in=["district", "street"], opened_on__gt=date(1999, 1, 1), then=True),
            default=False,
            output_field=BooleanField(),
        ),
    ),
)
NONE = Fact(
    name="none",
    label="无",
    grain="nothing",
    model="orgs.Org",
    columns=REQUIRED,
    records=lambda: Org.objects.none().values(
        record_id=F("pk"), org_id=F("pk"), day=F("opened_on")
    ),
)


def keep(number: int = 1, *, at: datetime = everyone.NOW) -> File:
    """Enter a kept file: a plain row with a moment, numbers and texts."""
    return File.objects.create(
        sha256=f"{number}",
        name="2",
        size=number,
        media_type="",
        stored_as=f"{number}",
        at=at,
        by="1",
    )


def files(**measures: tuple[str, object]) -> Fact:
    """Return a fact over kept files, with measures of a type and an expression."""
    return Fact(
        name="file",
        label="文件",
        grain="one file",
        model="files.File",
        columns={**REQUIRED, **{name: kind for name, (kind, _) in measures.items()}},
        records=lambda: File.objects.values(
            record_id=F("pk"),
            org_id=Value(1),
            **{"day": LocalDay("at"), **{name: said for name, (_, said) in measures.items()}},
        ),
    )


def read_by_adbc(fact: Fact) -> list[dict]:
    with reading.through_adbc([fact]) as read:
        return [row for batch in read(fact) for row in batch.to_pylist()]


@pytest.mark.django_db(transaction=True)
def test_both_roads_give_the_same_rows(tmp_path):
    everyone.make_cast()
    facts = [ORG, NONE]

    found = {}
    for way, source in {
        "adbc": reading.open_database,
        "django": lambda _facts: reading.through_django(),
    }.items():
        built = building.build(
            facts=facts,
            lineage=rebuild._lineage(),
            at=everyone.NOW,
            folder=tmp_path / way,
            source=source,
        )
        opened = store.Store(built.path)
        found[way] = [opened.ask(f"SELECT * FROM {fact.name} ORDER BY 1") for fact in facts]
        found[way].append(opened.ask("SELECT * FROM lineage ORDER BY ALL"))
        opened.close()

    assert found["adbc"] == found["django"]
    assert len(found["adbc"][0]) == Org.objects.count() == 6
    assert found["adbc"][0][0][2:6] == (date(2010, 1, 1), date(9999, 12, 31), "district", 0)
    assert [row[6] for row in found["adbc"][0]].count(True) == 3


@pytest.mark.django_db
def test_rows_of_an_open_transaction_are_counted_too(tmp_path):
    everyone.make_cast()

    with reading.open_database([ORG]) as read:
        rows = [row for batch in read(ORG) for row in batch.to_pylist()]

    assert len(rows) == 6


@pytest.mark.django_db(transaction=True)
def test_half_past_midnight_on_1_july_is_of_the_second_half():
    moment = datetime(2022, 6, 30, 16, 30, tzinfo=UTC)  # 00:30 on 1 July in 龙岗
    keep(1, at=moment)
    keep(2, at=moment - timedelta(hours=1))
    fact = files()

    days = sorted(str(row["day"]) for row in read_by_adbc(fact))
    with reading.through_django() as read:
        same = sorted(str(row["day"]) for batch in read(fact) for row in batch.to_pylist())

    assert days == same == ["2022-06-30", "2022-07-01"]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_day_that_only_djangos_connection_can_tell_is_refused_with_the_way_out():
    with pytest.raises(Unfit, match="LocalDay"):
        read_by_adbc(files(day=("date", TruncDate("at"))))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("kind", "said"),
    [("string", F("size")), ("int64", F("name")), ("date", F("size")), ("boolean", F("by"))],
)
def test_a_column_of_another_type_than_declared_is_refused(kind, said):
    keep()

    with pytest.raises(Unfit, match="declares measure"):
        read_by_adbc(files(measure=(kind, said)))


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("late", ["'x'", "1.5"])
def test_a_type_that_changes_late_is_an_error_not_a_wrong_number(monkeypatch, late):
    monkeypatch.setattr(reading, "BATCH", 2)
    for number in range(5):
        keep(number)
    said = RawSQL(f"CASE WHEN size < 4 THEN size ELSE {late} END", (), IntegerField())

    with pytest.raises(Unfit, match="file"):
        read_by_adbc(files(measure=("int64", said)))


@pytest.mark.django_db(transaction=True)
def test_columns_of_other_names_are_refused_on_both_roads():
    everyone.make_cast()
    fact = Fact(
        name="org",
        label="",
        grain="",
        model="orgs.Org",
        columns={**REQUIRED, "kind": "string"},
        records=lambda: Org.objects.values(record_id=F("pk"), org_id=F("pk"), day=F("opened_on")),
    )

    with pytest.raises(Unfit, match="kind"):
        read_by_adbc(fact)
    with reading.through_django() as read, pytest.raises(Unfit, match="kind"):
        list(read(fact))


@pytest.mark.django_db(transaction=True)
def test_the_second_driver_only_reads_and_django_writes_again_after_it():
    fact = files()
    with (
        reading._cursors("default") as open_cursor,
        open_cursor() as cursor,
        pytest.raises(adbc.Error, match=r"readonly|read-only"),
    ):
        cursor.execute("DELETE FROM files_file")

    keep()

    assert len(read_by_adbc(fact)) == File.objects.count() == 1
