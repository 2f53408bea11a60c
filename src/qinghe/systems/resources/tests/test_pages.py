"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.systems.resources.models import Allocation, Donation, Need, Resource
from tests.desk import sign_in

from .makers import give, make_need, make_resource

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"resources:{name}", args=arguments)


def text(response):
    return response.content.decode()


def test_a_community_raises_a_need_and_asks_for_what_fits(client, cast, resource):
    sign_in(client, cast.zhou)
    day = timezone.localdate().isoformat()

    raised = client.post(
        url("need_new"),
        {
            "title": "义诊用桌椅",
            "kind": "things",
            "quantity": "4",
            "unit": "套",
            "org": cast.xiangjiaotang.code,
            "needed_by": day,
        },
    )
    need = Need.objects.get()
    page = text(client.get(url("need", need.pk)))
    asked = client.post(url("ask", need.pk, resource.pk), {"quantity": "4", "words": ""})

    assert raised.status_code == 302
    assert "折叠桌椅" in page
    assert "余量10套，够用" in page
    assert asked.status_code == 302
    assert Allocation.objects.get().quantity == 4


def test_too_much_is_answered_on_the_form(client, cast, need, resource):
    sign_in(client, cast.zhou)

    answer = client.post(url("ask", need.pk, resource.pk), {"quantity": "11", "words": ""})

    assert answer.status_code == 422
    assert "只余10套，不够11套" in text(answer)


def test_the_keeper_agrees_from_the_inbox(client, cast, need, resource):
    asked = Allocation.objects.create(
        resource=resource, need=need, quantity=4, asked_on=timezone.localdate()
    )
    sign_in(client, cast.chen)

    inbox = text(client.get("/inbox/"))
    client.post(url("agree", asked.pk))

    assert url("allocation", asked.pk) in inbox
    assert Resource.objects.get().taken == 4


def test_a_donation_is_taken_and_looked_over_on_the_page(client, cast, drive):
    type(drive).objects.update(closes_on=timezone.localdate())
    sign_in(client, cast.zhou)

    client.post(
        url("donation_new", drive.pk),
        {"org": cast.xiangjiaotang.code, "quantity": "12", "donor": "一位居民"},
    )
    found = Donation.objects.get()
    refused = client.post(url("donation_accept", found.pk), {"accepted": "10", "reason": ""})
    client.post(url("donation_accept", found.pk), {"accepted": "10", "reason": "两册缺页"})

    found.refresh_from_db()
    assert refused.status_code == 422
    assert "差额的原因" in text(refused)
    assert (found.state, found.accepted) == ("accepted", 10)


def test_what_is_beside_is_not_there(client, cast, drive):
    kept = make_resource(cast, open_to=cast.henggang)
    there = make_need(cast, org=cast.hongmian)
    donation = give(cast, drive)
    sign_in(client, cast.zhou)

    pages = [url("resource", kept.pk), url("need", there.pk), url("donation", donation.pk)]

    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def test_who_may_look_may_not_offer(client, cast):
    sign_in(client, cast.he)

    assert client.get(url("resources")).status_code == 200
    assert client.get(url("resource_new")).status_code == 403
    assert client.get(url("drive_new")).status_code == 403


def test_lists_ask_the_database_as_often_for_many_as_for_few(
    client, cast, django_assert_max_num_queries
):
    sign_in(client, cast.lin)
    for _ in range(12):
        make_resource(cast)
        make_need(cast)

    for name in ("resources", "needs"):
        client.get(url(name))
        with django_assert_max_num_queries(16):
            assert client.get(url(name)).status_code == 200


def test_the_board_stands_without_any_figure(client, cast):
    sign_in(client, cast.lin)

    assert client.get(url("board")).status_code == 200


def test_a_program_lists_and_donates(client, cast, drive):
    type(drive).objects.update(closes_on=timezone.localdate())
    sign_in(client, cast.zhou)
    root = "/api/v1/resources"

    listed = client.get(f"{root}/drives").json()["items"]
    made = client.post(
        f"{root}/drives/{drive.pk}/donations",
        {"org": cast.xiangjiaotang.code, "quantity": 7},
        content_type="application/json",
    )
    beside = client.post(
        f"{root}/drives/{drive.pk}/donations",
        {"org": cast.hongmian.code, "quantity": 7},
        content_type="application/json",
    )

    assert [one["title"] for one in listed] == ["U爱助梦"]
    assert (made.status_code, made.json()["state"]) == (200, "brought")
    assert beside.status_code == 404
    assert client.get(f"{root}/pool").json()["items"] == []
