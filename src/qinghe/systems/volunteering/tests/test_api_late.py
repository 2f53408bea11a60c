"""Late entries, policies and star rounds by a program: as on the pages, with two pairs of eyes."""

import json
from datetime import timedelta

import pytest
from django.test.client import encode_multipart
from django.utils import timezone

from qinghe.systems.volunteering import models
from tests.cast import actor
from tests.desk import sign_in

from .hour_makers import paper
from .makers import make_session
from .star_makers import carry, in_season_today, make_round
from .test_api import ROOT, post

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def yesterday(cast):
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    return make_session("CC7", org=cast.hongmian, starts_at=now - timedelta(days=1, hours=3))


def come(volunteer, session, *, hours=2):
    left = session.starts_at + hours * HOUR
    return {
        "volunteer": volunteer.number,
        "came_at": session.starts_at.isoformat(),
        "left_at": left.isoformat(),
    }


def ask(client, told, *, evidence=None, key="", boundary="first"):
    sent = {"told": json.dumps(told), **({"evidence": evidence} if evidence else {})}
    return client.post(
        f"{ROOT}/late-entries",
        encode_multipart(boundary, sent),
        content_type=f"multipart/form-data; boundary={boundary}",
        **({"HTTP_IDEMPOTENCY_KEY": key} if key else {}),
    )


def told(session, *volunteers):
    comes = [come(one, session) for one in volunteers]
    return {"session_id": session.pk, "reason": "现场网络中断", "comes": comes}


def test_one_asks_with_a_paper_and_another_agrees(client, cast, ming, yesterday):
    sign_in(client, cast.chen)
    without = ask(client, told(yesterday, ming))
    asked = ask(client, told(yesterday, ming), evidence=paper()).json()
    own = post(client, f"/late-entries/{asked['id']}/approve")

    sign_in(client, cast.lin)
    agreed = post(client, f"/late-entries/{asked['id']}/approve").json()
    lines = client.get(f"{ROOT}/late-entries/{asked['id']}/lines").json()["items"]

    assert (without.status_code, own.json()["type"]) == (422, "/problems/own_request")
    assert (asked["state"], agreed["state"]) == ("asked", "approved")
    assert (lines[0]["volunteer"], lines[0]["minutes"]) == (ming.number, 120)
    assert models.Attendance.objects.get(volunteer=ming).how == "late"


def test_what_is_sent_twice_under_one_key_is_asked_once(client, cast, ming, yesterday):
    sign_in(client, cast.chen)
    body = told(yesterday, ming)

    first = ask(client, body, evidence=paper(), key="late-1")
    again = ask(client, body, evidence=paper(), key="late-1", boundary="second")
    other = ask(client, body, evidence=paper(content=b"%PDF-1.7 another"), key="late-1")

    assert (first.status_code, again.content) == (200, first.content)
    assert other.json()["type"] == "/problems/other_request"
    assert models.LateEntry.objects.count() == 1


def test_a_number_that_nobody_has_is_told(client, cast, ming, yesterday):
    sign_in(client, cast.chen)
    body = told(yesterday, ming)
    body["comes"][0]["volunteer"] = "ZY0"

    answer = ask(client, body, evidence=paper())

    assert answer.status_code == 404
    assert "ZY0" in answer.json()["title"]
    assert not models.LateEntry.objects.exists()


def test_what_never_was_published_says_all_of_itself(client, cast, ming, yesterday):
    sign_in(client, cast.chen)
    body = told(yesterday, ming) | {"session_id": None}
    half = ask(client, body, evidence=paper())
    whole = body | {
        "title": "河道清理",
        "place": "红棉河",
        "org": cast.hongmian.code,
        "starts_at": yesterday.starts_at.isoformat(),
        "ends_at": yesterday.ends_at.isoformat(),
    }

    made = ask(client, whole, evidence=paper()).json()

    assert half.json()["type"] == "/problems/not_told"
    assert (made["title"], made["session_id"]) == ("河道清理", None)


