"""An activity under way, teams and what the desk keeps, by a program."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qinghe.kernel.access.queries import NOBODY
from qinghe.systems.volunteering import models, queries, rules
from tests.cast import actor
from tests.desk import sign_in

from .activity_makers import HOUR, first_post, join, people, publish
from .makers import make_session, serve
from .test_api import ROOT, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def ahead(cast):
    starts = timezone.now() + 2 * 24 * HOUR
    return publish(cast, at=timezone.now(), times=((starts, starts + 3 * HOUR),))


def items(client, path):
    return client.get(f"{ROOT}{path}").json()["items"]


def test_an_activity_is_moved_grows_and_is_called_off(client, cast, ahead):
    sign_in(client, cast.he)
    session = ahead.sessions.get()
    later = session.starts_at + 24 * HOUR
    times = {"starts_at": later.isoformat(), "ends_at": (later + HOUR).isoformat()}

    moved = post(client, f"/sessions/{session.pk}/move", {**times, "place": "西门"}).json()
    (made,) = post(client, f"/activities/{ahead.pk}/posts", {"name": "引导", "capacity": 3}).json()
    grown = post(client, f"/posts/{made['id']}/capacity", {"capacity": 5}).json()
    off = post(client, f"/activities/{ahead.pk}/cancel", {"reason": "台风"}).json()

    assert (moved["place"], grown["left"], off["state"]) == ("西门", 5, "cancelled")
    session.refresh_from_db()
    assert session.state == "cancelled"


def test_the_roll_is_called_and_a_record_is_put_right(client, cast):
    (here, who), (_, other) = people(cast, 2)
    now = timezone.now()
    activity = publish(cast, at=now, times=((now + HOUR, now + 4 * HOUR),))
    first, second = (join(first_post(activity), one, at=now) for one in (who, other))
    session = activity.sessions.get()
    models.Session.objects.filter(pk=session.pk).update(starts_at=now - timedelta(minutes=5))
    sign_in(client, cast.he)

    called = post(client, f"/sessions/{session.pk}/roll", {"came": [first.pk]}).json()
    signed = {one["id"]: one["state"] for one in items(client, f"/sessions/{session.pk}/sign-ups")}
    (came,) = items(client, f"/sessions/{session.pk}/attendances")
    sign_in(client, cast.chen)
    void = post(client, f"/attendances/{came['id']}/void", {"reason": "登错人"}).json()

    assert called == {"absent": 1}
    assert signed == {first.pk: "signed", second.pk: "absent"}
    assert (came["volunteer"], void["state"]) == (here.number, "void")


def test_a_stay_is_put_right_and_the_old_one_stays(client, cast, ming):
    starts = timezone.now().replace(microsecond=0) - timedelta(days=1)
    session = make_session("CC5", org=cast.hongmian, starts_at=starts)
    served = serve(ming, session=session, came=starts, left=starts + HOUR, by=cast.he)
    sign_in(client, cast.chen)
    (stay,) = items(client, f"/attendances/{served.pk}/stays")
    right = {
        "came_at": starts.isoformat(),
        "left_at": (starts + 2 * HOUR).isoformat(),
        "reason": "漏算",
    }

    post(client, f"/stays/{stay['id']}/correct", right)

    assert [one["superseded"] for one in items(client, f"/attendances/{served.pk}/stays")] == [
        True,
        False,
    ]
    served.refresh_from_db()
    assert served.minutes == 120


def test_a_phone_app_shows_the_card_and_scans_the_code_at_the_door(client, cast, ming):
    now = timezone.now()
    session = make_session("CC8", org=cast.hongmian, starts_at=now - timedelta(minutes=5))
    sign_in(client, actor(cast.xiaoming))
    card = client.get(f"{ROOT}/card").json()
    text = queries.code_text(NOBODY, rules.Code(session.pk, "in", rules.step_at(now)))

    came = post(client, "/door-codes", {"code": text, "device": "phone-1"}).json()
    again = post(client, "/door-codes", {"code": text, "device": "phone-1"}).json()
    forged = post(client, "/door-codes", {"code": text[:-1] + ("A" if text[-1] != "A" else "B")})

    assert queries.number_on_card(NOBODY, card["text"]) == ming.number == card["number"]
    assert (came["state"], came) == ("present", again)
    assert forged.json()["type"] == "/problems/bad_code"
    assert models.Scan.objects.get().device == "phone-1"


def test_who_is_no_volunteer_has_neither_card_nor_code(client, cast):
    sign_in(client, cast.chen)

    assert client.get(f"{ROOT}/card").status_code == 403
    assert post(client, "/door-codes", {"code": "x"}).status_code == 403


def test_a_volunteer_is_registered_at_the_desk_and_leaves(client, cast):
    sign_in(client, cast.chen)
    told = {
        "number": "ZY77", "person": "P777", "name": "岑新", "birth_date": "1995-03-01",
        "org": cast.hongmian.code,
    }  # fmt: skip
    made = post(client, "/volunteers", told).json()
    post(client, f"/volunteers/{made['id']}/approve")

    left = post(client, f"/volunteers/{made['id']}/withdraw", {"reason": "迁出"}).json()

    assert (made["state"], left["state"]) == ("applied", "withdrawn")
