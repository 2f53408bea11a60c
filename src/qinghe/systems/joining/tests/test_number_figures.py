"""Quotas and used numbers become the figures of the report (F025, F026, T-28)."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.systems.joining import services
from qinghe.systems.joining.indicators import numbers as indicators
from qinghe.systems.joining.models import Quota
from tests.cast import NOW, make_wider_cast
from tests.desk import build_facts
from tests.kept import kept

from .number_makers import NEXT_YEAR, SOCIETY, enter, hand, pupil, quota, reserve

pytestmark = pytest.mark.django_db
YEAR = periods.year(2022)


@kept
def scene():
    """Twenty for schools, ten for society; the school has eight and used two of them."""
    cast = make_wider_cast()
    enter(cast, size=20)
    enter(cast, size=10, first=202299000001, sector="society")
    hand(cast, cast.henggang, 12)
    hand(cast, cast.school, 8, giver=cast.henggang, by=cast.chen)
    hand(cast, cast.bantian, 5)
    services.take_back(quota=quota(cast.bantian), amount=2, reason="调剂", at=NOW, by=cast.lin)
    hand(cast, cast.henggang, 4, kept=SOCIETY)
    for number in range(3):
        someone = pupil(number)
        reserve(cast, someone)
        if number:
            services.use_number(person=someone, joined_on=date(2022, 7, 1), at=NOW, by=cast.luo)
    services.return_numbers(quota=quota(cast.school), at=NEXT_YEAR, by=cast.tang)
    return cast


FIGURES = {  # the district, 横岗, the school, 坂田
    "AFF-02": ("15", "12", "0", "3"),  # once, at whom the district gave it to
    "AFF-03": ("4", "4", "0", "0"),
    "JON-02": ("30", "16", "8", "3"),
    "JON-03": ("2", "2", "2", "0"),
    "JON-01": ("6.67", "12.50", "25.00", "0.00"),
}


@pytest.mark.parametrize("period", [YEAR, periods.half_year(2022, 1)])
def test_quotas_are_those_of_the_year(scene, period):  # G-58
    computed = figures.compute(build_facts(), indicators.INDICATORS, period)

    places = (scene.longgang, scene.henggang, scene.school, scene.bantian)
    found = {code: tuple(computed[code, org.pk].value for org in places) for code in FIGURES}
    assert found == {code: tuple(map(Decimal, row)) for code, row in FIGURES.items()}


def test_what_was_handed_down_leads_back_to_its_quotas(scene):
    traced = figures.trace(build_facts(), indicators.SCHOOL_NUMBERS, YEAR, scene.longgang.pk)

    given = Quota.objects.filter(giver=scene.longgang, sector="school")
    assert traced.model == "joining.Quota"
    assert sorted(traced.ids) == sorted(given.values_list("pk", flat=True))
