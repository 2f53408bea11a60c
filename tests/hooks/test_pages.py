"""Subscribing in the browser: made once more after the password, seen by one's own, refused to others."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from qinghe.edges.hooks import sending, wire
from qinghe.edges.hooks.models import Dispatch, Subscription
from qinghe.kernel.access import services as access
from qinghe.kernel.people.models import Person

from .conftest import EVENTS, NOW, subscribe

PASSWORD = "a long enough password"


def sign_in(client, actor):
    user = User.objects.get(account__person=actor.person_id)
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def form(org, address, **other):
    return {"org": org.pk, "name": "数据平台", "address": address, "events": EVENTS, **other}


def test_a_subscription_is_made_and_its_secret_shown_once(client, cast, house):
    sign_in(client, cast.chen)

    page = client.post(reverse("hooks:new"), form(cast.henggang, house.address)).content.decode()

    secret = re.search(r"whsec_[\w+/=]{40,}", page)[0]
    made = Subscription.objects.get()
    listed = client.get(reverse("hooks:list")).content.decode()
    shown = client.get(reverse("hooks:subscription", args=[made.pk])).content.decode()
    assert "数据平台" in listed
    assert "时长生效" in shown
    assert secret not in listed + shown


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"address": "https://127.0.0.1/hook"}, "内部网络"),
        ({"address": "http://example.cn/hook"}, "https://"),
        ({"events": []}, "至少选择一个事件"),
    ],
)
def test_bad_input_is_answered_in_the_form(client, cast, wrong, words):
    sign_in(client, cast.chen)

    answer = client.post(
        reverse("hooks:new"), form(cast.henggang, "https://127.0.0.1/hook") | wrong
    )

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Subscription.objects.exists()


def test_another_organisation_is_not_offered(client, cast, house):
    sign_in(client, cast.chen)

    answer = client.post(reverse("hooks:new"), form(cast.bantian, house.address))

    assert answer.status_code == 422
    assert not Subscription.objects.exists()


def test_it_is_tried_out_seen_and_sent_again(client, cast, house):
    made, _ = subscribe(cast.henggang, by=cast.chen, address=house.address)
    sign_in(client, cast.chen)

    client.post(reverse("hooks:try", args=[made.pk]))
    sending.deliver_due()
    sent = Dispatch.objects.get()
    page = client.get(reverse("hooks:dispatch", args=[sent.pk])).content.decode()
    client.post(reverse("hooks:again", args=[sent.pk]))
    sending.deliver_due()
    ticked = client.post(reverse("hooks:dispatches"), {"act": "again", "pick": [sent.pk]})

    assert "对方已收到" in page
    assert str(sent.happening.key) in page
    assert len(house.got) == 2
    assert ticked.status_code in (200, 302)


def test_it_is_paused_resumed_and_ended(client, cast):
    made, _ = subscribe(cast.henggang, by=cast.lin)
    sign_in(client, cast.chen)

    for step, state in (("pause", "paused"), ("resume", "active"), ("end", "ended")):
        client.post(reverse(f"hooks:{step}", args=[made.pk]))
        made.refresh_from_db()
        assert made.state == state

    assert made.person_id == cast.chen.person_id, "who let it go on answers for it"
    assert client.post(reverse("hooks:try", args=[made.pk])).status_code == 409


def test_what_belongs_to_others_is_not_there(client, cast):
    made, _ = subscribe(cast.bantian, by=cast.lin)
    sign_in(client, cast.chen)

    for name in ("subscription", "try", "pause", "resume", "end"):
        address = reverse(f"hooks:{name}", args=[made.pk])
        answer = client.get(address) if name == "subscription" else client.post(address)
        assert answer.status_code == 404


def test_a_volunteers_leader_has_no_such_page(client, cast):
    person = Person.objects.get(pk=cast.he.person_id)
    access.open_account(person=person, username=person.number, at=NOW, by="the tests")
    sign_in(client, cast.he)

    for name in ("list", "new", "dispatches"):
        assert client.get(reverse(f"hooks:{name}")).status_code == 403


def test_a_form_is_checked_against_the_address_behind_the_name(client, cast, monkeypatch):
    monkeypatch.setattr(
        wire.socket, "getaddrinfo", lambda *asked, **how: [(2, 1, 6, "", ("10.0.0.8", 443))]
    )
    sign_in(client, cast.chen)

    answer = client.post(reverse("hooks:new"), form(cast.henggang, "https://inside.example/"))

    assert "内部网络" in answer.content.decode()
