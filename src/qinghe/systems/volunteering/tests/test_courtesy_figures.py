"""What of courtesies is counted, and what is looked over in them."""

import pytest

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.systems.volunteering import facts, indicators, services
from qinghe.systems.volunteering.models import CourtesyClaim, CourtesyItem
from tests.cast import NOW, actor

from .courtesy_makers import DAY, make_item, make_sponsor, make_till
from .makers import build_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def sponsor(cast):
    return make_sponsor(cast)


@pytest.fixture
def item(cast, sponsor):
    return make_item(cast, sponsor, stock=2)


@pytest.fixture
def wheat(cast, ming):
    """小明 as an actor."""
    return actor(cast.xiaoming)


@pytest.fixture
def till(cast, sponsor):
    return make_till(cast, sponsor)[0]


def claim(item, by, *, at=NOW):
    return services.claim_courtesy(item=item, at=at, by=by)


def redeem(found, till, *, at=NOW):
    return services.redeem_courtesy(claim=found, at=at, by=till)


H2 = periods.half_year(2022, 2)


@pytest.mark.parametrize(
    ("code", "longgang", "henggang", "bantian"),
    [
        ("VOL-70", 4, 3, 1),  # four taken and not cancelled
        ("VOL-71", 3, 2, 1),
        ("VOL-72", 2, 1, 1),  # 小明 once
        ("VOL-73", 1, 1, 0),
        ("VOL-74", 75, 66, 100),
    ],
)
def test_figures_of_courtesy(
    cast, sponsor, ming, hua, wheat, till, code, longgang, henggang, bantian
):
    one, two = (
        make_item(cast, sponsor, title=title, yearly=2, area=cast.longgang) for title in "甲乙"
    )
    for found in (claim(one, wheat), claim(two, wheat), claim(one, actor(hua.person))):
        redeem(found, till)
    claim(one, wheat)
    services.cancel_courtesy(claim=claim(two, wheat), at=NOW, by=wheat)

    computed = figures.compute(build_facts(), indicators.INDICATORS, H2)

    found = [computed[code, org.pk].value for org in (cast.longgang, cast.henggang, cast.bantian)]
    assert [int(value) for value in found] == [longgang, henggang, bantian]


def test_a_use_after_midnight_belongs_to_its_local_day(cast, item, wheat, till):
    made = claim(item, wheat, at=periods_moment(2022, 6, 30, 23))
    redeem(made, till, at=periods_moment(2022, 7, 1, 0))

    computed = {
        period: figures.compute(
            build_facts(), indicators.INDICATORS, periods.half_year(2022, period)
        )
        for period in (1, 2)
    }

    assert computed[1]["VOL-70", cast.longgang.pk].value == 1
    assert computed[2]["VOL-71", cast.longgang.pk].value == 1


def periods_moment(year, month, day, hour):
    return NOW.astimezone(periods.TZ).replace(year=year, month=month, day=day, hour=hour)


def test_checks_find_a_stock_astray_and_a_late_use(cast, item, wheat, till):
    checks = {check.code: check for check in facts.CHECKS}
    made = redeem(claim(item, wheat), till)
    assert [checks[code].records().count() for code in ("VOL-C71", "VOL-C72")] == [0, 0]

    CourtesyItem.objects.filter(pk=item.pk).update(taken=2)
    CourtesyClaim.objects.filter(pk=made.pk).update(redeemed_at=NOW + 30 * DAY)

    assert [checks[code].records().count() for code in ("VOL-C71", "VOL-C72")] == [1, 1]
