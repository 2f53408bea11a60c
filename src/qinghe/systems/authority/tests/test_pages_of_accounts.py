"""The pages of accounts and of support sessions."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Role
from qinghe.kernel.access.models import SupportSession
from qinghe.systems.authority import services

from .makers import account_of, sign_in

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"authority:{name}", args=args)


def start(wide):
    return services.start_support(
        org=wide.henggang,
        role=Role.STREET_SECRETARY,
        reason="名册打不开",
        minutes=60,
        at=timezone.now(),
        by=wide.xu,
    )


def test_accounts_are_listed_for_the_system_administrator_with_names_masked(client, wide):
    account_of(wide.fang)
    sign_in(client, wide.xu)

    page = client.get(url("accounts")).content.decode()

    assert "fangqing" in page
    assert "方晴" not in page


@pytest.mark.parametrize("who", ["lin", "an", "auditor"])
def test_nobody_else_sees_accounts(client, wide, who):
    account = account_of(wide.fang)
    sign_in(client, getattr(wide, who))

    assert client.get(url("accounts")).status_code == 403
    for name in ("account", "account_disable", "account_enable", "account_factors"):
        assert client.get(url(name, account.pk)).status_code == 404
    assert client.post(url("account_link", account.pk)).status_code == 404


def test_a_disabled_account_is_out_at_its_next_request_until_enabled(client, wide):
    """Bar 23."""
    account = account_of(wide.chen)
    sign_in(client, wide.chen)
    assert client.get(url("holdings")).status_code == 200
    keeper = type(client)()
    sign_in(keeper, wide.xu)

    keeper.post(url("account_disable", account.pk), {"reason": "离职"})

    assert client.get(url("holdings")).status_code == 302
    page = keeper.get(url("account", account.pk)).content.decode()
    assert "已停用" in page
    assert "离职" in page
    keeper.post(url("account_enable", account.pk), {"reason": "返岗"})
    account.user.refresh_from_db()
    assert account.user.is_active


def test_a_link_to_set_a_password_is_shown_once(client, wide):
    account = account_of(wide.fang)
    sign_in(client, wide.xu)

    page = client.post(url("account_link", account.pk))

    assert page.context["address"] in page.content.decode()
    own = account_of(wide.xu)
    assert client.post(url("account_link", own.pk)).status_code == 409


def test_a_reset_without_a_factor_is_refused(client, wide):
    account = account_of(wide.fang)
    sign_in(client, wide.xu)

    page = client.post(url("account_factors", account.pk), {"reason": "手机丢了"})

    assert page.status_code == 422


def test_a_support_session_is_asked_for_shown_on_every_page_and_ended(client, wide):
    sign_in(client, wide.xu)
    asked = {"org": "横岗街道", "role": "street_secretary", "minutes": 60, "reason": "名册打不开"}

    page = client.post(url("support_new"), asked, follow=True).content.decode()

    session = SupportSession.objects.get()
    assert "支持会话进行中" in page
    assert client.get(reverse("directory:orgs"), {"org": wide.henggang.code}).status_code == 200
    ended = client.post(url("support_end", session.pk), follow=True).content.decode()
    assert "支持会话进行中" not in ended
    assert client.get(reverse("directory:orgs"), {"org": wide.henggang.code}).status_code == 403


def test_a_support_session_that_is_too_much_is_refused(client, wide):
    sign_in(client, wide.xu)
    asked = {"org": "横岗街道", "role": "street_secretary", "minutes": 600, "reason": "名册打不开"}

    assert client.post(url("support_new"), asked).status_code == 422
    assert (
        client.post(url("support_new"), {**asked, "minutes": 60, "role": "counsellor"}).status_code
        == 422
    )


def test_those_who_answer_see_what_was_done_through_it_and_end_it(client, wide):
    session = start(wide)
    account = account_of(wide.xu)
    through = access.actor_of(account.user, timezone.localdate(), at=timezone.now())
    assert through.via
    services.end_support(session=session, at=timezone.now(), by=through)
    second = start(wide)
    sign_in(client, wide.chen)

    page = client.get(url("support_session", session.pk)).content.decode()

    assert "结束支持会话" in page
    assert "名册打不开" in page
    ended = client.post(url("support_end", second.pk), follow=True)
    assert "已结束" in ended.content.decode()


def test_a_support_session_of_another_street_is_not_found(client, wide):
    session = start(wide)
    sign_in(client, wide.zhou)

    assert client.get(url("support_session", session.pk)).status_code == 404
    assert client.post(url("support_end", session.pk)).status_code == 404
    assert client.get(url("support")).status_code == 200


def test_a_support_session_ends_by_itself(client, wide):
    session = start(wide)
    sign_in(client, wide.xu)
    SupportSession.objects.filter(pk=session.pk).update(
        starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1)
    )

    assert "支持会话进行中" not in client.get(url("support")).content.decode()
