"""Rows in, figures out."""

from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.systems.pioneers import indicators, queries, services
from qinghe.systems.pioneers.models import Badge
from tests.cast import NOW, make_org
from tests.desk import build_facts

from . import badged
from .badged import make_round
from .makers import DAY, accept, register, submit

pytestmark = pytest.mark.django_db
H1 = periods.half_year(2022, 1)


@pytest.fixture
def scene(cast):
    """The school in 横岗 held three, of which two were accepted; one in 坂田 held none."""
    make_org(
        "XX-9002", "坂田样例学校团委", kind="league_committee", level="unit",
        parent=cast.bantian, sector="school",
    )  # fmt: skip
    accept(cast)
    accept(cast, kind="league_education", people=60)
    submit(cast, again="下午场")
    register(cast, kind="league_education", again="第二场")
    street = submit(cast, org=cast.henggang, by=cast.chen, people=20)
    services.accept_ceremony(ceremony=street, at=NOW, by=cast.lin)
    return cast


FIGURES = {  # the district, 横岗 and 坂田 in the first half-year
    "ACT-01": ("1", "1", "0"),
    "ACT-02": ("2", "2", "0"),
    "PIO-01": ("260", "260", "0"),
    "PIO-02": ("1", "1", "0"),
    "PIO-03": ("2", "1", "1"),
    "PIO-04": ("50.00", "100.00", "0.00"),
}


def test_rows_become_figures(scene):
    computed = figures.compute(build_facts(), indicators.INDICATORS, H1)

    orgs = (scene.longgang.pk, scene.henggang.pk, scene.bantian.pk)
    found = {code: tuple(computed[code, org].value for org in orgs) for code in FIGURES}
    assert found == {code: tuple(map(Decimal, row)) for code, row in FIGURES.items()}


def test_schools_without_a_ceremony_are_listed(scene):
    schools = queries.schools_under(scene.lin, scene.longgang, H1)

    held = {one.code: (one.educations, one.admissions) for one in schools}
    assert held == {scene.school.code: (1, 1), "XX-9002": (0, 0)}
    assert [one.code for one in queries.lacking(scene.lin, schools, what="any")] == ["XX-9002"]
    assert DAY in H1


def test_what_is_put_up_and_what_is_given_are_two_counters(cast):
    found = badged.submit(cast, badged.one_star(cast, 3, of=10))
    badged.decide(cast, found, given=2)
    waiting = make_round(cast, "district")
    special = Badge.objects.get(level="district", family="special")
    listed = badged.keep(cast, waiting, lines=[badged.line(special, 5)])
    badged.submit(cast, listed)
    badged.keep(cast, make_round(cast, "city"), children=[])

    computed = figures.compute(build_facts(), indicators.BADGES, periods.half_year(2022, 2))

    numbers = {
        code: computed[code, cast.henggang.pk].value
        for code in ("HON-04", "PIO-05", "PIO-06", "PIO-07", "PIO-11", "PIO-12")
    }
    assert numbers == {
        "HON-04": 8, "PIO-05": 2, "PIO-06": 2, "PIO-07": 0, "PIO-11": 2, "PIO-12": 0,
    }  # fmt: skip
