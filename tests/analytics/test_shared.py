"""Facts that districts share: one folder, any number of districts, the house's own digits."""

import json
from datetime import date

import duckdb
import ibis
import pytest

from bench import _districts
from qinghe.analytics import catalogue, compiling, figures, formulas, shared, store
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.analytics.shared import contract, engines, gathered
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from tests.cast import NOW

from .ledger import H1, H2, INDICATORS, PEOPLE, SERVICE, TIMES, XIAOHONG, XIAOMING

NEXT_DOOR = 440306


@pytest.fixture
def house(served, cast):
    """A district with three services by two persons, counted."""
    served.lineage = orgs.lineage()
    served.serve(XIAOMING, at=cast.hongmian.pk, minutes=50)
    served.serve(XIAOHONG, at=cast.hongmian.pk, minutes=60)
    served.serve(XIAOMING, at=cast.xiangjiaotang.pk, minutes=70)
    served.enrol(XIAOMING, at=cast.hongmian.pk, on=date(2020, 1, 1))
    served.store().close()
    return served


@pytest.fixture
def folder(house, tmp_path):
    """The folder that the district shared its facts in."""
    shared.export(now=store.current(), into=tmp_path / "shared", at=NOW, by="test")
    return tmp_path / "shared"


def counted(folder, period=H1):
    with engines.started("duckdb") as engine:
        found = list(shared.figures_of(shared.opened(folder), engine, period))
    return {(row["code"], row["org"]): (row["value"], row["state"]) for row in found}


@pytest.mark.parametrize("period", [H1, H2], ids=str)
def test_the_folder_gives_the_figures_that_the_house_shows(folder, period):
    codes = dict(Org.objects.values_list("pk", "code"))
    shown = figures.compute(store.current(), INDICATORS, period)

    found = counted(folder, period)

    for code in shown:
        for org_id, exact in shown.column(code).items():
            value = None if exact is None else f"{exact:f}"
            assert found[code, codes[org_id]] == (value, shown.states[code][org_id].value)


def test_two_districts_add_up_in_the_city_the_province_and_the_country(folder):
    _districts.copy(folder, of=440307, to=NEXT_DOOR)

    found = counted(folder)

    assert found[TIMES.code, "440307"] == found[TIMES.code, "440306"] == ("3", "complete")
    for above in ("440300", "440000", "000000"):
        assert found[TIMES.code, above] == ("6", "complete")


def test_equal_keys_of_two_districts_are_two_persons(folder):
    _districts.copy(folder, of=440307, to=NEXT_DOOR)

    found = counted(folder)

    assert found[PEOPLE.code, "440307"][0] == "2"
    assert found[PEOPLE.code, "440300"][0] == "4"


def test_what_a_district_never_recorded_is_missing_there_and_counted_next_door(folder):
    manifest = _districts.copy(folder, of=440307, to=NEXT_DOOR)
    told = json.loads(manifest.read_text())
    told["facts"]["service"] |= {"rows": 0, "first": None, "last": None}
    told["files"] = {name: v for name, v in told["files"].items() if "service/" not in name}
    manifest.write_text(json.dumps(told))

    found = counted(folder)

    assert found[TIMES.code, "440306"] == (None, "missing")
    assert found[TIMES.code, "440307"] == ("3", "complete")
    assert found[TIMES.code, "440300"] == ("3", "complete")


def test_no_number_of_a_record_or_a_person_leaves_the_house(folder):
    rows = duckdb.sql(f"SELECT * FROM '{folder}/service/**/*.parquet'")

    assert "record_id" not in rows.columns
    assert {row[0] for row in rows.select("person_id").fetchall()} == {1, 2}
    assert {XIAOMING, XIAOHONG} & {1, 2} == set()


def test_a_key_that_says_none_stays_none():
    team = Fact(
        name="team",
        label="队",
        grain="one team",
        model="test.Team",
        columns={**REQUIRED, "community_id": "int64"},
        records=lambda: None,
    )
    with duckdb.connect() as db:
        db.execute(
            "CREATE TABLE team_as_kept AS SELECT * FROM (VALUES (3, 0, 440307), (3, 7, 440307)) v(org_id, community_id, district)"
        )
        sql = ibis.to_sql(gathered.qualified("team", {"org_id": "int64", "community_id": "int64"}))
        rows = db.execute(str(sql)).fetchall()

    assert contract.hidden(team.columns) == ("community_id",)
    assert [row[1] for row in rows] == [0, gathered.key_of(440307, 7)]


def test_a_second_export_takes_the_place_of_the_first(folder, house, cast):
    before = set(folder.rglob("*.parquet"))
    house.serve(XIAOHONG, at=cast.hongmian.pk, minutes=10)
    house.store().close()

    made = shared.export(now=store.current(), into=folder, at=NOW, by="test")

    after = set(folder.rglob("*.parquet"))
    assert counted(folder)[TIMES.code, "440307"][0] == "4"
    assert not before & after
    assert len(after) == made.files
    assert Entry.objects.filter(verb="analytics.export_facts").count() == 2


def test_a_folder_that_is_still_on_its_way_is_refused(folder):
    next(iter(folder.glob("service/**/*.parquet"))).write_bytes(b"half")

    with pytest.raises(Refused) as refused:
        shared.opened(folder)

    assert refused.value.code == "facts_incomplete"


def test_facts_of_another_declaration_are_refused(folder, monkeypatch):
    wider = Fact(
        name="service",
        label="服务",
        grain="one",
        model="volunteering.Attendance",
        columns={**SERVICE.columns, "weeks": "int64"},
        records=lambda: None,
    )
    monkeypatch.setitem(catalogue.FACTS, "service", wider)

    with pytest.raises(Refused) as refused:
        counted(folder)

    assert refused.value.code == "facts_outdated"


def test_a_district_without_a_division_code_cannot_be_told_from_others():
    with pytest.raises(Refused) as refused:
        contract.district_code("LG")

    assert refused.value.code == "no_division_code"


@pytest.mark.parametrize("dialect", ["duckdb", "pyspark"])
def test_the_tree_of_many_districts_can_be_asked_of_each_engine(dialect):
    assert "UNION ALL" in ibis.to_sql(
        gathered.lineage([gathered.key_of(440307, 1)]), dialect=dialect
    )


def test_spark_is_asked_for_each_organisation_once():
    assert "DISTINCT" not in compiling.orgs_sql(H1, "pyspark")


def test_no_distinct_of_the_declared_indicators_is_widened_for_spark():
    declared = [part for each in catalogue.INDICATORS.values() for part in catalogue.parts(each)]

    for question in formulas.questions(declared, H1):
        ours, theirs = (
            str(ibis.to_sql(question.expression, dialect=dialect)).replace('"', "`")
            for dialect in ("duckdb", "pyspark")
        )
        assert distinct_columns(ours) == distinct_columns(theirs)


def distinct_columns(sql):
    """Return what each DISTINCT of a query is over."""
    parts = sql.split("SELECT DISTINCT")[1:]
    return ["".join(part.split("FROM")[0].split()) for part in parts]
