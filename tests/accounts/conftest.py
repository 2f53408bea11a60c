"""Accounts of the cast that can really sign in, and the second factor asked of staff."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import User
from django.test import Client

from qinghe.kernel.access.models import Account
from qinghe.kernel.audit.models import Entry
from tests import cast
from tests.kept import kept

PASSWORD = "竹林里的三盏旧灯"
LEAST_SECONDS = 5  # that a code must still be good for when it is typed


@pytest.fixture(autouse=True)
def as_in_real_life(settings):
    settings.QINGHE_SECOND_FACTOR = True


@kept
def people():
    return cast.make_cast()


def make_account(person_id: int, username: str, *, password: str = PASSWORD) -> User:
    """Open an account that a password opens."""
    user = User.objects.create_user(username, password=password)
    Account.objects.create(user=user, person_id=person_id)
    return user


def try_to_sign_in(login: str, password: str = PASSWORD, *, client=None, address="127.0.0.1"):
    """Send the form of the sign-in page; return the client and the answer."""
    client = client or Client(REMOTE_ADDR=address)
    answer = client.post("/accounts/login/", {"login": login, "password": password})
    return client, answer


def text(answer) -> str:
    """Return a page as text."""
    return answer.content.decode()


def code_of(secret: str) -> str:
    """Return what the app would show now."""
    if (left := 30 - time.time() % 30) < LEAST_SECONDS:
        time.sleep(left)
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def enrol(client: Client) -> str:
    """Pair an authenticator app; return its secret."""
    client.get("/accounts/totp/add/")
    secret = client.session["mfa.totp.secret"]
    answer = client.post("/accounts/totp/add/", {"code": code_of(secret)})
    assert answer.status_code == 302, text(answer)
    return secret


def verbs_of() -> list[str]:
    """Return what the trail tells of accounts, oldest first."""
    entries = Entry.objects.filter(verb__startswith="accounts.").order_by("pk")
    return list(entries.values_list("verb", flat=True))


@pytest.fixture
def he(people):
    """Return 何禾, who leads a team and needs no second factor."""
    return make_account(people.he.person_id, "hehe")


@pytest.fixture
def lin(people):
    """Return 林青 of the district, who needs a second factor."""
    return make_account(people.lin.person_id, "linqing")
