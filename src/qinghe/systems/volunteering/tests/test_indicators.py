"""Rows in, figures out; and the checks of the records themselves."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.kernel.orgs import services as orgs
from qinghe.lib import periods
from qinghe.lib.periods import TZ
from qinghe.systems.volunteering import facts, indicators
from qinghe.systems.volunteering.models import Attendance, Session, Team, Volunteer
from tests.cast import NOW, make_person

from .makers import at, build_facts, make_session, make_volunteer, serve
from .team_makers import make_team

pytestmark = pytest.mark.django_db
H1, H2 = periods.half_year(2022, 1), periods.half_year(2022, 2)
NOBODY = None


@pytest.fixture(autouse=True)
def last_year(cast):
    """Something of each kind from before, so that nothing is a 0 and not a lack of records."""
    day = date(2021, 6, 1)
    person = make_person("P021", "去小年")
    gone = make_volunteer("ZY0", person=person, org=cast.bantian)
    starts = datetime(2021, 6, 2, 9, tzinfo=TZ)
    old = make_session("CC0", org=cast.bantian, starts_at=starts)
    serve(gone, session=old, came=starts, left=starts.replace(hour=10), by=cast.lin)
    Volunteer.objects.filter(pk=gone.pk).update(
        registered_on=day, withdrawn_on=date(2021, 7, 1), state="withdrawn"
    )
    make_team(cast.bantian, [gone], code="TD0", approved_on=day)


@pytest.fixture
def scene(cast, ming, hua):
    """小明 serves in both streets, 华 in one; 90 + 30 + 60 minutes by two people in two sessions."""
    home = make_session("CC1", org=cast.hongmian)
    away = make_session("CC2", org=cast.xiangjiaotang, starts_at=at(14))
    serve(ming, session=home, came=at(9), left=at(10, 30), by=cast.lin)
    serve(ming, session=away, came=at(14), left=at(14, 30), by=cast.lin)
    serve(hua, session=away, came=at(14), left=at(15), by=cast.lin)
    return cast


def value(code, org, period=H1):
    computed = figures.compute(build_facts(), indicators.INDICATORS, period)
    return computed[code, org.pk].value


def test_codes_are_the_fixed_nine_in_order():
    codes = [one.code for one in indicators.INDICATORS]

    assert codes[:9] == [f"VOL-0{n}" for n in range(1, 10)]


@pytest.mark.parametrize(
    ("code", "longgang", "henggang", "bantian", "huale"),
    [
        ("VOL-01", "2", "1", "1", "0"),
        ("VOL-02", "2", "1", "1", "0"),
        ("VOL-03", "3", "1", "2", "0"),
        ("VOL-04", "3.0", "1.5", "1.5", "0.0"),
        ("VOL-05", "0", "0", "0", "0"),
        ("VOL-06", "2", "1", "2", "0"),  # 小明 counts once in the district
        ("VOL-07", "2", "1", "1", "0"),
        ("VOL-08", "100.00", "100.00", "200.00", NOBODY),
        ("VOL-09", "1.5", "1.5", "0.8", NOBODY),  # hours, not minutes: 0.75 rounded half up
    ],
)
def test_first_half_of_2022(scene, code, longgang, henggang, bantian, huale):
    computed = figures.compute(build_facts(), indicators.INDICATORS, H1)

    found = [
        computed[code, org.pk].value
        for org in (scene.longgang, scene.henggang, scene.bantian, scene.huale)
    ]

    wanted = [longgang, henggang, bantian, huale]
    assert found == [text if text is NOBODY else Decimal(text) for text in wanted]


def test_a_figure_leads_back_to_its_records(scene):
    traced = figures.trace(build_facts(), indicators.HOURS, H1, scene.longgang.pk)

    assert traced.model == "volunteering.Attendance"
    served = Attendance.objects.exclude(session__code="CC0").order_by("pk")
    assert traced.ids == list(served.values_list("pk", flat=True))


def test_half_past_midnight_on_1_july_belongs_to_the_second_half(cast, ming):
    starts = datetime(2022, 7, 1, 0, 30, tzinfo=TZ)
    night = make_session("CC9", org=cast.hongmian, starts_at=starts)
    serve(ming, session=night, came=starts, left=starts.replace(hour=1), by=cast.lin)

    assert value("VOL-03", cast.longgang, H1) == 0
    assert value("VOL-03", cast.longgang, H2) == 1


@pytest.mark.parametrize("state", ["present", "pending", "refused", "void"])
def test_only_what_is_effective_counts(scene, state):
    Attendance.objects.exclude(session__code="CC0").update(state=state, minutes=0)

    assert value("VOL-03", scene.longgang) == 0
    assert value("VOL-02", scene.longgang) == 0  # V-37: nobody effective, no session


@pytest.mark.parametrize(
    ("registered_on", "withdrawn_on", "new", "standing"),
    [
        (date(2021, 12, 31), None, 0, 1),
        (date(2022, 1, 1), None, 1, 1),
        (date(2022, 6, 30), None, 1, 1),
        (date(2022, 7, 1), None, 0, 0),
        (date(2022, 2, 1), date(2022, 6, 30), 1, 0),
        (date(2022, 2, 1), date(2022, 7, 1), 1, 1),
    ],
)
def test_new_and_standing_volunteers(cast, ming, registered_on, withdrawn_on, new, standing):
    Volunteer.objects.filter(pk=ming.pk).update(
        registered_on=registered_on,
        withdrawn_on=withdrawn_on,
        state="withdrawn" if withdrawn_on else "registered",
    )

    assert value("VOL-01", cast.longgang) == new
    assert value("VOL-07", cast.longgang) == standing


@pytest.mark.parametrize(
    ("approved_on", "state", "new"),
    [
        (date(2022, 1, 1), "approved", 1),
        (date(2022, 6, 30), "approved", 1),
        (date(2022, 7, 1), "approved", 0),
        (None, "applied", 0),
        (None, "refused", 0),
    ],
)
def test_new_teams(cast, approved_on, state, new):
    Team.objects.create(
        code="TD1",
        name="服务队",
        org=cast.hongmian,
        applied_on=date(2021, 12, 1),
        approved_on=approved_on,
        state=state,
    )

    assert value("VOL-05", cast.longgang) == new


def test_a_session_that_is_not_over_does_not_count_yet(scene):
    far = make_session("CC9", org=scene.hongmian, starts_at=datetime(2099, 1, 1, 9, tzinfo=TZ))
    Attendance.objects.create(
        session=far, volunteer=Volunteer.objects.first(), state="effective", how="scan"
    )

    counted = {row["record_id"] for row in facts.SESSION.records()}

    assert counted == set(Session.objects.exclude(pk=far.pk).values_list("pk", flat=True))


def failing(code):
    check = next(one for one in facts.CHECKS if one.code == code)
    return check.records().count()


def test_checks_find_nothing_in_order(scene):
    assert {check.code: failing(check.code) for check in facts.CHECKS} == dict.fromkeys(
        [check.code for check in facts.CHECKS], 0
    )


def test_checks_find_what_is_wrong(cast, ming, hua):
    lonely = make_session("CC3", org=cast.hongmian)
    waiting = make_session("CC4", org=cast.hongmian, starts_at=at(14))
    Attendance.objects.create(session=waiting, volunteer=ming, state="pending", how="scan")
    Attendance.objects.create(session=waiting, volunteer=hua, state="effective", how="scan")
    Team.objects.create(
        code="TD1",
        name="服务队",
        org=cast.huale,
        applied_on=date(2022, 1, 1),
        approved_on=date(2022, 1, 2),
        state="approved",
    )
    orgs.close_org(org=cast.huale, on=date(2022, 6, 1), at=NOW, by="x")
    make_volunteer("ZY5", person=cast.xiaohong, org=cast.hongmian)
    cast.xiaohong.birth_date = date(2099, 1, 1)
    cast.xiaohong.save()

    assert lonely.attendances.count() == 0
    assert {code: failing(f"VOL-{code}") for code in ("C2", "C3", "C4", "C5", "C6")} == {
        "C2": 1,
        "C3": 1,
        "C4": 1,
        "C5": 1,
        "C6": 1,
    }
