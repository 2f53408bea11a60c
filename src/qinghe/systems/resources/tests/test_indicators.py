"""Rows in, figures out."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.lib.periods import TZ
from qinghe.systems.resources import indicators, services
from qinghe.systems.resources.models import Donation
from tests.cast import NOW
from tests.desk import build_facts

from .makers import build, give, make_drive, make_need, make_resource

pytestmark = pytest.mark.django_db
H1, H2 = periods.half_year(2022, 1), periods.half_year(2022, 2)
JUNE = datetime(2022, 6, 30, 9, tzinfo=TZ)


@pytest.fixture
def scene(cast):
    """横岗 is given 30 + 48 books and 5 toys, 坂田 30; one of two needs is met, 120 people served."""
    drive, toys = make_drive(cast, at=JUNE), make_drive(cast, item="玩具", at=JUNE)
    give(cast, drive, quantity=30, accepted=30, at=JUNE)
    give(cast, drive, quantity=50, accepted=48)
    give(cast, drive, quantity=30, accepted=30, org=cast.xiangjiaotang)
    give(cast, drive, quantity=99)  # still to be looked over
    give(cast, toys, quantity=5, accepted=5)
    build(cast, drive, at=JUNE)
    closed = build(cast, drive, name="旧图书室", at=JUNE)
    services.close_room(room=closed, reason="学校撤并", at=NOW, by=cast.lin)
    provider = services.take_in_provider(
        new=services.NewProvider("禾光印务", cast.henggang), at=NOW, by=cast.lin
    )
    assert provider.joined_on == date(2022, 7, 3)
    resource, need = make_resource(cast), make_need(cast)
    asked = services.ask_for(need=need, resource=resource, quantity=4, at=NOW, by=cast.zhou)
    services.agree(allocation=asked, at=NOW, by=cast.lin)
    services.deliver(allocation=asked, served=120, at=NOW, by=cast.lin)
    services.meet_need(need=need, at=NOW, by=cast.lin)
    make_need(cast)
    taken_back = make_need(cast)
    services.close_need(need=taken_back, reason="重复", at=NOW, by=cast.lin)
    return cast


# Before its first record there is no figure, not a 0.
FIGURES = {  # the district in the first and the second half-year, 横岗 and 坂田 in the second
    "VOL-10": ("30", "78", "48", "30"),
    "VOL-11": ("2", "1", "0", "0"),
    "RES-01": (None, "1", "1", "0"),
    "RES-02": (None, "1", "1", "0"),
    "RES-03": (None, "2", "0", "2"),
    "RES-04": (None, "1", "0", "1"),
    "RES-05": (None, "50.00", None, "50.00"),
    "RES-06": (None, "1", "0", "1"),
    "RES-07": (None, "120", "0", "120"),
}


def test_rows_become_figures(scene):
    store = build_facts()
    h1 = figures.compute(store, indicators.INDICATORS, H1)
    h2 = figures.compute(store, indicators.INDICATORS, H2)

    district, streets = scene.longgang.pk, (scene.henggang.pk, scene.bantian.pk)
    found = {
        code: (h1[code, district].value, *(h2[code, org].value for org in (district, *streets)))
        for code in FIGURES
    }
    assert found == {
        code: tuple(text if text is None else Decimal(text) for text in row)
        for code, row in FIGURES.items()
    }


def test_books_lead_back_to_their_donations(scene):
    traced = figures.trace(build_facts(), indicators.BOOKS, H2, scene.henggang.pk)

    counted = Donation.objects.filter(org=scene.hongmian, accepted=48)
    assert traced.model == "resources.Donation"
    assert traced.ids == [counted.get().pk]
