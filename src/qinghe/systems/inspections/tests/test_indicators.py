"""Rows in, figures out."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import catalogue, checks, figures
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.systems.inspections import facts, indicators, services
from qinghe.systems.inspections.models import Finding, Visit
from tests.cast import NOW
from tests.desk import build_facts

from .makers import guide, inspect, make_federation, make_point, on, rectify

pytestmark = pytest.mark.django_db
H1, H2 = periods.half_year(2022, 1), periods.half_year(2022, 2)


@pytest.fixture
def scene(cast, yan, hong):
    """Two points of 红棉, one twice; one of 坂田; three findings, of which one is closed in July."""
    early = on(1, 4)
    first = make_point(cast, at=early)
    second = make_point(cast, code="HG-002", at=early)
    beside = make_point(cast, code="BT-001", org=cast.xiangjiaotang, at=early)
    closed = make_point(cast, code="HG-003", at=early)
    services.close_point(
        point=closed, closed_on=date(2022, 6, 1), reason="拆迁", at=on(6, 1), by=cast.lin
    )
    inspect(first, by=yan, fails=1, at=on(6, 1))
    inspect(first, by=yan, at=on(6, 30))
    inspect(second, by=yan, fails=2, at=on(6, 2))
    inspect(beside, by=yan, at=on(6, 30, hour=0))
    voided = inspect(make_point(cast, code="HG-004", at=early), by=yan, fails=1, at=on(6, 3))
    services.void_visit(visit=voided, reason="走错", at=on(6, 3), by=cast.lin)
    services.begin_visit(point=beside, at=on(6, 20), by=cast.lin)  # a draft
    finding = Finding.objects.order_by("pk")[0]  # due on 6月9日
    rectify(finding, by=hong, at=on(6, 8))
    services.pass_finding(finding=finding, at=on(7, 1), by=yan)
    federation = make_federation(cast)
    make_federation(cast, street=cast.bantian, code="F2")
    guide(federation, by=cast.lin, day=date(2022, 5, 4))
    guide(federation, by=cast.lin, day=date(2022, 6, 4))
    guide(make_federation(cast, street=cast.longgang, code="F3", level="district"), by=cast.lin)
    new = services.NewExchange(cast.longgang, "南山区义工联", "南山区", date(2022, 6, 4), "点位", 9)
    services.record_exchange(new=new, at=NOW, by=cast.lin)
    return cast


FIGURES = {  # the district in the first and second half-year, 横岗 and 坂田 in the first
    "INS-01": ("3", "0", "2", "1"),
    "INS-02": ("4", "0", "3", "1"),
    "INS-03": ("2", "0", "1", "1"),
    "INS-04": ("50.00", None, "33.33", "100.00"),
    "INS-05": ("3", "0", "3", "0"),
    "INS-06": ("0", "1", "0", "0"),  # where findings are kept, none that is closed is 0
    "INS-07": ("3", "2", "3", "0"),
    "INS-08": ("3", "2", "3", "0"),
    "INS-09": ("1", "0", "1", "0"),
    "INS-10": ("3", "0", "2", "0"),
    "INS-11": ("1", "0", "0", "0"),
    "INS-12": ("4", "4", "3", "1"),
}


def test_rows_become_figures(scene):
    store = build_facts()
    h1 = figures.compute(store, indicators.INDICATORS, H1)
    h2 = figures.compute(store, indicators.INDICATORS, H2)

    district, streets = scene.longgang.pk, (scene.henggang.pk, scene.bantian.pk)
    found = {
        code: (
            h1[code, district].value,
            h2[code, district].value,
            *(h1[code, org].value for org in streets),
        )
        for code in FIGURES
    }
    assert {code: tuple(_rounded(value) for value in row) for code, row in found.items()} == {
        code: tuple(text if text is None else Decimal(text) for text in row)
        for code, row in FIGURES.items()
    }


def _rounded(value):
    return value if value is None else round(value, 2)


def test_a_point_leads_back_to_its_visits(scene):
    traced = figures.trace(build_facts(), indicators.POINTS_VISITED, H1, scene.hongmian.pk)

    counted = Visit.objects.filter(state="submitted", org=scene.hongmian)
    assert traced.model == "inspections.Visit"
    assert set(traced.ids) <= set(counted.values_list("pk", flat=True))
    assert traced.ids


def test_the_code_is_taken_over_from_what_was_reported():
    newest, *before = catalogue.readings("INS-01")

    assert newest == indicators.POINTS_VISITED
    assert [(one.version, one.is_reported) for one in before] == [(1, True)]


def test_what_nobody_owns_is_found(scene):
    assert [checks.run(one).count for one in facts.CHECKS] == [0, 0]
    Org.objects.filter(pk=scene.hongmian.pk).update(closed_on=date(2022, 6, 30))

    assert [checks.run(one).count for one in facts.CHECKS] == [2, 3]
