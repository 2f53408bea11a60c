"""Five failures in five minutes for an account, ten a minute for an address, and no longer (bar 33)."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client

from qinghe.lib.periods import TZ
from tests import cast
from tests.accounts.conftest import make_account, text, try_to_sign_in, verbs_of

LATER = "错误次数过多"


def fail(times, *, login="hehe", client=None):
    """Fail so often, each time from another address; return the last answer."""
    for number in range(times):
        _, answer = try_to_sign_in(login, "wrong", client=client, address=f"10.1.0.{number + 1}")
    return text(answer)


def test_the_sixth_failure_of_an_account_has_to_wait(he):
    fifth = fail(5)
    _, sixth = try_to_sign_in("hehe", address="10.2.0.1")

    assert LATER not in fifth
    assert LATER in text(sixth)


def test_a_lock_out_is_written_down_once(he):
    fail(9)

    assert verbs_of().count("accounts.sign_in_failed") == 5
    assert verbs_of().count("accounts.locked_out") == 1


def test_an_unknown_name_is_locked_out_just_the_same(db):
    assert LATER in fail(6, login="nobody")


def test_the_delay_ends_by_itself(he, monkeypatch):
    fail(6)
    now = time.time()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now + 301)

    _, answer = try_to_sign_in("hehe", address="10.2.0.1")

    assert answer.url == "/"


def test_who_is_locked_out_is_told_from_when_on_to_try_again(he):
    began = datetime.now(TZ)
    hour, minute = re.search(r"请在 (\d\d):(\d\d) 以后再试", fail(6)).groups()

    waits = (int(hour) * 60 + int(minute) - began.hour * 60 - began.minute) % (24 * 60)
    assert waits in (6, 7)  # five minutes, and the minute that has begun


def test_trying_on_does_not_lengthen_the_delay(he, monkeypatch):
    fail(40)
    now = time.time()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now + 301)

    _, answer = try_to_sign_in("hehe", address="10.2.0.1")

    assert answer.url == "/"


def test_the_owner_comes_in_by_a_known_browser_while_others_try_the_name(he):
    own = Client(REMOTE_ADDR="10.3.0.1")
    try_to_sign_in("hehe", client=own)
    own.post("/accounts/logout/")

    fail(6)
    _, answer = try_to_sign_in("hehe", client=own)

    assert answer.url == "/"


def test_a_known_browser_has_five_tries_too(he):
    own = Client(REMOTE_ADDR="10.3.0.1")
    try_to_sign_in("hehe", client=own)
    own.post("/accounts/logout/")

    for _ in range(5):
        try_to_sign_in("hehe", "wrong", client=own)
    _, answer = try_to_sign_in("hehe", client=own)

    assert LATER in text(answer)


def test_a_forged_browser_is_an_unknown_one(he):
    fail(5)
    client = Client(REMOTE_ADDR="10.3.0.1")
    client.cookies["qinghe_device"] = "eyIxIjoieCJ9:forged:forged"

    _, answer = try_to_sign_in("hehe", client=client)

    assert LATER in text(answer)


def test_an_address_has_ten_failures_a_minute_whatever_the_names(db):
    for number in range(10):
        try_to_sign_in(f"name{number}", "wrong", address="10.4.0.1")

    _, eleventh = try_to_sign_in("name10", "wrong", address="10.4.0.1")
    _, elsewhere = try_to_sign_in("name11", "wrong", address="10.4.0.2")

    assert LATER in text(eleventh)
    assert LATER not in text(elsewhere)


def test_a_whole_office_signs_in_from_one_address(people):
    for number in range(12):
        person = cast.make_person(f"Q{number:03}", "测试员")
        make_account(person.pk, f"office{number}")

    answers = [try_to_sign_in(f"office{number}")[1] for number in range(12)]

    assert {answer.status_code for answer in answers} == {302}


@pytest.mark.django_db(transaction=True)
def test_processes_count_together():
    make_account(cast.make_cast().he.person_id, "hehe")

    def attempt(number):
        try:
            return text(try_to_sign_in("hehe", "wrong", address=f"10.5.0.{number}")[1])
        finally:
            caches.close_all()
            connection.close()

    with ThreadPoolExecutor(4) as threads:  # each with its own connection and its own cache
        pages = list(threads.map(attempt, range(12)))

    assert sum(LATER not in page for page in pages) == 5


@pytest.mark.django_db(transaction=True)
def test_a_count_is_written_outside_of_any_transaction(monkeypatch):
    make_account(cast.make_cast().he.person_id, "hehe")
    cache = caches["default"]
    seen = []
    write = type(cache)._base_set

    def spy(self, *args, **kwargs):
        seen.append(transaction.get_connection().in_atomic_block)
        return write(self, *args, **kwargs)

    monkeypatch.setattr(type(cache), "_base_set", spy)

    try_to_sign_in("hehe", "wrong")

    assert seen
    assert not any(seen)


def test_pages_ask_the_cache_for_nothing(he, monkeypatch):
    client, _ = try_to_sign_in("hehe")
    monkeypatch.setattr(
        "django.core.cache.backends.db.DatabaseCache.get_many", lambda *_, **__: 1 / 0
    )

    assert client.get("/accounts/security/").status_code == 200
