"""Publishing, deciding and one's own service by a program as on the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qinghe.systems.volunteering import models
from tests.cast import actor

from .activity_makers import HOUR
from .makers import make_session, serve, sign_in
from .test_api import ROOT, post

pytestmark = pytest.mark.django_db
TOLD = {
    "title": "公园净滩",
    "kind": "environment",
    "about": "清理河岸垃圾",
    "risks": "临水，注意防滑",
    "contact": "王老师",
    "place": "人民公园北门",
    "posts": [{"name": "净滩", "capacity": 5}],
}


def told(cast, *, ahead):
    starts = timezone.now() + ahead
    times = [{"starts_at": starts.isoformat(), "ends_at": (starts + HOUR).isoformat()}]
    return TOLD | {"org": cast.hongmian.code, "times": times}


def items(client, path):
    return client.get(f"{ROOT}{path}").json()["items"]


def test_an_activity_is_published_ahead_only_and_with_whole_places(client, cast):
    sign_in(client, cast.he)
    late = post(client, "/activities", told(cast, ahead=-3 * HOUR))
    assert (late.status_code, models.Activity.objects.count()) == (409, 0)
    half = post(client, "/activities", told(cast, ahead=48 * HOUR) | {"latitude": 22.7})
    assert half.json()["type"] == "/problems/half_a_place"

    made = post(client, "/activities", told(cast, ahead=48 * HOUR)).json()

    assert made["state"] == "published"
    assert models.ServicePost.objects.get().capacity == 5


def test_applicants_are_decided_by_number(client, cast):
    found = models.Volunteer.objects.create(
        number="ZY8", person=cast.xiaoming, org=cast.hongmian, applied_on=timezone.localdate()
    )
    sign_in(client, cast.chen)
    (waiting,) = items(client, "/volunteers?state=applied")
    assert (waiting["number"], "name" in waiting) == ("ZY8", False)

    assert post(client, f"/volunteers/{found.pk}/approve", {}).json()["state"] == "registered"


def test_long_hours_are_decided_and_one_reads_one_s_own(client, cast, ming):
    starts = timezone.now() - timedelta(days=1)
    session = make_session("CC5", org=cast.hongmian, starts_at=starts, hours=10)
    serve(ming, session=session, came=starts, left=starts + 9 * HOUR, by=cast.he)
    sign_in(client, cast.chen)
    (waiting,) = items(client, "/hours-waiting")
    assert (waiting["volunteer"], waiting["minutes"]) == (ming.number, 540)
    path = f"/attendances/{waiting['id']}/approve-hours"
    assert post(client, path, {}).json()["state"] == "effective"

    sign_in(client, actor(cast.xiaoming))
    (own,) = items(client, "/services/own")
    rule = client.get(f"{ROOT}/services/own/{own['id']}/rule").json()
    days = {"served_from": own["day"], "served_to": own["day"], "issuer": cast.hongmian.code}
    made = post(client, "/certificates/own", days).json()

    assert "540" in rule["words"] or "9" in rule["words"]
    assert (made["minutes"], bool(made["check_code"])) == (540, True)
