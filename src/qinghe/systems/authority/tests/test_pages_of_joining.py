"""The public page on which somebody invited opens their account."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access import queries, services
from qinghe.kernel.access.actors import Role

from .makers import sign_in

pytestmark = pytest.mark.django_db
GOOD = "长桥 crane 7 平湖"


@pytest.fixture
def invited(wide):
    cache.clear()
    return services.invite(
        person=wide.xiaoming,
        role=Role.COMMUNITY_SECRETARY,
        org=wide.huale,
        at=timezone.now(),
        by=wide.chen,
    )


def join(code):
    return reverse("join:join", args=[code])


def typed(**changed):
    return {"username": "xiaoming", "password": GOOD, "again": GOOD, **changed}


def test_the_page_says_who_invites_to_what_and_opens_the_account(client, invited):
    _, code = invited
    page = client.get(join(code)).content.decode()
    assert "陈穗" in page
    assert "华乐社区" in page
    assert "社区团组织书记" in page

    answer = client.post(join(code), typed())

    assert answer.status_code == 302
    user = User.objects.get(username="xiaoming")
    assert user.check_password(GOOD)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert queries.account_of(invited[0].person).user == user


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"again": "另一个密码 crane"}, "不一致"),
        ({"password": "12345678", "again": "12345678"}, "没有保存"),
        ({"username": "小明明明"}, "只能用字母"),
        ({"username": "FangQing"}, "已被使用"),
    ],
)
def test_what_is_not_well_formed_is_refused_and_the_code_stays_good(
    client, invited, changed, words
):
    _, code = invited

    page = client.post(join(code), typed(**changed))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert GOOD not in page.content.decode()
    assert queries.open_invitation(code=code, at=timezone.now())


def test_a_code_that_was_used_answers_like_one_that_never_was(client, wide, invited):
    invitation, code = invited
    services.withdraw_invitation(invitation=invitation, at=timezone.now(), by=wide.chen)

    withdrawn, unknown = client.get(join(code)), client.get(join("x" * 32))

    assert withdrawn.status_code == unknown.status_code == 404
    assert withdrawn.content == unknown.content


def test_guessing_codes_is_slowed_down(client, invited):
    for number in range(10):
        client.get(join(f"{number:032d}"))

    answer = client.get(join(f"{11:032d}"))

    assert answer.status_code == 429
    assert client.post(join(f"{12:032d}"), typed()).status_code == 429


def test_who_is_signed_in_does_not_use_anothers_code(client, wide, invited):
    _, code = invited
    sign_in(client, wide.fang)

    answer = client.post(join(code), typed())

    assert answer.status_code == 409
    assert queries.open_invitation(code=code, at=timezone.now())
