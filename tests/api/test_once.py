"""A request that is sent again is done once (bar 12)."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from qinghe.edges.api import once, retention
from qinghe.edges.api.models import Answer
from qinghe.kernel.audit.models import Entry
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.models import Attendance
from qinghe.systems.volunteering.tests.makers import make_session, make_volunteer
from tests.cast import make_cast

from .conftest import SESSIONS, bearer, token_for

TWICE = 50


@pytest.fixture
def running(cast):
    make_volunteer("ZY1", person=cast.xiaoming, org=cast.hongmian)
    now = timezone.now()
    return make_session("CC1", org=cast.hongmian, starts_at=now - timedelta(minutes=5))


@pytest.fixture
def header(cast):
    return bearer(token_for(cast.chen, Act.SEE, Act.CHECK_IN)[1])


def check_in(client, session, header, *, key="k1", volunteer="ZY1"):
    return client.post(
        f"{SESSIONS}/{session.pk}/check-ins",
        {"volunteer": volunteer},
        content_type="application/json",
        HTTP_IDEMPOTENCY_KEY=key,
        **header,
    )


def test_a_repeat_is_answered_as_the_first_time_and_changes_nothing(client, running, header):
    first = check_in(client, running, header)
    Attendance.objects.update(state="void")  # a repeat that ran would be answered otherwise

    again = check_in(client, running, header)

    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again["Idempotency-Replayed"] == "true"
    assert again["Content-Type"] == first["Content-Type"]
    assert Entry.objects.filter(verb="volunteering.check_in").count() == 1


def test_the_same_key_for_another_request_is_refused(client, cast, running, header):
    make_volunteer("ZY2", person=cast.xiaohong, org=cast.hongmian)
    check_in(client, running, header)

    answer = check_in(client, running, header, volunteer="ZY2")

    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/other_request"
    assert Attendance.objects.count() == 1


def test_another_account_with_the_same_key_is_not_given_the_answer(client, cast, running, header):
    check_in(client, running, header)
    zhou = bearer(token_for(cast.zhou, Act.SEE, Act.CHECK_IN)[1])

    answer = check_in(client, running, zhou)

    assert answer.status_code == 404
    assert "Idempotency-Replayed" not in answer


def test_a_refusal_is_not_kept(client, cast, running, header):
    refused = check_in(client, running, header, volunteer="ZY9")
    make_volunteer("ZY9", person=cast.xiaohong, org=cast.hongmian)

    later = check_in(client, running, header, volunteer="ZY9")

    assert refused.status_code == 404
    assert later.status_code == 200
    assert Answer.objects.count() == 1


def test_a_failure_of_ours_keeps_neither_key_nor_half_of_the_work(
    client, running, header, monkeypatch
):
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(
            "qinghe.systems.volunteering.api.doors.services.scan_card", lambda **words: 1 / 0
        )
        assert check_in(client, running, header).status_code == 500
    assert not Answer.objects.exists()

    assert check_in(client, running, header).status_code == 200


@pytest.mark.parametrize("key", ["", " ", "x" * 101, "a\tb"])
def test_a_key_that_is_none_is_refused(client, running, header, key):
    answer = check_in(client, running, header, key=key)

    assert answer.status_code == 422
    assert not Attendance.objects.exists()


def test_answers_are_kept_for_a_month_and_then_go(client, running, header):
    check_in(client, running, header)
    now = timezone.now()

    assert timedelta(days=30) <= once.KEPT
    assert retention.purge(now - once.KEPT, now) == 0
    assert retention.purge(now + timedelta(seconds=1), now + once.KEPT) == 1
    assert not Answer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_are_one_and_all_are_answered_alike():
    cast = make_cast()
    make_volunteer("ZY1", person=cast.xiaoming, org=cast.hongmian)
    session = make_session(
        "CC1", org=cast.hongmian, starts_at=timezone.now() - timedelta(minutes=5)
    )
    header = bearer(token_for(cast.chen, Act.SEE, Act.CHECK_IN)[1])
    gate, answers = threading.Barrier(TWICE), []

    def ask():
        gate.wait()
        try:
            answers.append(check_in(Client(raise_request_exception=False), session, header))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(TWICE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {(answer.status_code, answer.content) for answer in answers} == {
        (200, answers[0].content)
    }
    assert sum("Idempotency-Replayed" not in answer for answer in answers) == 1
    assert Attendance.objects.count() == Answer.objects.count() == 1
