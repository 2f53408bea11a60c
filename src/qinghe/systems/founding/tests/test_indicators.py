"""Rows in, figures out."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import catalogue, figures
from qinghe.lib import periods
from qinghe.systems.founding import indicators, services
from qinghe.systems.founding.models import Application, Target
from tests.cast import NOW, make_org
from tests.desk import build_facts

from .makers import make_application, make_target, make_unit, on

pytestmark = pytest.mark.django_db
H1, H2 = periods.half_year(2022, 1), periods.half_year(2022, 2)


@pytest.fixture
def scene(cast):
    """横岗 is to found 5 (3 of them in 红棉), 坂田 3; two were founded in March and one in July."""
    target = make_target(cast, number=9)
    told = {cast.henggang: 5, cast.bantian: 3}
    services.share_by_hand(target=target, numbers=told, reason="议定", at=NOW, by=cast.lin)
    street = Target.objects.get(org=cast.henggang)
    services.share_by_hand(
        target=street, numbers={cast.hongmian: 3}, reason="议定", at=NOW, by=cast.chen
    )
    for number, opened in enumerate([date(2022, 3, 1), date(2022, 3, 2), date(2021, 12, 31)]):
        make_org(
            f"LX-{number}", f"新{number}团支部", kind="branch", level="unit",
            parent=cast.hongmian, opened_on=opened, new_org_kind="nonpublic_enterprise",
        )  # fmt: skip
    for name in ("甲项", "乙项", "丙项"):
        services.set_hundred(new=services.NewHundred(2022, name), at=NOW, by=cast.lin)
    dropped = services.set_hundred(new=services.NewHundred(2022, "丁项"), at=NOW, by=cast.lin)
    services.drop_hundred(hundred=dropped, reason="文件没有", at=NOW, by=cast.lin)
    founded, waiting, _ = (make_unit(cast, number=number + 1, at=on(1)) for number in range(3))
    asked = make_application(cast, founded, at=on(1))
    services.agree(application=asked, at=on(4), by=cast.wen)
    Application.objects.update(street_by=on(1).date(), due_on=on(2).date())
    services.approve(application=asked, secretary=None, at=on(5), by=cast.lin)
    make_application(cast, waiting)
    return cast


FIGURES = {  # the district in the first and the second half-year; 横岗, 红棉 and 坂田 in the second
    "TGT-01": ("3", "3", "0", "0", "0"),
    "TGT-02": ("8", "8", "5", "3", "3"),
    "FND-04": ("2", "3", "2", "2", "1"),
    "FND-01": ("25.00", "37.50", "40.00", "66.67", "33.33"),
    "FND-02": (None, "2", "0", "0", "2"),
    "FND-03": (None, "1", "0", "0", "1"),
    "FND-05": (None, "1", "0", "0", "1"),
}


def test_rows_become_figures(scene):
    store = build_facts()
    h1 = figures.compute(store, indicators.INDICATORS, H1)
    h2 = figures.compute(store, indicators.INDICATORS, H2)

    lower = (scene.henggang.pk, scene.hongmian.pk, scene.bantian.pk)
    found = {
        code: (
            h1[code, scene.longgang.pk].value,
            *(h2[code, org].value for org in (scene.longgang.pk, *lower)),
        )
        for code in FIGURES
    }
    assert found == {
        code: tuple(text if text is None else Decimal(text) for text in row)
        for code, row in FIGURES.items()
    }


def test_what_is_founded_in_the_year_is_what_the_directory_calls_new(scene):
    new = catalogue.INDICATORS["DIR-01"]

    found = figures.compute(build_facts(), [new, indicators.FOUNDED_SO_FAR], H1)

    places = (scene.longgang.pk, scene.hongmian.pk, scene.bantian.pk)
    assert [found["DIR-01", org].value for org in places] == [
        found["FND-04", org].value for org in places
    ]


def test_a_target_leads_back_to_its_shares(scene):
    traced = figures.trace(build_facts(), indicators.TARGETS, H1, scene.longgang.pk)

    handed = Target.objects.filter(parent__isnull=False)
    assert traced.model == "founding.Target"
    assert traced.ids == sorted(handed.values_list("pk", flat=True))
