"""What anybody may send to the front door, and what every answer carries, errors too (bars 38 and 39)."""

import pytest
from django.conf import settings as house

from qinghe.edges.web.middleware import PUBLIC

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ELSEWHERE = "elsewhere.example"
# A page, a redirect, what is not there, what is refused, what is not a page, what is not even read.
ANSWERS = {
    "sign-in": ("GET", "/accounts/login/", {}),
    "led to sign-in": ("GET", "/directory/", {}),
    "not found": ("GET", "/no/such/page/", {}),
    "problem": ("GET", "/api/v1/no-such-thing/", {}),
    "unknown": ("GET", "/api/v1/people/", {}),
    "no token": ("POST", "/accounts/login/", {}),
    "wrong method": ("DELETE", "/healthz", {}),
    "static": ("GET", "/static/web/qinghe.css", {}),
    "wrong host": ("GET", "/accounts/login/", {"HTTP_HOST": ELSEWHERE}),
    "too large": ("POST", "/accounts/login/", {"CONTENT_LENGTH": str(10**12)}),
    "no length": ("POST", "/accounts/login/", {"HTTP_TRANSFER_ENCODING": "chunked"}),
    "null": ("GET", "/accounts/login/?next=%00", {}),
}


@pytest.fixture
def stranger(client):
    """Return somebody whom the token check does not spare, and who is told of faults as users are."""
    client.handler.enforce_csrf_checks = True
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_carries_the_policy(stranger, kind):
    method, address, headers = ANSWERS[kind]

    answer = stranger.generic(method, address, **headers)
    b"".join(answer) if answer.streaming else answer.content

    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer.status_code < 500


@pytest.mark.parametrize(
    "host", [ELSEWHERE, "testserver.elsewhere.example", "testserver@elsewhere.example", "a b", ""]
)
@pytest.mark.parametrize("address", ["/accounts/login/", "/api/v1/", "/"])
def test_a_wrong_host_is_refused(stranger, settings, host, address):
    settings.ALLOWED_HOSTS = ["testserver"]

    answer = stranger.get(address, HTTP_HOST=host, SERVER_NAME=host)

    assert answer.status_code == 400
    assert ELSEWHERE not in answer.content.decode()


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_HOST", "HTTP_X_HOST", "HTTP_FORWARDED"])
def test_no_other_header_names_the_host(stranger, header):
    answer = stranger.get(
        "/directory/", **{header: f"host={ELSEWHERE}", "HTTP_X_ORIGINAL_URL": "/"}
    )

    assert ELSEWHERE not in answer["Location"]
    assert house.USE_X_FORWARDED_HOST is False


@pytest.mark.parametrize(
    "to", [f"//{ELSEWHERE}/", f"https://{ELSEWHERE}/", f"/\\{ELSEWHERE}", "javascript:alert(1)"]
)
@pytest.mark.parametrize("door", ["/accounts/login/", "/accounts/logout/", "/join/", "/register/"])
def test_no_door_leads_to_another_house(stranger, door, to):
    for answer in (stranger.get(door, {"next": to}), stranger.get(door, {"next": to}, follow=True)):
        assert to not in answer.headers.get("Location", "")
        assert f'href="{to}"' not in answer.content.decode()
        assert f'action="{to}"' not in answer.content.decode()


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND"])
def test_methods_of_other_trades_are_not_answered(stranger, method):
    answer = stranger.generic(method, "/accounts/login/", HTTP_X_SECRET="s3cret")

    assert answer.status_code in (403, 405)
    assert "s3cret" not in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/.git/config", "/static/../manage.py", "/static/%2e%2e/settings.py", "/.env", "/admin/"],
)
def test_what_lies_beside_the_pages_is_not_served(stranger, address):
    assert stranger.get(address).status_code in (302, 404)
    assert b"SECRET" not in stranger.get(address).content


def test_pages_that_need_no_account_are_few_and_known():
    """A new one is a decision: it is written down here too. A demo adds its own door."""
    assert set(PUBLIC) - {"/demo/"} == {
        "/accounts/2fa/", "/accounts/by/", "/accounts/inactive/", "/accounts/keys/login/",
        "/accounts/login/", "/accounts/logout/", "/accounts/password/new/", "/api/", "/favicon.ico",
        "/health/live", "/health/ready", "/healthz", "/join/", "/metrics", "/register/", "/static/", "/training/public/", "/venues/public/",
        "/volunteering/public/",
    }  # fmt: skip
