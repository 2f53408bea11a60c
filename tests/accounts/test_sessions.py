"""How long a session lasts, where one is signed in, and how to end it elsewhere (S-31, bar 36)."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from qinghe.edges.accounts import guard, rules, services
from qinghe.kernel.access.actors import Role
from tests.accounts.conftest import text, try_to_sign_in, verbs_of

SECURITY = "/accounts/security/"
WALL = "/dashboard/wall/"
TABLE = {
    "counselling": (15, 720),
    "staff": (30, 720),
    "field": (720, 10080),
    "others": (10080, 43200),
}


def set_clock(client, *, began=0, seen=0):
    """Let a session have begun, and have been seen, so many minutes ago."""
    session = client.session
    now = timezone.now().timestamp()
    session[guard.BEGAN], session[guard.SEEN] = int(now - began * 60), int(now - seen * 60)
    session.save()


@pytest.mark.parametrize(
    ("roles", "idle"),
    [
        ([Role.COUNSELLOR, Role.TEAM_LEADER], 15),
        ([Role.HOTLINE_AGENT], 15),
        ([Role.SUPERVISOR, Role.STREET_SECRETARY], 15),
        ([Role.TEAM_LEADER, Role.STREET_SECRETARY], 30),
        ([Role.AUDITOR], 30),
        ([Role.COMMUNITY_SECRETARY, Role.TEAM_LEADER], 30),
        ([Role.BRANCH_SECRETARY], 30),
        ([Role.TEAM_LEADER, Role.VOLUNTEER], 12 * 60),
        ([Role.VOLUNTEER], 7 * 24 * 60),
        ([], 7 * 24 * 60),
    ],
)
def test_the_strictest_post_decides_how_long_a_session_may_rest(roles, idle):
    assert rules.limits_for(roles, table=TABLE).idle == timedelta(minutes=idle)


def test_staff_at_rest_for_half_an_hour_has_to_sign_in_again(lin):
    client, _ = try_to_sign_in("linqing")
    set_clock(client, began=31, seen=31)

    answer = client.get(SECURITY, follow=True)

    assert answer.redirect_chain[0][0] == "/accounts/login/"
    assert "超过30分钟没有操作" in text(answer)
    assert verbs_of()[-1] == "accounts.sign_out"


def test_staff_at_work_for_twelve_hours_has_to_sign_in_again(lin):
    client, _ = try_to_sign_in("linqing")
    set_clock(client, began=12 * 60 + 1, seen=1)

    assert "登录已满12小时" in text(client.get(SECURITY, follow=True))


def test_the_api_tells_a_program_that_the_session_is_over(lin):
    client, _ = try_to_sign_in("linqing")
    set_clock(client, began=31, seen=31)

    assert client.get("/api/v1/volunteering/sessions").status_code == 401


def test_work_moves_the_clock_on(lin):
    client, _ = try_to_sign_in("linqing")
    set_clock(client, began=40, seen=20)

    client.get(SECURITY)

    assert timezone.now().timestamp() - client.session[guard.SEEN] < 60


@pytest.mark.parametrize(("rested", "status"), [(29, 200), (30, 302)])
def test_half_an_hour_is_half_an_hour(lin, rested, status):
    client, _ = try_to_sign_in("linqing")
    set_clock(client, began=60, seen=rested)

    assert client.get(SECURITY).status_code == status


def test_a_page_that_asks_by_itself_does_not_move_the_clock_on(lin):
    client, _ = try_to_sign_in("linqing")
    set_clock(client, began=40, seen=20)

    client.get(SECURITY, headers={"X-Unattended": "1"})

    assert timezone.now().timestamp() - client.session[guard.SEEN] > 19 * 60


def test_a_wall_hangs_on_while_every_other_page_asks_to_sign_in(lin, settings):
    client, _ = try_to_sign_in("linqing")
    set_clock(client, began=60, seen=45)
    wall = {"path": WALL, "headers": {"X-Unattended": "1"}}

    assert WALL in settings.QINGHE_HANGS_ON_A_WALL
    assert "/accounts/login/" not in client.get(**wall).headers.get("Location", "")
    assert client.get(SECURITY).status_code == 302
    assert client.get(**wall).url.startswith("/accounts/login/")


def test_a_wall_comes_down_after_twelve_hours(lin):
    client, _ = try_to_sign_in("linqing")
    set_clock(client, began=12 * 60, seen=0)

    assert client.get(WALL).url.startswith("/accounts/login/")


def test_a_password_set_by_link_ends_every_session(he):
    client, _ = try_to_sign_in("hehe")
    he.refresh_from_db()  # the link is for who has signed in meanwhile
    path = services.issue_password_link(user=he, at=timezone.now(), by="沈照")
    other = Client()
    form = other.get(path, follow=True).redirect_chain[-1][0]
    words = "山脚下的四口老井和新桥"
    assert other.post(form, {"password1": words, "password2": words}).status_code == 302

    assert client.get(SECURITY).status_code == 302


def test_a_team_leader_rests_for_half_a_day_and_stays_for_days(he):
    client, _ = try_to_sign_in("hehe")
    set_clock(client, began=3 * 24 * 60, seen=11 * 60)

    assert client.get(SECURITY).status_code == 200


def test_one_sees_and_ends_ones_other_sessions(he):
    other, _ = try_to_sign_in("hehe", address="10.8.0.1")
    client, _ = try_to_sign_in("hehe", address="10.8.0.2")

    page = text(client.get("/accounts/sessions/"))
    client.post("/accounts/sessions/")

    assert "10.8.0.1" in page
    assert "10.8.0.2" in page
    assert other.get(SECURITY).status_code == 302
    assert client.get(SECURITY).status_code == 200


def test_one_ends_one_session_and_keeps_the_others(he, lin):
    phone, _ = try_to_sign_in("hehe", address="10.8.0.1")
    tablet, _ = try_to_sign_in("hehe", address="10.8.0.2")
    strangers, _ = try_to_sign_in("linqing", address="10.8.0.3")
    client, _ = try_to_sign_in("hehe", address="10.8.0.4")
    lost, foreign = (UserSession.objects.get(ip=f"10.8.0.{number}").pk for number in (1, 3))

    for key in (lost, foreign, "x"):
        client.post("/accounts/sessions/", {"session": key})

    assert phone.get(SECURITY).status_code == 302
    assert [one.get(SECURITY).status_code for one in (tablet, strangers, client)] == [200] * 3
    assert verbs_of().count("accounts.end_sessions") == 1


def test_an_administrator_ends_all_sessions_of_an_account(he):
    client, _ = try_to_sign_in("hehe")

    count = services.end_sessions(user=he, at=timezone.now(), by="沈照")

    assert count == 1
    assert client.get(SECURITY).status_code == 302


def test_sessions_are_for_the_signed_in(db, client):
    assert client.get("/accounts/sessions/").url.startswith("/accounts/login/?next=")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140",
            "Windows 电脑 · Edge 浏览器",
        ),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130 MicroMessenger/8", "安卓手机 · 微信"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18) Version/18 Safari/605",
            "苹果手机 · Safari 浏览器",
        ),
        ("curl/8", "未知设备"),
    ],
)
def test_a_session_is_told_by_the_words_its_owner_knows_it_by(told, words):
    assert rules.device_of(told) == words
