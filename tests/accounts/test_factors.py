"""The second factor: asked of staff before any page, taken once, and lost without going lost (bar 35)."""

import time
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.accounts import services
from qinghe.edges.accounts.models import FactorSecret
from qinghe.edges.web import context
from qinghe.kernel.access.actors import STAFF, Role
from qinghe.kernel.access.models import Holding
from tests import cast
from tests.accounts.conftest import (
    code_of,
    enrol,
    make_account,
    text,
    try_to_sign_in,
    verbs_of,
)

SECURITY = "/accounts/security/"


def test_staff_is_led_to_enrolment_before_any_page(lin):
    client, _ = try_to_sign_in("linqing")

    for path in ["/", "/directory/", "/search/?q=a", "/inbox/", "/notices/"]:
        assert client.get(path).url == SECURITY, path
    page = client.get(SECURITY)
    assert "您的岗位要求第二重验证" in text(page)
    assert 'id="menu"' not in text(page)


def test_a_part_of_a_page_leads_there_too(lin):
    client, _ = try_to_sign_in("linqing")

    answer = client.get("/search/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == SECURITY


def test_the_api_answers_with_a_problem(lin):
    client, _ = try_to_sign_in("linqing")

    answer = client.get("/api/v1/volunteering/sessions")

    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


def test_who_needs_none_is_asked_for_none(he):
    client, _ = try_to_sign_in("hehe")

    assert client.get("/").url != SECURITY


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.VOLUNTEER}))
def test_the_posts_of_staff_are_asked_and_no_other(people, role):
    person = cast.make_person("Z001", "周一")
    with_role(person, role, people)
    make_account(person.pk, "somebody")

    client, _ = try_to_sign_in("somebody")

    led = client.get("/search/").get("Location") == SECURITY
    assert led == (role in STAFF)


BELOW = [Role.COMMUNITY_SECRETARY, Role.BRANCH_SECRETARY, Role.TEAM_LEADER, Role.VOLUNTEER]


@pytest.mark.parametrize("role", BELOW)
@pytest.mark.parametrize("days", [0, 1])
def test_below_the_street_it_is_asked_from_a_day_on_but_never_of_volunteers(
    people, settings, role, days
):
    """Bar 35, ADR 0048: the district names the day."""
    settings.QINGHE_SECOND_FACTOR_BELOW_STREET = timezone.localdate() + timedelta(days=days)
    person = cast.make_person("Z001", "周一")
    with_role(person, role, people)
    make_account(person.pk, "somebody")

    client, _ = try_to_sign_in("somebody")

    led = client.get("/search/").get("Location") == SECURITY
    assert led == (days == 0 and role != Role.VOLUNTEER)


def test_who_keeps_others_records_is_advised_before_that_day(people, settings):
    settings.QINGHE_SECOND_FACTOR_BELOW_STREET = date(2099, 3, 1)
    person = cast.make_person("Z001", "周一")
    with_role(person, Role.COMMUNITY_SECRETARY, people)
    make_account(person.pk, "somebody")

    client, _ = try_to_sign_in("somebody")

    assert "从2099年3月1日起必须有第二重验证" in text(client.get(SECURITY))


def with_role(person, role, people):
    """Write a holding plainly: where each role may sit is another test's matter."""
    org = people.longgang if role in STAFF else people.hongmian
    department = "office" if role == Role.DISTRICT_OFFICER else ""
    Holding.objects.create(
        person=person, role=role, org=org, starts_on=cast.LONG_AGO, department=department
    )


def test_once_enrolled_all_pages_open_in_this_session_and_the_codes_are_shown_once(lin):
    client, _ = try_to_sign_in("linqing")

    enrol(client)

    first, second = client.get("/accounts/codes/"), client.get("/accounts/codes/")
    assert text(first).count('<code class="q-code">') == 10
    assert text(second).count('<code class="q-code">') == 0
    assert client.get("/").url != SECURITY
    assert verbs_of()[-1] == "accounts.add_factor"


def test_the_next_sign_in_asks_for_the_code(lin):
    client, _ = try_to_sign_in("linqing")
    secret = enrol(client)
    client.post("/accounts/logout/")

    _, first = try_to_sign_in("linqing", client=client)
    page = client.get("/search/?q=横岗")
    second = client.post("/accounts/2fa/", {"code": code_of(secret)})

    assert first.url == "/accounts/2fa/"
    assert page.url.startswith("/accounts/login/")
    assert second.status_code == 302
    assert client.get("/search/?q=横岗").status_code == 200


