"""Rows in, figures out."""

from datetime import datetime
from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.lib.periods import TZ
from qinghe.systems.venues import indicators, services
from qinghe.systems.venues.models import Booking, Count
from tests.desk import build_facts

from .makers import (
    MONDAY,
    MORNING,
    Stretch,
    at,
    book,
    following,
    lay,
    make_open,
    make_venue,
    member,
)

pytestmark = pytest.mark.django_db
H1, H2 = periods.half_year(2022, 1), periods.half_year(2022, 2)
JUNE = datetime(2022, 6, 30, 9, tzinfo=TZ)  # a Thursday


@pytest.fixture
def scene(cast):
    """横岗 runs a home since June and opens a station in July; 坂田's youth home is shut on 6 July.

    On Monday somebody is on duty at the home from 9:10 to 11:00; 30 visitors were three, four got
    advice; one booking was used, one missed, one walked in.
    """
    home = make_open(cast, when=JUNE)
    make_open(cast, code="HG-02", name="横岗U站", kind="u_station", when=at(MONDAY, 9))
    youth = make_open(
        cast, code="BT-01", name="坂田青年之家", kind="youth_home", org=cast.bantian, when=JUNE
    )
    make_venue(cast, code="HG-03", name="筹备中的")
    services.suspend_venue(
        venue=youth, reason="装修", planned_until=None, at=at(following(2), 9), by=cast.lin
    )
    ming = member("M1", "晓明", cast.hongmian)
    shift = lay(cast, home, stretch=MORNING)
    services.take_shift(shift=shift, at=at(MONDAY, 8), by=ming)
    services.sign_on(shift=shift, at=at(MONDAY, 9, 10), by=ming)
    services.sign_off(shift=shift, at=at(MONDAY, 11), by=ming)
    room = home.rooms.get()
    used, missed = book(room, ming), book(room, ming, opens=10, closes=11)
    services.mark_used(booking=used, at=at(MONDAY, 10), by=cast.chen)
    services.mark_no_show(booking=missed, at=at(MONDAY, 11), by=cast.chen)
    new = services.NewBooking(room, MONDAY, Stretch(660, 720), 2, "自习")
    services.walk_in(new=new, at=at(MONDAY, 11), by=cast.chen)
    for kind, people in (("visit", 30), ("advice", 4)):
        count = services.NewCount(home, kind, people, kind)
        services.record_count(new=count, at=at(MONDAY, 10), by=cast.chen)
    services.correct_count(
        count=Count.objects.get(kind="visit"),
        takes=27,
        reason="多按一个0",
        at=at(following(1), 9),
        by=cast.chen,
    )
    services.log_days(at=at(following(5), 2))  # the night to Saturday
    return cast


FIGURES = {  # the district in the first and the second half-year, 横岗 and 坂田 in the second
    "VEN-01": ("2", "2", "2", "0"),
    "VEN-02": ("1", "1", "1", "0"),
    "VEN-03": ("0", "1", "1", "0"),
    "VEN-04": ("1", "0", "0", "0"),
    "VEN-05": ("70.0", "105.0", "70.0", "35.0"),
    # Thursday for two in June; Friday and five days for the home, five for the station, and
    # Friday, Monday and Tuesday for the youth home
    "VEN-06": ("14.0", "98.0", "77.0", "21.0"),
    "VEN-07": ("0.0", "1.8", "1.8", "0.0"),
    "VEN-08": ("0.00", "1.87", "2.38", "0.00"),
    "VEN-09": (None, "2", "2", "0"),
    "VEN-10": (None, "3", "3", "0"),
    "VEN-11": (None, "4", "4", "0"),
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


def test_used_rooms_lead_back_to_their_bookings(scene):
    traced = figures.trace(build_facts(), indicators.BOOKINGS, H2, scene.henggang.pk)

    assert traced.model == "venues.Booking"
    assert set(traced.ids) == set(Booking.objects.filter(state="used").values_list("pk", flat=True))
