"""One's own tokens: made after the password, shown once, revoked; nobody else's."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from qinghe.edges.accounts import guard
from qinghe.edges.api.models import Token
from qinghe.systems.volunteering.access import Act

from .conftest import SESSIONS, account_of, bearer, token_for

PASSWORD = "a long enough password"
FORM = {"name": "签到机", "days": "90", "scopes": [Act.SEE]}


@pytest.fixture
def zhou(client, cast):
    user = account_of(cast.zhou)
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    return client


def give_password_again(client):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_a_token_is_shown_once_and_works(zhou):
    give_password_again(zhou)

    page = zhou.post(reverse("tokens:new"), FORM).content.decode()

    text = re.search(r"qh_[\w-]{40,}", page)[0]
    assert zhou.get(SESSIONS, **bearer(text)).status_code == 200
    listed = zhou.get(reverse("tokens:list")).content.decode()
    assert "签到机" in listed
    assert text not in listed


def test_the_password_is_asked_again(zhou):
    assert "/accounts/again/" in zhou.get(reverse("tokens:new"))["Location"]
    assert "/accounts/again/" in zhou.post(reverse("tokens:new"), FORM)["Location"]
    assert not Token.objects.exists()


def test_only_what_one_may_do_oneself_is_offered(zhou):
    give_password_again(zhou)

    page = zhou.get(reverse("tokens:new")).content.decode()
    refused = zhou.post(reverse("tokens:new"), {**FORM, "scopes": [Act.APPROVE_LONG_HOURS]})

    assert Act.SEE in page
    assert Act.APPROVE_LONG_HOURS not in page
    assert refused.status_code == 422


def test_a_token_is_revoked_by_its_own_person_only(zhou, cast):
    mine, _ = token_for(cast.zhou, Act.SEE)
    other, _ = token_for(cast.chen, Act.SEE)

    assert zhou.post(reverse("tokens:revoke", args=[other.pk])).status_code == 404
    assert zhou.post(reverse("tokens:revoke", args=[mine.pk])).status_code == 302

    assert set(Token.objects.filter(revoked_at=None)) == {other}


def test_a_shared_demo_account_makes_none(zhou, cast, monkeypatch):
    User.objects.update(password="!")  # as the demo's accounts are: nothing to ask for again
    zhou.force_login(account_of(cast.zhou))
    monkeypatch.setattr(guard, "came_by_the_door", lambda request: True)

    assert zhou.post(reverse("tokens:new"), FORM).status_code == 403
    assert not Token.objects.exists()
