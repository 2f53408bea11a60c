from datetime import timedelta

import pytest
from django.utils import timezone

from qinghe.systems.volunteering import models

from .makers import make_session, sign_in

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/volunteering"


@pytest.fixture
def he(client, cast):
    return sign_in(client, cast.he)


@pytest.fixture
def running(cast):
    now = timezone.now()
    return make_session("CC8", org=cast.hongmian, starts_at=now - timedelta(minutes=5))


def post(client, path, body=None):
    return client.post(f"{ROOT}{path}", body or {}, content_type="application/json")


def test_sessions_in_sight_are_listed(he, cast, running):
    make_session("CC9", org=cast.xiangjiaotang)

    listed = he.get(f"{ROOT}/sessions").json()

    assert [one["code"] for one in listed["items"]] == ["CC8"]
    assert listed["items"][0]["org"] == cast.hongmian.code


def test_check_in_and_out_by_card_number(he, ming, running):
    came = post(he, f"/sessions/{running.pk}/check-ins", {"volunteer": ming.number})
    again = post(he, f"/sessions/{running.pk}/check-ins", {"volunteer": ming.number})
    assert came.json() == again.json()
    assert came.json()["state"] == "present"

    left = post(he, f"/attendances/{came.json()['id']}/check-out")
    assert left.json()["state"] == "effective"
    assert models.Attendance.objects.get().how == "scan"


def test_a_refusal_is_a_problem_document(he, ming, session):
    answer = post(he, f"/sessions/{session.pk}/check-ins", {"volunteer": ming.number})

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/session_over"


def test_what_lies_out_of_sight_is_not_there(client, cast, ming, running):
    zhou = sign_in(client, cast.zhou)

    answer = post(zhou, f"/sessions/{running.pk}/check-ins", {"volunteer": ming.number})

    assert answer.status_code == 404
    assert not models.Attendance.objects.exists()


def test_nobody_is_answered_without_signing_in(client, running):
    answer = client.get(f"{ROOT}/sessions")

    assert answer.status_code == 401
    assert answer.json()["title"] == "请先登录。"


def test_who_sees_no_session_anywhere_is_refused_the_list(client, cast):
    answer = sign_in(client, cast.auditor).get(f"{ROOT}/sessions")

    assert answer.status_code == 403
    assert answer.headers["Content-Type"].startswith("application/problem+json")
