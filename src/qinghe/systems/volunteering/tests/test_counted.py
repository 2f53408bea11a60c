"""What other houses' systems are told: hours that came to count, and hours that ceased to."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qinghe.edges.hooks import services as hooks
from qinghe.edges.hooks.models import Happening, Subscription
from qinghe.systems.volunteering import rules, services
from qinghe.systems.volunteering.models import Finding
from qinghe.systems.volunteering.rules import Turn

from .makers import at, make_session, serve
from .test_services_of_attendance import code_of

pytestmark = pytest.mark.django_db
NOW = at(22, day=10)


@pytest.fixture
def heard(cast):
    """Have the street of 红棉 told of both."""
    new = hooks.NewSubscription(
        org=cast.henggang, name="数据平台", address="https://hooks.example/", events=list(Turn)
    )
    return hooks.subscribe(new=new, at=at(8), by=cast.chen)[0]


def told():
    return [
        (one.event.removeprefix("volunteering.hours_"), one.told["before"], one.told["minutes"])
        for one in Happening.objects.order_by("pk")
    ]


def test_hours_that_take_effect_are_told_by_numbers_alone(heard, cast, ming, session):
    serve(ming, session=session, came=at(9), left=at(12), by=cast.he)

    happening = Happening.objects.get()
    assert happening.event == "volunteering.hours_confirmed"
    assert happening.told == {
        "volunteer": "ZY1",
        "session": "CC1",
        "org": cast.hongmian.code,
        "day": "2022-05-04",
        "minutes": 180,
        "before": 0,
        "state": "effective",
    }
    assert ming.person.name not in json.dumps(happening.told, ensure_ascii=False)


def test_a_second_pair_tells_the_new_sum(heard, cast, ming, session):
    serve(ming, session=session, came=at(9), left=at(10), by=cast.he)
    serve(ming, session=session, came=at(10, 30), left=at(11), by=cast.he)

    assert told() == [("confirmed", 0, 60), ("confirmed", 60, 90)]


def test_hours_that_wait_are_told_when_they_are_approved(heard, cast, ming):
    long = make_session("CC2", org=cast.hongmian, starts_at=at(8), hours=12)
    attendance = serve(ming, session=long, came=at(8), left=at(18), by=cast.he)
    assert told() == []

    services.approve_hours(attendance=attendance, at=NOW, by=cast.chen)

    assert told() == [("confirmed", 0, 600)]


def test_hours_corrected_downwards_or_voided_are_taken_back(heard, cast, ming, session):
    attendance = serve(ming, session=session, came=at(9), left=at(12), by=cast.he)
    services.correct_stay(
        stay=attendance.stays.get(), came_at=at(9), left_at=at(11), reason="提前离开", at=NOW,
        by=cast.chen,
    )  # fmt: skip
    services.void_attendance(attendance=attendance, reason="代签", at=NOW, by=cast.chen)

    assert told() == [("confirmed", 0, 180), ("taken_back", 180, 120), ("taken_back", 120, 0)]


def test_hours_held_are_taken_back_and_told_again_when_they_are_cleared(heard, cast, ming, session):
    attendance = serve(ming, session=session, came=at(9), left=at(12), by=cast.he)
    doubt = rules.Doubt(kind="night", attendances=(attendance.pk,), words="夜间签到")
    services.hold_doubted(doubts=[doubt], at=NOW, by="the tests")
    finding = Finding.objects.get()

    services.close_finding(finding=finding, verdict="cleared", reason="属实", at=NOW, by=cast.chen)

    assert told() == [("confirmed", 0, 180), ("taken_back", 180, 0), ("confirmed", 0, 180)]


def test_a_refused_act_tells_nothing(heard, cast, ming, session):
    serve(ming, session=session, came=at(9), left=at(12), by=cast.he)
    attendance = ming.attendances.get()

    assert code_of(
        lambda: services.void_attendance(attendance=attendance, reason="", at=NOW, by=cast.chen)
    )

    assert told() == [("confirmed", 0, 180)]


def test_scans_and_ledgers_tell_too(heard, cast, ming, session):
    scans = [
        services.NewScan(nonce=f"n{kind}", volunteer="ZY1", kind=kind, device="d1")
        for kind in ("in", "out")
    ]
    for scan, hour in zip(scans, (9, 11), strict=True):
        services.scan_card(session=session, new=scan, at=at(hour), by=cast.he)
    other = make_session("CC3", org=cast.hongmian, starts_at=at(9, day=5))
    row = services.ReadyStay(
        other.pk, ming.pk, at(9, day=5), at(10, day=5), 60, "effective", again=False
    )
    services.record_many(ready=[row], at=NOW, by=cast.he, source={})

    assert told() == [("confirmed", 0, 120), ("confirmed", 0, 60)]


def test_the_next_street_hears_nothing(heard, cast, hua):
    elsewhere = make_session("CC4", org=cast.xiangjiaotang)

    serve(hua, session=elsewhere, came=at(9), left=at(10), by=cast.lin)

    assert told() == []


def test_a_check_out_costs_one_look_while_nobody_listens(cast, ming, session):
    attendance = services.check_in(session=session, volunteer=ming, at=at(9), by=cast.he)

    with CaptureQueriesContext(connection) as asked:
        services.check_out(attendance=attendance, at=at(10), by=cast.he)

    about = [one["sql"] for one in asked if "hooks_" in one["sql"]]
    assert len(about) == 1
    assert about[0].startswith("SELECT")


def test_a_check_out_costs_one_row_when_somebody_listens(heard, cast, ming, session):
    attendance = services.check_in(session=session, volunteer=ming, at=at(9), by=cast.he)

    with CaptureQueriesContext(connection) as asked:
        services.check_out(attendance=attendance, at=at(10), by=cast.he)

    written = [one["sql"] for one in asked if one["sql"].startswith('INSERT INTO "hooks_')]
    assert len(written) == 1
    assert Subscription.objects.count() == 1
