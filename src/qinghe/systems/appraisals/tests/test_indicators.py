"""Rows in, figures out."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import catalogue, checks, figures
from qinghe.kernel.people.models import Membership
from qinghe.lib import periods
from qinghe.systems.appraisals import facts, indicators, services
from qinghe.systems.appraisals.models import Line, Roll
from tests.desk import build_facts

from .makers import line_of, list_all, make_members, on, open_campaign, register, to_approved

pytestmark = pytest.mark.django_db
H1, BEFORE = periods.half_year(2022, 1), periods.half_year(2021, 2)


@pytest.fixture
def scene(cast, roll):
    """A branch of ten is graded and registered, one of two in 坂田 has not begun; one is in the Party."""
    make_members(cast.xiangjiaotang, 3, prefix="K", party=1)
    list_all(cast, roll.campaign)
    last = roll.lines.order_by("-pk").first()
    services.place(line=last, standing="absent", reason="外出务工", at=on(1), by=cast.luo)
    to_approved(cast, roll, top=2, failed=1)
    good = roll.lines.filter(grade="good").first()
    register(cast, roll, deferred={good.pk: "正在处分期内"})
    return cast


FIGURES = {  # the district, 横岗 and 坂田 in the first half-year of 2022
    "APP-01": ("12", "10", "2"),
    "APP-02": ("9", "9", "0"),
    "APP-03": ("7", "7", "0"),
    "APP-04": ("2", "2", "0"),
    "APP-06": ("1", "1", "0"),
    "APP-07": ("1", "1", "0"),
    "APP-08": ("2", "1", "1"),
    "APP-09": ("1", "1", "0"),
    "APP-10": ("50", "100", "0"),
    "AFF-04": ("75", "90", "0"),
    "AFF-05": ("58.33", "70", "0"),
}


def test_rows_become_figures(scene):
    computed = figures.compute(build_facts(), indicators.INDICATORS, H1)

    orgs = (scene.longgang.pk, scene.henggang.pk, scene.bantian.pk)
    found = {code: tuple(round(computed[code, org].value, 2) for org in orgs) for code in FIGURES}
    assert found == {code: tuple(map(Decimal, row)) for code, row in FIGURES.items()}


def test_a_campaign_shows_from_its_closing_day_until_the_next_ones(scene):  # T-45
    later = {"reference": date(2022, 6, 1), "opens": date(2022, 6, 1)}
    open_campaign(scene, year=2022, closes=date(2022, 12, 1), **later)
    store = build_facts()

    def due(period):
        figure = figures.compute(store, indicators.INDICATORS, period)["APP-01", scene.longgang.pk]
        return (figure.state.value, figure.value)

    assert due(BEFORE) == ("missing", None)  # the first reading is compared with
    assert due(H1)[1] == 12
    assert due(periods.half_year(2022, 2))[1] == 0  # the next one has closed; nobody is listed


def test_what_is_done_late_counts_from_its_own_day(scene):
    good = Line.objects.filter(deferred_on__isnull=False).get()
    services.register_line(line=good, at=on(5, month=7), by=scene.luo)
    store = build_facts()

    def registered(period):
        return figures.compute(store, indicators.INDICATORS, period)[
            "APP-03", scene.longgang.pk
        ].value

    assert (registered(H1), registered(periods.half_year(2022, 2))) == (7, 8)


@pytest.mark.parametrize("code", ["AFF-04", "AFF-05"])
def test_what_was_reported_stays_as_the_first_reading(code):  # docs/adr/0033
    newest, first = catalogue.readings(code)

    assert (newest.version, newest.is_reported, newest.unit) == (2, False, first.unit)
    assert first.is_reported


def test_the_registered_rate_leads_back_to_the_records(scene):
    traced = figures.trace(build_facts(), indicators.REGISTERED_MEMBERS, H1, scene.henggang.pk)

    assert traced.model == "appraisals.Line"
    assert len(traced.ids) == 7


def test_who_is_on_a_roll_without_a_line_is_found(scene):
    late = make_members(scene.hongmian, 1, prefix="L")[0]

    finding = checks.run(facts.CHECKS[0])

    assert finding.first == (Membership.objects.get(person=late).pk,)
    assert Roll.objects.count() == 2
    assert not Line.objects.filter(person=late).exists()
    assert line_of(late_of(scene)).standing == "party"


def late_of(scene):
    return Membership.objects.filter(org=scene.xiangjiaotang).latest("pk").person