def test_a_late_entry_is_sent_back_mended_and_withdrawn(client, cast, ming, yesterday):
    sign_in(client, cast.chen)
    entry = ask(client, told(yesterday, ming), evidence=paper()).json()
    path = f"/late-entries/{entry['id']}"
    sign_in(client, cast.lin)
    assert post(client, f"{path}/return", {"reason": "时间不符"}).json()["state"] == "returned"

    sign_in(client, cast.chen)
    mended = {"reason": "按签到表改正", "comes": [come(ming, yesterday, hours=1)]}
    assert post(client, f"{path}/amend", mended).json()["minutes"] == 60
    assert post(client, f"{path}/withdraw").json()["state"] == "withdrawn"


def test_a_policy_is_entered_once_and_ended(client, cast):
    sign_in(client, cast.chen)
    today = timezone.localdate()
    body = {
        "insurer": "平安", "number": "BD1", "org": cast.hongmian.code, "covers": "意外伤害",
        "starts_on": str(today), "ends_on": str(today + timedelta(days=300)),
    }  # fmt: skip
    made = post(client, "/policies", body).json()
    again = post(client, "/policies", body)

    last = str(today + timedelta(days=30))
    end = {"on": last, "reason": "活动取消"}
    ended = post(client, f"/policies/{made['id']}/end", end).json()

    assert again.json()["type"] == "/problems/number_taken"
    assert ended["ended_on"] == last


def test_a_star_goes_its_way_by_a_program(client, cast, ming):
    season = make_round(cast)
    in_season_today(season)
    models.Volunteer.objects.filter(pk=ming.pk).update(registered_on="2021-01-01")
    carry(ming, hours=120, by=cast.lin)
    sign_in(client, cast.lin)
    path = f"/star-rounds/{season.pk}"
    (fit,) = client.get(f"{ROOT}{path}/candidates?org={cast.hongmian.code}").json()
    proposal = {"org": cast.hongmian.code, "volunteers": [ming.number]}
    assert post(client, f"{path}/proposals", proposal).json() == {"proposed": 1}
    assert (fit["volunteer"], fit["star"], "name" in fit) == (ming.number, 1, False)
    case = models.StarCase.objects.get()
    assert post(client, f"/star-cases/{case.pk}/agree").json()["type"] == "/problems/own_proposal"

    sign_in(client, cast.chen)
    assert post(client, f"/star-cases/{case.pk}/agree").json()["state"] == "noticed"
    (shown,) = client.get(f"{ROOT}/star-cases/noticed").json()
    said = [
        one["verdict"]
        for one in client.get(f"{ROOT}/star-cases/{case.pk}/decisions").json()["items"]
    ]

    assert shown["number"] == f"尾号{ming.number[-4:]}"
    assert said == ["agreed"]
    assert cast.xiaoming.name not in json.dumps(shown, ensure_ascii=False)


def test_somebody_objects_to_a_star_and_it_ends(client, cast, ming, hua):
    season = make_round(cast)
    in_season_today(season)
    models.Volunteer.objects.filter(pk=ming.pk).update(registered_on="2021-01-01")
    carry(ming, hours=120, by=cast.lin)
    sign_in(client, actor(cast.xiaoming))
    own = post(client, f"/star-rounds/{season.pk}/apply").json()
    sign_in(client, cast.chen)
    post(client, f"/star-cases/{own['id']}/agree")
    sign_in(client, actor(hua.person))
    made = post(client, f"/star-cases/{own['id']}/objections", {"words": "时长不实"}).json()

    sign_in(client, cast.lin)
    answer = {"upheld": True, "answer": "核实属实"}
    settled = post(client, f"/star-objections/{made['id']}/answer", answer).json()

    assert settled["state"] == "upheld"
    assert models.StarCase.objects.get(pk=own["id"]).state == "refused"
