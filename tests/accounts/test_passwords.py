"""What a password may be, how one is changed, and the one-time address at which one is set."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from qinghe.edges.accounts import services
from qinghe.edges.accounts.models import FormerPassword
from qinghe.kernel.access.models import Account, Holding
from qinghe.lib.verdicts import Refused
from tests.accounts.conftest import PASSWORD, text, try_to_sign_in, verbs_of

NEW = "晚风吹过第七座旧石桥"
DENGBAO = ["Mixed", "NotUsedBefore"]


@pytest.fixture
def dengbao(settings):
    settings.QINGHE_DENGBAO = True
    settings.AUTH_PASSWORD_VALIDATORS = [
        *settings.AUTH_PASSWORD_VALIDATORS,
        *[{"NAME": f"qinghe.edges.accounts.validators.{name}"} for name in DENGBAO],
    ]


@pytest.mark.parametrize(
    "password",
    [
        "短密码",
        "1234567890",
        "qwertyuiop",
        "qinghe-2026!",
        "龙岗团委青年123456",
        "my-name-is-zhangsanfeng",
        "ZHANGSANFENG-2026-07",
    ],
)
def test_a_short_a_leaked_and_a_local_password_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(username="zhangsanfeng"))


@pytest.mark.parametrize(
    "password", [NEW, "correct horse battery staple", "a" * 5 + "柳" * 70, "青年时代读过的九本书"]
)
def test_a_long_phrase_of_any_letters_is_taken(password):
    validate_password(password, User(username="zhangsanfeng"))


def change(client, *, old=PASSWORD, new=NEW, again=None):
    fields = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post("/accounts/password/", fields)


def test_changing_the_password_takes_the_old_one_and_ends_other_sessions(he):
    """Bar 36."""
    other, _ = try_to_sign_in("hehe")
    client, _ = try_to_sign_in("hehe")

    answer = change(client)

    assert answer.url == "/accounts/security/"
    assert client.get("/accounts/security/").status_code == 200
    assert other.get("/accounts/security/").status_code == 302
    assert try_to_sign_in("hehe", NEW)[1].status_code == 302
    assert "accounts.change_password" in verbs_of()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"old": "wrong"}, "当前密码不正确"),
        ({"again": "晚风吹过第八座旧石桥"}, "两次输入的新密码不一样"),
        ({"new": "太短"}, "密码太短"),
        ({"new": "hehehehehe"}, "换一个"),
    ],
)
def test_a_refused_change_says_why_in_chinese(he, fields, said):
    client, _ = try_to_sign_in("hehe")

    answer = change(client, **fields)

    assert said in text(answer)
    assert try_to_sign_in("hehe")[1].status_code == 302


def link_for(user):
    return services.issue_password_link(user=user, at=timezone.now(), by="沈照")


def set_password(path, password=NEW):
    """Open a one-time address and set a password there."""
    client = Client()
    page = client.get(path, follow=True)
    if not page.redirect_chain:
        return page
    return client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password})


def test_a_link_sets_a_password_once_and_then_signs_nobody_in(he):
    path = link_for(he)

    first, second = set_password(path), set_password(path)

    assert first.url == "/accounts/login/"
    assert "链接已失效" in text(second)
    assert try_to_sign_in("hehe", NEW)[1].url == "/"


def test_the_key_of_a_link_does_not_stay_in_the_address(he):
    path = link_for(he)

    shown = Client().get(path).url

    assert path.split("-", 1)[1] not in shown


def test_a_link_dies_after_a_day(he, monkeypatch):
    path = link_for(he)
    monkeypatch.setattr(
        "django.contrib.auth.tokens.PasswordResetTokenGenerator._now",
        lambda _: timezone.localtime().replace(tzinfo=None) + timedelta(hours=25),
    )

    assert "链接已失效" in text(set_password(path))


def test_a_disabled_account_gets_no_link(he):
    he.is_active = False

    with pytest.raises(Refused, match="停用"):
        link_for(he)


def test_a_new_password_by_link_ends_the_wait_after_failures(he):
    for number in range(6):
        try_to_sign_in("hehe", "wrong", address=f"10.7.0.{number}")

    set_password(link_for(he))

    assert try_to_sign_in("hehe", NEW)[1].url == "/"


def test_who_has_no_password_is_told_where_to_get_one(he):
    he.set_unusable_password()
    he.save()
    client = Client()
    client.force_login(he)

    page = client.get("/accounts/password/", follow=True)

    assert "领取设置密码的链接" in text(page)


def test_a_neighbour_cannot_use_the_link_of_another(he, lin):
    key = link_for(he).split("-", 1)[1]
    uid = link_for(lin).split("/")[-2].split("-")[0]

    assert "链接已失效" in text(Client().get(f"/accounts/password/new/{uid}-{key}"[:-1] + "/"))


# ── 等保 (S-30), where it is switched on ─────────────────────────────────────────────────────────


def test_dengbao_asks_staff_for_mixed_characters_and_others_for_none(dengbao, lin, he):
    with pytest.raises(ValidationError, match="至少三种"):
        validate_password("onlysmallletters", lin)

    validate_password("onlysmallletters", he)


def test_dengbao_lets_none_of_the_last_five_come_back(dengbao, lin):
    passwords = [f"Bridge-number-{number}" for number in range(6)]
    for password in passwords:
        services.keep_password(user=lin, password=password)

    for password in passwords[1:]:
        with pytest.raises(ValidationError, match="最近五次"):
            validate_password(password, lin)
    validate_password(passwords[0], lin)
    assert FormerPassword.objects.filter(user=lin).count() == 5


def test_dengbao_leads_staff_with_an_old_password_to_a_new_one(dengbao, lin, settings):
    settings.QINGHE_SECOND_FACTOR = False
    lin.date_joined = timezone.now() - timedelta(days=91)
    lin.save()
    client, _ = try_to_sign_in("linqing")

    held = client.get("/search/").url
    change(client, new="Seven-Bridges-9")

    assert held == "/accounts/password/"
    assert client.get("/search/?q=横岗").status_code == 200


def test_without_dengbao_no_former_password_is_kept(lin):
    services.keep_password(user=lin, password=NEW)

    assert not FormerPassword.objects.exists()


# ── The first administrator ──────────────────────────────────────────────────────────────────────


def first_admin(role="sysadmin", *, username="zhaoyi"):
    call_command("first-admin", role=role, name="赵一", username=username)


def test_the_first_administrator_gets_an_account_without_a_password_and_a_link(people, capsys):
    first_admin()

    path = capsys.readouterr().out.strip().splitlines()[-1]
    user = User.objects.get(username="zhaoyi")
    holding = Holding.objects.get(person__name="赵一")
    assert not user.has_usable_password()
    assert (holding.role, holding.org_id) == ("sysadmin", people.longgang.pk)
    assert Account.objects.get(user=user).person_id == holding.person_id
    assert set_password(path).url == "/accounts/login/"


def test_there_is_one_first_administrator_of_each_kind(people):
    first_admin("sysadmin")
    first_admin("secadmin", username="zhaoer")

    with pytest.raises(CommandError, match="已有在任的系统管理员"):
        first_admin("sysadmin", username="zhaosan")
    with pytest.raises(CommandError, match="已有在任的审计员"):
        first_admin("auditor", username="zhaosan")
    assert not User.objects.filter(username="zhaosan").exists()


def test_a_taken_name_leaves_nothing_behind(people, he):
    with pytest.raises(CommandError, match="已被使用"):
        first_admin(username="hehe")

    assert not Holding.objects.filter(person__name="赵一").exists()


def test_without_organisations_there_is_no_administrator(db):
    with pytest.raises(CommandError, match="manage seed"):
        first_admin()
