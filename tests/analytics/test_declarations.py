"""What may be declared, and that it can be asked of three engines."""

from dataclasses import replace

import ibis
import pytest

from qinghe.analytics import catalogue, checks, compiling, formulas
from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.facts import REQUIRED
from qinghe.analytics.indicators import Kind, Time
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from tests.cast import make_org

from .ledger import H1, HOURS, HOURS_EACH, INDICATORS, SERVICE, TIMES, nothing_declared


@pytest.fixture
def empty(monkeypatch):
    nothing_declared(monkeypatch)


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "pyspark"])
def test_every_indicator_can_be_asked_of_each_engine(dialect):
    declared = [
        part for each in catalogue.INDICATORS.values() for part in catalogue.parts(each)
    ] + [part for each in INDICATORS for part in catalogue.parts(each)]

    for question in formulas.questions(declared, H1):
        assert "SELECT" in ibis.to_sql(question.expression, dialect=dialect)
    for each in declared:
        records = formulas.records(each, H1)
        assert "record_id" in ibis.to_sql(records, dialect=dialect)


@pytest.mark.parametrize("period", [periods.month(2022, 2), periods.year(2021)])
def test_what_is_compiled_once_says_the_days_of_each_period(period):
    every = [*catalogue.INDICATORS.values(), *INDICATORS]
    declared = tuple(part for each in every for part in catalogue.parts(each))

    expected = [
        ibis.to_sql(question.expression, dialect="duckdb")
        for question in formulas.questions(declared, period)
    ]

    assert [one.sql for one in compiling.compiled(declared, period)] == expected
    alone = [compiling.total_sql(each, period) for each in declared]
    alone += [compiling.records_of_all_sql(each, period) for each in declared]
    assert not any("MAKE_DATE(1949" in sql for sql in (*alone, compiling.orgs_sql(period)))


def test_indicators_over_the_same_rows_are_asked_in_one_query():
    asked = formulas.questions([part for each in INDICATORS for part in catalogue.parts(each)], H1)

    assert sorted(len(question.indicators) for question in asked) == [1, 1, 1, 3, 6]


def test_a_fact_must_have_what_every_fact_has():
    with pytest.raises(ValueError, match="lacks"):
        replace(SERVICE, columns={"record_id": "int64", "day": "date"})
    with pytest.raises(ValueError, match="float64"):
        replace(SERVICE, columns={**REQUIRED, "hours": "float64"})
    with pytest.raises(ValueError, match="cannot name"):
        replace(SERVICE, name="lineage")


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "hours"},
        {"meaning": ""},
        {"per": 0},
        {"of": None},
        {"kind": Kind.COUNT},
        {"kind": Kind.RATIO},
        {"time": Time.STOCK},
        {"version": 0},
    ],
)
def test_an_indicator_that_cannot_be_right_is_not_accepted(wrong):
    with pytest.raises(ValueError, match=r"TST-02|hours"):
        replace(HOURS, **wrong)


@pytest.mark.usefixtures("empty")
def test_a_code_is_never_given_twice():
    catalogue.register(facts=[SERVICE], indicators=[TIMES, HOURS_EACH])

    assert catalogue.indicator("TST-01") is TIMES
    with pytest.raises(ValueError, match="declared twice"):
        catalogue.register(indicators=[replace(TIMES, label="另一个")])
    with pytest.raises(Refused, match="TST-99"):
        catalogue.indicator("TST-99")


@pytest.mark.usefixtures("empty")
def test_an_indicator_over_an_undeclared_fact_is_not_accepted():
    with pytest.raises(ValueError, match="no known fact"):
        catalogue.register(indicators=[HOURS_EACH])


@pytest.mark.django_db
def test_a_check_tells_how_many_records_fail_it_and_which_first():
    district = make_org("440307", "龙岗区", kind="district", level="district", parent=None)
    check = Check(
        code="test.all",
        label="所有组织",
        severity=Severity.WARNING,
        records=lambda: Org.objects.all(),
        model="orgs.Org",
        advice="",
    )

    assert checks.run(check) == checks.Finding(count=1, first=(district.pk,))
