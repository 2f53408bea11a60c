"""How much was written down by hand, held, found and disputed (VOL-60 … VOL-69)."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import checks, figures
from qinghe.kernel.access.actors import Role
from qinghe.lib import periods
from qinghe.systems.volunteering import facts, indicators, models, queries
from tests.cast import with_role

from .hour_makers import close, hold
from .makers import at, build_facts, make_session, serve

pytestmark = pytest.mark.django_db
H1 = periods.half_year(2022, 1)


@pytest.fixture
def scene(cast, ming, hua):
    """In 横岗 100 minutes scanned, 50 by a sheet, 30 late; in 坂田 60 held of 180, two disputes."""
    home, away = make_session("CC1", org=cast.hongmian), make_session("CC2", org=cast.xiangjiaotang)
    for place, (how, minutes) in enumerate([("scan", 100), ("sheet", 50), ("late", 30)]):
        where = home if place == 0 else make_session(f"CC1{place}", org=cast.hongmian)
        models.Attendance.objects.create(
            session=where, volunteer=ming, how=how, minutes=minutes, state="effective"
        )
    serve(hua, session=away, came=at(9), left=at(11), by=cast.lin)
    late = make_session("CC3", org=cast.xiangjiaotang, starts_at=at(14))
    record = serve(hua, session=late, came=at(14), left=at(15), by=cast.lin)
    hold(record)
    for answered in (at(9, day=10), at(9, day=12), None):
        models.HoursDispute.objects.create(
            kind="missing", volunteer=hua, org=cast.xiangjiaotang, served_on=at(0).date(), words="x",
            asked_at=at(9), due_on=date(2022, 5, 11), state="explained" if answered else "open",
            answer="y" if answered else "", answered_at=answered,
            answered_by_id=cast.lin.person_id if answered else None,
        )  # fmt: skip
    return cast


@pytest.mark.parametrize(
    ("code", "longgang", "henggang", "bantian", "huale"),
    [
        ("VOL-04", "5.0", "3.0", "2.0", "0.0"),
        ("VOL-60", "0.5", "0.5", "0.0", "0.0"),
        ("VOL-61", "1.3", "1.3", "0.0", "0.0"),
        ("VOL-62", "26.67", "44.44", "0.00", None),  # 80 of 300 minutes, not 1.3 of 5.0 hours
        ("VOL-63", "10.00", "16.67", "0.00", None),
        ("VOL-64", "1", "0", "1", "0"),
        ("VOL-65", "1", "0", "1", "0"),
        ("VOL-66", "0", "0", "0", "0"),
        ("VOL-67", "3", "0", "3", "0"),
        ("VOL-68", "1", "0", "1", "0"),  # one on the tenth; the twelfth is late, one is open
        ("VOL-69", "33.33", None, "33.33", None),
    ],
)
def test_how_hours_were_recorded_and_doubted(scene, code, longgang, henggang, bantian, huale):
    computed = figures.compute(build_facts(), indicators.INDICATORS, H1)

    places = (scene.longgang, scene.henggang, scene.bantian, scene.huale)
    found = [computed[code, org.pk].value for org in places]
    wanted = [longgang, henggang, bantian, huale]
    assert found == [text if text is None else Decimal(text) for text in wanted]


def test_a_closed_finding_is_counted_as_closed_and_its_hours_come_back(scene):
    other = with_role("P092", "林二", role=Role.DISTRICT_OFFICER, org=scene.longgang)
    close(models.Finding.objects.get(), by=other)

    computed = figures.compute(build_facts(), indicators.INDICATORS, H1)
    found = [computed[code, scene.bantian.pk].value for code in ("VOL-04", "VOL-66")]
    assert found == [Decimal("3.0"), 1]


def test_the_shares_add_up_to_the_hours(scene):
    build_facts()

    shares = queries.shares_counted(scene.lin, org=scene.longgang, first=H1.start, last=H1.end)

    assert shares == {"scan": 220, "roster": 0, "sheet": 50, "late": 30}


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("VOL-C60", lambda: models.HeldRecord.objects.all().delete()),
        ("VOL-C61", lambda: None),  # a late record without its entry, as the scene has it
        ("VOL-C62", lambda: None),
        ("VOL-C63", lambda: None),
    ],
)
def test_the_records_are_looked_over(scene, code, spoil):
    check = next(one for one in facts.CHECKS if one.code == code)

    spoil()

    assert checks.run(check).count == 1
