"""Coming in by name or phone and password, and going out."""

import statistics
import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people import services as people_services
from qinghe.kernel.people.models import Person
from tests import cast
from tests.accounts.conftest import PASSWORD, make_account, text, try_to_sign_in, verbs_of

PHONE = "13800138000"


def give_phone(person_id, phone=PHONE):
    people_services.keep_contact(
        person=Person.objects.get(pk=person_id),
        new=people_services.NewContact(phone=phone),
        at=cast.NOW,
        by="test",
    )


def test_the_name_and_the_password_open_the_account(he):
    client, answer = try_to_sign_in("hehe")

    assert answer.url == "/"
    assert client.get("/accounts/security/").status_code == 200
    assert verbs_of() == ["accounts.sign_in"]


def test_the_phone_and_the_password_open_the_account(he, people):
    give_phone(people.he.person_id)

    _, answer = try_to_sign_in(PHONE)

    assert answer.url == "/"


def test_of_a_family_with_one_phone_the_password_decides(he, people):
    make_account(people.xiaoming.pk, "xiaoming", password="另一句很长的口令")
    give_phone(people.he.person_id)
    give_phone(people.xiaoming.pk)

    client, answer = try_to_sign_in(PHONE, "另一句很长的口令")

    assert answer.url == "/"
    assert client.session["_auth_user_id"] != str(he.pk)


def test_a_known_and_an_unknown_account_get_the_same_answer(he):
    """Bar 33."""
    _, known = try_to_sign_in("hehe", "wrong")
    _, unknown = try_to_sign_in("nobody", "wrong")

    strip = "hehe", "nobody"
    pages = [text(page) for page in (known, unknown)]
    assert all("账号、手机号或密码不正确" in page for page in pages)
    assert abs(len(pages[0]) - len(pages[1])) <= 2 * abs(len(strip[0]) - len(strip[1])) + 4


def test_a_known_and_an_unknown_account_take_as_long(he, settings):
    """Bar 33."""
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "1000/m/ip,1000/5m/key", "login": "1000/m/ip"}
    times = {"hehe": [], "nobody": []}

    try_to_sign_in("hehe", "warm up")
    for _ in range(7):
        for name, spans in times.items():
            began = time.perf_counter()
            try_to_sign_in(name, "wrong")
            spans.append(time.perf_counter() - began)

    known, unknown = (statistics.median(spans) for spans in times.values())
    assert 0.5 < known / unknown < 2


def test_the_trail_names_a_known_account_and_keeps_quiet_about_what_else_was_typed(he):
    try_to_sign_in("hehe", "wrong")
    try_to_sign_in("my-secret-typed-into-the-wrong-box", "wrong")

    told = Entry.objects.filter(verb="accounts.sign_in_failed").order_by("pk")
    assert [entry.detail["account"] for entry in told] == ["hehe", ""]
    assert [entry.outcome for entry in told] == ["refused", "refused"]


def test_signing_in_gives_the_session_a_new_number(he):
    """Bar 36."""
    client = Client()
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    try_to_sign_in("hehe", client=client)

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_ends_the_session_on_the_server(he):
    """Bar 36."""
    client, _ = try_to_sign_in("hehe")
    key = client.session.session_key

    answer = client.post("/accounts/logout/")

    assert answer.url == "/accounts/login/"
    assert not Session.objects.filter(session_key=key).exists()
    assert verbs_of() == ["accounts.sign_in", "accounts.sign_out"]


def test_a_disabled_account_is_told_so_only_by_its_own_password(he):
    he.is_active = False
    he.save()

    _, wrong = try_to_sign_in("hehe", "wrong")
    client, right = try_to_sign_in("hehe")

    assert "账号、手机号或密码不正确" in text(wrong)
    assert right.url == "/accounts/inactive/"
    assert "账号已停用" in text(client.get(right.url))


def test_disabling_an_account_ends_its_sessions_at_the_next_request_and_for_good(he):
    """Bar 36."""
    client, _ = try_to_sign_in("hehe")
    he.is_active = False
    he.save()

    answer = client.get("/accounts/security/")
    he.is_active = True
    he.save()

    assert answer.url.startswith("/accounts/login/")
    assert client.get("/accounts/security/").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/password/reset/",
        "/accounts/confirm-email/",
        "/accounts/login/code/",
        "/accounts/3rdparty/signup/",
        "/accounts/social/signup/",
    ],
)
def test_what_allauth_could_do_besides_has_no_address(he, path):
    client, _ = try_to_sign_in("hehe")

    assert client.get(path).status_code == 404


def test_pages_of_the_signed_in_stay_out_of_caches(he):
    client, _ = try_to_sign_in("hehe")

    assert client.get("/accounts/security/")["Cache-Control"] == "no-store, private"


def test_the_password_itself_is_kept_nowhere(he):
    try_to_sign_in("hehe")

    assert PASSWORD not in str(list(Entry.objects.values_list("detail", flat=True)))
