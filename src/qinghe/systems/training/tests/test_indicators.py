"""Rows in, figures out."""

from datetime import timedelta
from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.systems.training import indicators, services
from qinghe.systems.training.models import Webcast
from tests.cast import NOW
from tests.desk import build_facts

from .makers import accept, book, enrol, make_class, make_lecturer, make_webcast, on

pytestmark = pytest.mark.django_db
H2 = periods.half_year(2022, 2)


@pytest.fixture
def scene(cast, course, team, school):
    """红棉 holds two classes and two sessions, 象角塘 one of each; one of the three is heard."""
    lecturer = make_lecturer(cast, team)
    after = on(20)
    for org, count in ((cast.hongmian, 2), (cast.xiangjiaotang, 1)):
        for number in range(count):
            held = make_class(
                cast, course, org=org, title=f"第{number}期",
                starts_at=on(10) + timedelta(days=number),
            )  # fmt: skip
            first = enrol(cast, held)
            second = enrol(cast, held, number=f"K{held.pk}", name="马小川")
            services.call_roll(
                training_class=held, came=[first.pk, second.pk], at=after, by=cast.lin
            )
            services.set_results(training_class=held, passed=[first.pk], at=after, by=cast.lin)
    services.issue_completions(training_class=held, at=after, by=cast.lin)
    make_class(cast, course, title="还没开始")
    for number, org in ((1, cast.hongmian), (2, cast.hongmian), (3, cast.xiangjiaotang)):
        drawn = make_webcast(cast, school, number=number, org=org, lecturer=lecturer)
        services.publish_webcast(webcast=drawn, at=NOW, by=cast.lin)
        services.hold_webcast(webcast=drawn, views=100 * number, at=after, by=cast.lin)
    make_webcast(cast, school, number=4)
    heard = accept(cast, book(cast, team, host=cast.xiangjiaotang), lecturer)
    services.hold_lecture(lecture=heard, people=58, at=after, by=cast.lin)
    book(cast, team)
    taken_back = book(cast, team)
    services.cancel_lecture(lecture=taken_back, reason="改期", at=NOW, by=cast.lin)
    return cast


FIGURES = {  # the district, 横岗 and 坂田 in the second half-year
    "ACT-05": ("3", "2", "1"),
    "TRN-01": ("3", "2", "1"),
    "TRN-02": ("6", "4", "2"),
    "TRN-03": ("4", "3", "2"),  # one came to all three
    "TRN-04": ("6", "4", "2"),
    "TRN-05": ("3", "2", "1"),
    "TRN-06": ("50.00", "50.00", "50.00"),
    "TRN-07": ("1", "0", "1"),
    "TRN-08": ("2", "1", "1"),
    "TRN-09": ("1", "0", "1"),
    "TRN-10": ("58", "0", "58"),
    "TRN-11": ("1", "0", "0"),
    "TRN-12": ("600", "300", "300"),
}


def test_rows_become_figures(scene):
    computed = figures.compute(build_facts(), indicators.INDICATORS, H2)

    orgs = (scene.longgang.pk, scene.henggang.pk, scene.bantian.pk)
    found = {code: tuple(computed[code, org].value for org in orgs) for code in FIGURES}
    assert found == {code: tuple(map(Decimal, row)) for code, row in FIGURES.items()}


def test_sessions_lead_back_to_their_records(scene):
    traced = figures.trace(build_facts(), indicators.WEBCASTS, H2, scene.bantian.pk)

    assert traced.model == "training.Webcast"
    assert traced.ids == [Webcast.objects.get(number=3).pk]
