"""The pool by a program: what is offered meets what is needed, and never more is given than is there."""

import pytest
from django.utils import timezone

from qinghe.systems.resources.models import Drive, Resource
from tests.desk import sign_in

from .makers import give, make_need

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/resources"


def post(client, path, body=None):
    return client.post(f"{ROOT}{path}", body or {}, content_type="application/json")


def test_what_is_offered_is_proposed_asked_for_given_and_received(client, cast, need):
    sign_in(client, cast.chen)
    offer = {
        "title": "折叠桌椅", "kind": "things", "org": cast.henggang.code,
        "open_to": cast.longgang.code, "quantity": 5, "unit": "套",
    }  # fmt: skip
    offered = post(client, "/pool", offer).json()
    sign_in(client, cast.zhou)
    (fit,) = client.get(f"{ROOT}/needs/{need.pk}/proposals").json()
    ask = {"resource_id": fit["resource"]["id"], "quantity": 4}
    asked = post(client, f"/needs/{need.pk}/allocations", ask).json()
    own = post(client, f"/allocations/{asked['id']}/agree")
    sign_in(client, cast.chen)
    agreed = post(client, f"/allocations/{asked['id']}/agree").json()
    sign_in(client, cast.zhou)
    come = post(client, f"/allocations/{asked['id']}/deliver", {"served": 80}).json()

    assert (fit["resource"]["id"], bool(fit["reasons"])) == (offered["id"], True)
    assert own.status_code == 403
    assert (agreed["state"], come["state"], come["served"]) == ("agreed", "delivered", 80)
    assert Resource.objects.get(pk=offered["id"]).taken == 4
    assert post(client, f"/needs/{need.pk}/meet").json()["state"] == "met"


def test_no_more_is_given_than_there_is(client, cast, resource, need):
    other = make_need(cast, quantity=9)
    sign_in(client, cast.zhou)
    asked = [
        post(client, f"/needs/{one.pk}/allocations", {"resource_id": resource.pk, "quantity": many})
        for one, many in ((need, 4), (other, 9))
    ]
    first, second = (f"/allocations/{one.json()['id']}/agree" for one in asked)
    sign_in(client, cast.lin)

    post(client, first)

    assert post(client, second).json()["type"] == "/problems/not_enough"


def test_who_does_not_stand_there_finds_no_need(client, cast, need):
    sign_in(client, cast.chen)  # 横岗; the need is of 坂田

    assert post(client, f"/needs/{need.pk}/close", {"reason": "不再需要"}).status_code == 404


def test_a_donation_is_looked_over_and_sent_on(client, cast):
    sign_in(client, cast.lin)
    today = str(timezone.localdate())
    opened = {"title": "U爱助梦", "org": cast.longgang.code, "item": "图书", "unit": "册"}
    days = {"opens_on": today, "closes_on": today}
    drive = Drive.objects.get(pk=post(client, "/drives", opened | days).json()["id"])
    donation = give(cast, drive, quantity=50, at=timezone.now())
    post(client, f"/donations/{donation.pk}/accept", {"accepted": 40, "reason": "破损"})
    told = {"name": "晨光图书室", "org": cast.longgang.code, "place": "河源市某县某小学"}
    room = post(client, "/reading-rooms", told).json()

    sent = post(client, f"/drives/{drive.pk}/deliveries", {"room_id": room["id"], "quantity": 30})
    received = post(client, f"/deliveries/{sent.json()['id']}/receive").json()
    listed = client.get(f"{ROOT}/donations").json()["items"]

    assert received["received_on"]
    assert (listed[0]["accepted"], "donor" in listed[0]) == (40, False)
    assert post(client, f"/reading-rooms/{room['id']}/build").json()["state"] == "built"
