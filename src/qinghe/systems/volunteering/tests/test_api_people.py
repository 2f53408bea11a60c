"""Profiles, feedback, teams' people, disputes and finding near by, by a program as on the pages."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import models, services
from tests.cast import actor

from .activity_makers import HOUR, new_activity
from .makers import make_session, serve, sign_in
from .team_makers import make_team
from .test_api import ROOT, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client, cast, ming):
    """小明, signed in."""
    return sign_in(client, actor(cast.xiaoming))


@pytest.fixture
def lately(cast, ming):
    """Let 小明 have served yesterday."""
    starts = timezone.now() - timedelta(days=1)
    session = make_session("CC5", org=cast.hongmian, starts_at=starts)
    return serve(ming, session=session, came=starts, left=starts + HOUR, by=cast.he)


def items(client, path):
    return client.get(f"{ROOT}{path}").json()["items"]


def as_(client, who):
    """Sign somebody else in; who has an account already keeps it."""
    person = Person.objects.get(pk=who.person_id)
    account = getattr(person, "account", None)
    if account:
        client.force_login(account.user)
        return client
    return sign_in(client, who)


# ── Profiles ─────────────────────────────────────────────────────────────────────────────────────


def test_a_profile_is_written_read_found_and_called(me, client, cast):
    said = {"findable": True, "skills": ["急救"], "free_times": [15], "languages": ["sign"]}
    assert me.get(f"{ROOT}/profile").status_code == 404
    kept = post(me, "/profile", {**said, "places": [cast.xiangjiaotang.code]}).json()
    assert me.get(f"{ROOT}/profile").json() == kept
    assert (kept["skills"], kept["free_times"], kept["languages"]) == (["急救"], [15], ["sign"])
    assert me.get(f"{ROOT}/findable").status_code == 403

    soon = make_session("CC6", org=cast.hongmian, starts_at=timezone.now() + 48 * HOUR)
    he = as_(client, cast.he)
    (found,) = items(he, f"/findable?skill=急救&session={soon.pk}")
    called = post(he, f"/sessions/{soon.pk}/calls", {"profile": found["id"]})

    assert set(found) & {"volunteer", "name", "unit", "phone"} == set()
    assert called.status_code == 200
    assert items(he, "/findable?skill=书法") == []
    assert items(he, f"/findable?session={soon.pk}") == []
    again = post(he, f"/sessions/{soon.pk}/calls", {"profile": found["id"]})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/called_before")


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"free_times": [21]}, 409),
        ({"languages": ["klingon"]}, 409),
        ({"skills": ["没有的"]}, 404),
        ({"places": ["nowhere"]}, 404),
    ],
)
def test_a_profile_takes_only_what_the_page_offers(me, wrong, status):
    assert post(me, "/profile", {"findable": True, **wrong}).status_code == status
    assert not models.Profile.objects.exists()


# ── Feedback ─────────────────────────────────────────────────────────────────────────────────────


def test_from_the_rating_to_the_answer_of_an_objection(me, client, cast, lately):
    rated = post(me, f"/attendances/{lately.pk}/rating", {"score": 4, "words": "组织有序"})
    assert rated.json()["score"] == 4
    assert post(me, f"/attendances/{lately.pk}/evaluation", {"traits": ["late"]}).status_code == 404

    he = as_(client, cast.he)
    (seen,) = items(he, f"/sessions/{lately.session_id}/ratings")
    given = post(he, f"/attendances/{lately.pk}/evaluation", {"traits": ["late"]}).json()
    assert "volunteer" not in seen
    twice = post(he, f"/attendances/{lately.pk}/evaluation", {"traits": ["late"]})
    assert twice.json()["type"] == "/problems/evaluated"

    me = as_(client, actor(cast.xiaoming))
    path = f"/evaluations/{given['id']}"
    assert [one["id"] for one in items(me, "/evaluations/own")] == [given["id"]]
    assert post(me, f"{path}/objection", {"words": "有签到记录"}).json()["state"] == "objected"

    chen = as_(client, cast.chen)
    decided = post(chen, f"{path}/answer", {"withdrawn": True, "answer": "核对后撤销"})
    assert decided.json()["state"] == "withdrawn"
    assert post(as_(client, cast.zhou), f"{path}/answer", {
        "withdrawn": True, "answer": "核对",
    }).status_code == 404  # fmt: skip


# ── Who is in a team ─────────────────────────────────────────────────────────────────────────────


def test_from_the_invitation_to_another_head(me, client, cast, ming, crowd):
    team = make_team(cast.hongmian, crowd)
    assert post(me, f"/teams/{team.pk}/invitations", {"volunteer": "ZY1"}).status_code == 404

    he = as_(client, cast.he)
    invited = post(he, f"/teams/{team.pk}/invitations", {"volunteer": ming.number}).json()
    path = f"/team-members/{invited['id']}"
    assert post(he, f"{path}/accept").status_code == 404, "only oneself accepts"

    me = as_(client, actor(cast.xiaoming))
    assert [one["state"] for one in items(me, "/memberships")] == ["invited"]
    assert post(me, f"{path}/accept").json()["state"] == "member"

    he = as_(client, cast.he)
    asked = post(he, f"{path}/head-changes", {"reason": "换届"}).json()
    change = f"/head-changes/{asked['id']}"
    assert post(he, f"{change}/approve").status_code == 403

    chen = as_(client, cast.chen)
    assert [one["id"] for one in items(chen, "/head-changes")] == [asked["id"]]
    assert post(chen, f"{change}/approve").json()["state"] == "approved"
    taken = post(chen, f"{path}/take-out", {"reason": "搬家"})
    assert taken.json()["type"] == "/problems/leads_it"
    assert post(as_(client, cast.zhou), f"{change}/refuse", {"reason": "否"}).status_code == 404


def test_who_asked_is_let_in_or_turned_away_and_may_leave(me, client, cast, ming, crowd):
    team = make_team(cast.hongmian, crowd)
    asked = post(me, f"/teams/{team.pk}/join").json()
    path = f"/team-members/{asked['id']}"

    he = as_(client, cast.he)
    assert post(he, f"{path}/turn-away", {"reason": "暂不招新"}).json()["state"] == "refused"

    me = as_(client, actor(cast.xiaoming))
    again = post(me, f"/teams/{team.pk}/join").json()
    path = f"/team-members/{again['id']}"
    assert post(as_(client, cast.he), f"{path}/let-in").json()["state"] == "member"
    assert post(as_(client, actor(cast.xiaoming)), f"{path}/leave").json()["state"] == "left"


# ── Hours in dispute, and finding near by ────────────────────────────────────────────────────────


def test_a_record_is_disputed_answered_and_a_missing_one_taken_back(me, client, cast, lately):
    wrong = post(me, f"/attendances/{lately.pk}/disputes", {"words": "我九点前到的"}).json()
    today = timezone.localdate().isoformat()
    lost = {"org": cast.hongmian.code, "day": today, "words": "缺少今天上午的记录"}
    missing = post(me, "/hours-disputes", lost).json()
    assert {one["kind"] for one in items(me, "/hours-disputes/own")} == {"wrong", "missing"}
    withdrawn = post(me, f"/hours-disputes/{missing['id']}/withdraw")
    assert withdrawn.json()["state"] == "withdrawn"

    said = {"corrected": False, "answer": "现场名册为九点零二分"}
    path = f"/hours-disputes/{wrong['id']}/answer"
    assert post(as_(client, cast.zhou), path, said).status_code == 404
    corrected = post(as_(client, cast.chen), path, {**said, "corrected": True})
    assert corrected.json()["type"] == "/problems/not_corrected"
    assert post(client, path, said).json()["state"] == "explained"


def test_sessions_are_found_by_distance_page_by_page(me, cast):
    starts = timezone.now() + 48 * HOUR
    for place, latitude in enumerate(("22.70", "22.65", "22.80")):
        spot = services.Spot(f"公园{latitude}", Decimal(latitude), Decimal("114.20"))
        when = starts + place * 5 * HOUR
        new = new_activity(cast, spot=spot, times=((when, when + HOUR),))
        services.publish_activity(new=new, at=timezone.now(), by=cast.lin)

    first = me.get(f"{ROOT}/open-sessions?near=22.64,114.20&limit=2").json()
    then = me.get(first["next"]).json()

    places = [one["place"] for one in first["items"] + then["items"]]
    assert places == ["公园22.65", "公园22.70", "公园22.80"]
    assert [one["kilometres"] for one in first["items"]] == ["1.1", "6.7"]
    assert then["next"] is None
    assert [one["kilometres"] for one in items(me, "/open-sessions")] == [None, None, None]
    assert me.get(f"{ROOT}/open-sessions?near=here").status_code == 422
