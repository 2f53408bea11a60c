"""Tokens: who they stand for, how far they go, and when they stop."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from qinghe.edges.api import services
from qinghe.edges.api.models import Token
from qinghe.kernel.audit.models import Entry
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.models import Attendance
from qinghe.systems.volunteering.tests.makers import make_session, make_volunteer

from .conftest import SESSIONS, account_of, bearer, token_for


def test_a_token_opens_what_its_scopes_name(client, cast):
    make_session("CC1", org=cast.hongmian)
    _, text = token_for(cast.chen, Act.SEE)

    answer = client.get(SESSIONS, **bearer(text))

    assert answer.status_code == 200
    assert [one["code"] for one in answer.json()["items"]] == ["CC1"]


def test_a_token_goes_no_further_than_its_scopes_although_its_holder_may(client, cast):
    session = make_session("CC1", org=cast.hongmian, starts_at=timezone.now())
    volunteer = make_volunteer("ZY1", person=cast.xiaoming, org=cast.hongmian)
    _, text = token_for(cast.chen, Act.SEE)

    answer = client.post(
        f"{SESSIONS}/{session.pk}/check-ins",
        {"volunteer": volunteer.number},
        content_type="application/json",
        **bearer(text),
    )

    assert answer.status_code == 403
    assert "令牌只能办理生成时勾选的权限" in answer.json()["title"]
    assert not Attendance.objects.exists()


def test_a_token_goes_no_further_than_its_holder(client, cast):
    make_session("CC1", org=cast.hongmian)
    _, text = token_for(cast.zhou, Act.SEE)

    assert client.get(SESSIONS, **bearer(text)).json()["items"] == []


def test_what_a_token_did_is_signed_with_the_person_the_token_and_the_account(client, cast):
    session = make_session("CC1", org=cast.hongmian, starts_at=timezone.now())
    volunteer = make_volunteer("ZY1", person=cast.xiaoming, org=cast.hongmian)
    token, text = token_for(cast.chen, Act.SEE, Act.CHECK_IN)

    answer = client.post(
        f"{SESSIONS}/{session.pk}/check-ins",
        {"volunteer": volunteer.number},
        content_type="application/json",
        **bearer(text),
    )

    assert answer.status_code == 200
    entry = Entry.objects.get(verb="volunteering.check_in")
    assert entry.person_id == cast.chen.person_id
    assert entry.account_id == token.user_id
    assert f"令牌{token.begins}" in entry.by


@pytest.mark.parametrize("end", ["revoked", "expired", "disabled", "unknown", "basic"])
def test_a_token_that_is_no_longer_good_is_refused(client, cast, end):
    at = timezone.now() - timedelta(days=40 if end == "expired" else 1)
    token, text = token_for(cast.chen, Act.SEE, at=at)
    header = bearer(text)
    if end == "revoked":
        services.revoke_token(token=token, at=timezone.now(), by=cast.chen)
    elif end == "disabled":
        User.objects.filter(pk=token.user_id).update(is_active=False)
    elif end == "unknown":
        header = bearer("qh_made-up")
    elif end == "basic":
        header = {"HTTP_AUTHORIZATION": "Basic YTpi"}

    answer = client.get(SESSIONS, **header)

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["type"] == "/problems/bad_token"


def test_a_bad_token_is_not_saved_by_a_session(client, cast):
    client.force_login(account_of(cast.lin))

    assert client.get(SESSIONS, **bearer("qh_made-up")).status_code == 401


def test_only_the_hash_is_kept_and_the_last_use_is_noted(client, cast):
    token, text = token_for(cast.chen, Act.SEE)

    client.get(SESSIONS, **bearer(text))

    row = Token.objects.values().get(pk=token.pk)
    assert text not in str(row)
    assert row["used_at"] is not None
    assert text not in str(list(Entry.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize(
    ("scopes", "lasts", "code"),
    [
        ([], timedelta(days=1), "no_scope"),
        ([Act.APPROVE_LONG_HOURS], timedelta(days=1), "beyond_rights"),
        ([Act.SEE], timedelta(days=366), "too_long"),
        ([Act.SEE], timedelta(0), "too_long"),
    ],
)
def test_what_no_token_may_be(cast, scopes, lasts, code):
    with pytest.raises(Refused) as refused:
        token_for(cast.chen, *scopes, lasts=lasts)

    assert refused.value.code == code
    assert not Token.objects.exists()


def test_an_account_holds_a_limited_number_of_tokens(cast):
    for _ in range(services.MOST):
        token_for(cast.chen, Act.SEE)

    with pytest.raises(Refused, match="最多同时持有"):
        token_for(cast.chen, Act.SEE)
