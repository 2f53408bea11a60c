"""Rows in, figures out."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib import periods
from qinghe.systems.joining import indicators, services
from qinghe.systems.joining.models import Case
from tests.desk import build_facts

from .makers import enter, on, take, walk

pytestmark = pytest.mark.django_db
H1 = periods.half_year(2022, 1)


@pytest.fixture
def scene(cast):
    """One is a member since May, one an activist who rests late, one only applied; one was refused."""
    walk(cast, enter(cast), upto="approve")
    Person.objects.filter(number="A001").update(sex="female")
    walk(cast, enter(cast, number="A002", name="苗禾"), upto="confirm_activist")
    enter(cast, number="A003", name="苗圃")
    gone = enter(cast, number="A004", name="苗木")
    services.refuse(case=gone, reason="本人态度不端正", at=on(date(2022, 3, 1)), by=cast.luo)
    return cast


FIGURES = {
    "JOI-01": "4",
    "JOI-02": "2",
    "JOI-03": "1",
    "JOI-04": "1",
    "JOI-05": "1",
    "JOI-06": "0",
    "JOI-07": "1",
    "JOI-08": "1",
    "JOI-09": "1",  # the talk with 苗圃; that with 苗木 was late until the refusal
    "JOI-10": "8.00",
    "JOI-11": "1",
    "JOI-12": "1",
    "JOI-13": "0",
    "JOI-14": "0",
    "JOI-15": "1",
}


def test_rows_become_figures(scene):
    computed = figures.compute(build_facts(), indicators.INDICATORS, H1)

    for org in (scene.branch, scene.school, scene.longgang):
        found = {code: computed[code, org.pk].value for code in FIGURES}
        assert found == {code: Decimal(value) for code, value in FIGURES.items()}
    assert computed["JOI-04", scene.bantian.pk].value == 0


def test_a_member_is_counted_in_the_half_year_of_the_meeting(cast, case):
    walk(cast, case, upto="hold_meeting", day=date(2022, 6, 30))
    take(cast, case, "approve", day=date(2022, 7, 1))
    facts = build_facts()

    first = figures.compute(facts, indicators.INDICATORS, H1)
    second = figures.compute(facts, indicators.INDICATORS, periods.half_year(2022, 2))

    assert first["JOI-04", cast.branch.pk].value == 1  # T-10
    assert second["JOI-04", cast.branch.pk].value == 0


def test_where_no_field_is_written_it_is_society(scene):
    Org.objects.filter(pk=scene.branch.pk).update(sector="")
    Case.objects.filter(joined_on__isnull=False).update(age=18)

    computed = figures.compute(build_facts(), indicators.INDICATORS, H1)

    values = [computed[code, scene.branch.pk].value for code in ("JOI-05", "JOI-06", "JOI-08")]
    assert values == [0, 1, 0]
