"""Every failure has one shape, whoever answered it; lists go on by key; too many wait."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.models import Session
from qinghe.systems.volunteering.tests.makers import make_session

from .conftest import SESSIONS, account_of, bearer, token_for


@pytest.fixture
def header(cast):
    return bearer(token_for(cast.chen, Act.SEE, Act.CHECK_IN)[1])


def check_problem(answer, status):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["type"].startswith("/problems/")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told["title"])


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("get", "/api/v1/nothing", None, 404),
        ("get", "/api/", None, 404),
        ("get", f"{SESSIONS}/999999/check-ins", None, 405),
        ("delete", SESSIONS, None, 405),
        ("post", f"{SESSIONS}/999999/check-ins", "{}", 422),
        ("post", f"{SESSIONS}/999999/check-ins", "", 422),
        ("post", f"{SESSIONS}/999999/check-ins", "{", 400),
        ("post", f"{SESSIONS}/999999/check-ins", '{"volunteer": "ZY1"}', 404),
        ("get", f"{SESSIONS}?limit=0", None, 422),
        ("get", f"{SESSIONS}?limit=201", None, 422),
        ("get", f"{SESSIONS}?cursor=nonsense", None, 422),
        ("get", f"{SESSIONS}?cursor=WzEsMl0", None, 422),
        ("get", f"{SESSIONS}?cursor=%00", None, 400),
    ],
)
def test_failures_are_problem_documents(client, header, method, path, body, status):
    options = {} if body is None else {"data": body, "content_type": "application/json"}

    answer = getattr(client, method)(path, **options, **header)

    check_problem(answer, status)


def test_a_wrong_method_names_the_right_ones(client, header):
    assert client.delete(SESSIONS, **header)["Allow"] == "GET"


def test_nobody_is_answered_without_signing_in(client, cast):
    check_problem(client.get(SESSIONS), 401)


def test_a_session_needs_its_csrf_token_and_a_bearer_does_not(cast, header):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account_of(cast.he))
    session = make_session("CC1", org=cast.hongmian)
    asked = {"data": {"volunteer": "ZY9"}, "content_type": "application/json"}

    check_problem(strict.post(f"{SESSIONS}/{session.pk}/check-ins", **asked), 403)
    check_problem(strict.post(f"{SESSIONS}/{session.pk}/check-ins", **asked, **header), 404)


def test_a_failure_of_ours_is_told_without_its_cause(client, header, monkeypatch):
    """Bar 43."""
    monkeypatch.setattr(
        "qinghe.systems.volunteering.api.sessions.queries.sessions_seen_by", lambda actor: 1 / 0
    )
    client.raise_request_exception = False

    answer = client.get(SESSIONS, **header)

    check_problem(answer, 500)
    assert "division" not in answer.content.decode()
    assert answer["X-Request-ID"]


def test_a_list_is_read_to_its_end_by_key_while_rows_come_in(client, cast, header):
    now = timezone.now()
    for number in range(25):
        make_session(
            f"CC{number}", org=cast.hongmian, starts_at=now + timedelta(seconds=number // 3)
        )
    wanted = list(Session.objects.order_by("-starts_at", "-pk").values_list("code", flat=True))
    seen, url = [], f"{SESSIONS}?limit=7"
    while url:
        told = client.get(url, **header).json()
        seen += [one["code"] for one in told["items"]]
        url = told["next"]
        make_session(f"NEW{len(seen)}", org=cast.hongmian, starts_at=now + timedelta(days=9))

    assert seen == wanted


def test_who_asks_too_often_waits(client, cast, header, settings):
    settings.API_LIMITS = {"read": 3, "write": 1}

    answers = [client.get(SESSIONS, **header) for _ in range(4)]

    assert [answer.status_code for answer in answers][:3] == [200, 200, 200]
    if answers[3].status_code == 200:  # a new minute began meanwhile
        answers += [client.get(SESSIONS, **header) for _ in range(3)]
    check_problem(answers[-1], 429)
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    other = bearer(token_for(cast.lin, Act.SEE)[1])
    assert client.get(SESSIONS, **other).status_code == 200


@pytest.mark.django_db
def test_the_description_names_tokens_problems_and_keys():
    from qinghe.config.urls import api  # noqa: PLC0415  mounted once the systems are known

    schema = api.get_openapi_schema(path_prefix="/api/v1/")

    assert schema["components"]["securitySchemes"]["TokenAuth"]["scheme"] == "bearer"
    for path in schema["paths"].values():
        for method, operation in path.items():
            assert "application/problem+json" in operation["responses"]["default"]["content"]
            named = {parameter["name"] for parameter in operation.get("parameters", [])}
            assert ("Idempotency-Key" in named) == (method == "post")
