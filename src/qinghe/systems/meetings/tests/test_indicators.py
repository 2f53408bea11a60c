"""Rows in, figures out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.systems.meetings import indicators, services
from tests.cast import NOW, make_org
from tests.desk import build_facts

from .makers import AFTER, OPENS, decide, hold, make_body, make_conference, plan, register

pytestmark = pytest.mark.django_db
H1, H2 = periods.half_year(2022, 1), periods.half_year(2022, 2)


@pytest.fixture
def scene(cast):
    """One plenary held and the second ahead; a street's own conference; five sittings above."""
    held = hold(cast, plan(cast, make_conference(cast)))
    plan(cast, held.body, starts_at=OPENS + timedelta(days=200), at=AFTER)
    plan(cast, make_conference(cast, name="横岗联席会议", org=cast.henggang))
    on_time = decide(cast, held)
    late = decide(cast, held, text="办好夜校", due_on=date(2022, 7, 25))
    decide(cast, held, text="办好招聘会", owner=cast.bantian)
    for one, days in ((on_time, 1), (late, 10)):
        at = AFTER + timedelta(days=days)
        services.report_decision(decision=one, evidence="见照片", at=at, by=cast.chen)
        services.accept_decision(decision=one, at=at, by=cast.lin)
    for org in (cast.longgang, cast.henggang):
        name = f"{org.name}青年工作委员会"
        kept = make_org(
            f"Q{org.pk}", name, kind="youth_affairs_committee", level=org.level, parent=org
        )
        make_body(cast, kind="committee", name=name, org=org, committee=kept)
    above = make_body(cast, kind="standing", name="区委常委会")
    for month in range(1, 6):
        register(cast, above, day=date(2022, month, 10), titles=("甲", "乙"))
    register(cast, above, day=date(2022, 6, 12), theme="other")
    register(cast, make_body(cast, kind="other", name="区政府常务会议"), day=date(2022, 6, 1))
    salon = services.open_platform(
        name="基层改革先锋沙龙", host="上级团委", is_counted=True, at=NOW, by=cast.lin
    )
    other = services.open_platform(
        name="经验简报", host="上级", is_counted=False, at=NOW, by=cast.lin
    )
    for platform, topic in ((salon, "甲"), (salon, "乙"), (other, "丙")):
        new = services.NewTalk(platform, cast.longgang, date(2022, 3, 1), topic, "林青")
        talk = services.enter_talk(new=new, at=NOW, by=cast.lin)
        if topic == "乙":
            services.void_talk(talk=talk, reason="重复", at=NOW, by=cast.lin)
    return cast


FIGURES = {  # the district, 横岗 and 坂田: the second half-year, or the first for the registers
    ("MTG-01", H1): ("1", "0", "0"),
    ("MTG-02", H1): ("5", "0", "0"),  # by sittings, not by topics (F039)
    ("MTG-03", H2): ("2", "0", "0"),  # of the district's own conference alone (F093)
    ("MTG-04", H2): ("1", "0", "0"),
    ("MTG-05", H2): ("3", "2", "1"),
    ("MTG-06", H2): ("1", "1", "0"),
    ("MTG-07", H2): ("33.33", "50.00", "0"),
    ("MTG-08", H1): ("1", "1", "0"),  # of streets: the district's own is none (F041)
}


def test_rows_become_figures(scene):
    store = build_facts()
    orgs = (scene.longgang.pk, scene.henggang.pk, scene.bantian.pk)

    computed = {
        period: figures.compute(store, indicators.INDICATORS, period) for period in (H1, H2)
    }

    for (code, period), row in FIGURES.items():
        found = [computed[period][code, org].value for org in orgs]
        assert [round(value, 2) for value in found] == [Decimal(one) for one in row], code