def test_a_code_works_once(lin):
    client, _ = try_to_sign_in("linqing")
    secret = enrol(client)
    code = code_of(secret)
    answers = []
    for _ in range(2):
        other, _ = try_to_sign_in("linqing")
        answers.append(other.post("/accounts/2fa/", {"code": code}).status_code)

    assert answers == [302, 200]


def test_a_recovery_code_works_once(lin):
    client, _ = try_to_sign_in("linqing")
    enrol(client)
    kept = Authenticator.objects.get(user=lin, type="recovery_codes").wrap().get_unused_codes()
    answers = []
    for _ in range(2):
        other, _ = try_to_sign_in("linqing")
        answers.append(other.post("/accounts/2fa/", {"code": kept[0]}).status_code)

    assert answers == [302, 200]


def test_wrong_codes_are_counted_and_written_down(lin):
    client, _ = try_to_sign_in("linqing")
    enrol(client)
    other, _ = try_to_sign_in("linqing", address="10.9.0.1")

    pages = [text(other.post("/accounts/2fa/", {"code": "000000"})) for _ in range(6)]

    assert "错误次数过多" in pages[-1]
    assert verbs_of().count("accounts.sign_in_failed") == 6


def test_a_session_from_before_the_factor_has_to_show_it(lin):
    older, _ = try_to_sign_in("linqing")
    Authenticator.objects.create(user=lin, type="totp", data={})

    answer = older.get("/search/?q=横岗")

    assert answer.url.startswith(reverse("mfa_reauthenticate"))


def test_enrolling_ends_the_other_sessions(lin):
    other, _ = try_to_sign_in("linqing")
    client, _ = try_to_sign_in("linqing")

    enrol(client)

    assert other.get(SECURITY).url.startswith("/accounts/login/")
    assert client.get(SECURITY).status_code == 200


def test_what_codes_are_computed_from_is_sealed(lin):
    client, _ = try_to_sign_in("linqing")
    secret = enrol(client)

    kept = Authenticator.objects.get(user=lin, type="totp").data["secret"]

    row = FactorSecret.objects.get(pk=int(kept))
    assert secret.encode() not in bytes(row.sealed)


def test_staff_cannot_part_with_the_last_factor(lin):
    client, _ = try_to_sign_in("linqing")
    enrol(client)

    answer = client.post("/accounts/totp/remove/")

    assert "不能移除最后一种" in text(answer)
    assert services.has_factor(lin)


def test_others_may_part_with_theirs(he):
    client, _ = try_to_sign_in("hehe")
    enrol(client)

    client.post("/accounts/totp/remove/")

    assert not services.has_factor(he)
    assert not FactorSecret.objects.exists()
    assert verbs_of()[-1] == "accounts.remove_factor"


def test_a_lost_factor_is_reset_by_an_administrator_and_enrolled_anew(lin):
    client, _ = try_to_sign_in("linqing")
    enrol(client)

    services.reset_factors(user=lin, reason="手机丢失", at=timezone.now(), by="沈照")
    other, answer = try_to_sign_in("linqing")

    assert client.get(SECURITY).url.startswith("/accounts/login/")
    assert answer.url == "/"
    assert other.get("/").url == SECURITY
    assert not FactorSecret.objects.exists()


def test_long_after_signing_in_one_is_asked_again_before_a_change(he, monkeypatch):
    client, _ = try_to_sign_in("hehe")
    now = time.time()
    monkeypatch.setattr("qinghe.edges.accounts.adapters.time.time", lambda: now + 301)
    before = client.session.session_key

    asked = client.get("/accounts/totp/add/")
    monkeypatch.undo()
    again = client.post(asked.url, {"password": "竹林里的三盏旧灯"})

    assert asked.url == "/accounts/again/?next=%2Faccounts%2Ftotp%2Fadd%2F"
    assert again.url == "/accounts/totp/add/"
    assert client.session.session_key != before


def test_the_demo_door_asks_for_none_but_only_in_a_demo(lin, monkeypatch):
    client = Client()
    client.force_login(lin)
    session = client.session
    session["accounts_by_the_demo_door"] = True
    session.save()

    outside = client.get("/search/?q=横岗").status_code
    monkeypatch.setattr(context, "DEMO", lambda: True)
    inside = client.get("/search/?q=横岗").status_code

    assert (outside, inside) == (302, 200)
    assert client.get("/accounts/totp/add/").status_code == 403
    assert "演示身份" in text(client.get(SECURITY))
