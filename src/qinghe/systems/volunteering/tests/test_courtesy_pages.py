"""Courtesies in the browser: an officer, a volunteer, a sponsor's clerk, and those kept out."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qinghe.systems.volunteering import models, services
from qinghe.systems.volunteering.models import CourtesyClaim, CourtesyItem, Sponsor
from tests.cast import actor

from .courtesy_makers import claim_today, make_item, make_sponsor, make_till
from .makers import sign_in

pytestmark = pytest.mark.django_db
API = "/api/v1/volunteering"


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def sponsor(cast):
    return make_sponsor(cast)


@pytest.fixture
def item(cast, sponsor):
    return make_item(cast, sponsor, stock=5)


@pytest.fixture
def made(cast, item, ming):
    return claim_today(item, actor(cast.xiaoming))


@pytest.fixture
def till(cast, sponsor):
    return url("till", make_till(cast, sponsor)[1])


def url(name, *arguments):
    return reverse(f"volunteering:{name}", args=arguments)


def text(response):
    return response.content.decode()


def test_an_officer_enters_and_another_publishes(client, cast, sponsor):
    sign_in(client, cast.chen)
    today = timezone.localdate()
    sent = {
        "sponsor": sponsor.pk, "title": "体验课", "kind": "training", "about": "一节课。",
        "area": cast.henggang.code, "opens_on": today, "closes_on": today + timedelta(days=30),
        "weekdays": ["6", "7"], "star": "1", "hours": "20", "months": "12", "yearly": "1",
        "value": "88.50", "stock": "10", "monthly": "",
    }  # fmt: skip
    client.post(url("courtesy_item_new"), sent)
    item = CourtesyItem.objects.get()
    own = client.post(url("courtesy_open", item.pk))
    sign_in(client, cast.lin)
    waits = text(client.get("/inbox/"))

    client.post(url("courtesy_open", item.pk))

    item.refresh_from_db()
    assert (item.minutes, item.fen, item.weekdays, item.stock) == (1200, 8850, "67", 10)
    assert own.status_code == 409
    assert "体验课（红棉书吧）" in waits
    assert item.state == "open"


def test_a_wrong_form_keeps_what_was_typed_and_says_what_is_wrong(client, cast, sponsor):
    sign_in(client, cast.chen)

    answer = client.post(
        url("courtesy_item_new"),
        {"sponsor": sponsor.pk, "title": "现金红包", "about": "发红包", "closes_on": "不是日期"},
    )

    assert answer.status_code == 422
    assert "现金红包" in text(answer)
    assert CourtesyItem.objects.count() == 0


def test_a_till_gets_its_address_once_and_loses_it(client, cast, sponsor):
    sign_in(client, cast.chen)

    shown = client.post(url("sponsor_key_new", sponsor.pk), {"label": "前台"})
    address = re.search(r'href="http://testserver(/volunteering/public/[^"]+)"', text(shown))[1]
    works = Client().get(address).status_code
    client.post(url("sponsor_key_revoke", sponsor.keys.get().pk))

    assert "只显示这一次" in text(shown)
    assert shown["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert works == 200
    assert Client().get(address).status_code == 404
    assert "前台" in text(client.get(url("sponsor", sponsor.pk)))


def test_a_volunteer_sees_why_not_and_takes_what_they_may(client, cast, sponsor, item, ming):
    make_item(cast, sponsor, title="三星专享", star=3)
    sign_in(client, actor(cast.xiaoming))

    page = text(client.get(url("own_courtesy")))
    code = client.post(url("own_courtesy_claim", item.pk), follow=True)
    made = CourtesyClaim.objects.get()

    assert "需要3星及以上，您还没有星级" in page
    assert "余 5 份" in page
    assert f"{made.code[:4]} {made.code[4:]}" in text(code)
    assert "data:image/svg+xml" in text(code)


def test_a_refused_claim_says_why_and_takes_nothing(client, cast, sponsor, ming):
    starred = make_item(cast, sponsor, star=3)
    sign_in(client, actor(cast.xiaoming))

    page = client.post(url("own_courtesy_claim", starred.pk), follow=True)

    assert "没有领取：需要3星及以上" in text(page)
    assert CourtesyClaim.objects.count() == 0


def test_a_volunteer_cancels_on_the_phone(client, cast, made):
    sign_in(client, actor(cast.xiaoming))

    page = client.post(url("own_courtesy_cancel", made.pk), follow=True)

    assert "份数退回" in text(page)
    assert "已取消" in text(client.get(url("own_courtesy_code", made.pk)))


def test_nobody_opens_anothers_code(client, cast, made, hua):
    sign_in(client, actor(hua.person))

    found = [
        client.get(url("own_courtesy_code", made.pk)).status_code,
        client.post(url("own_courtesy_cancel", made.pk)).status_code,
    ]

    assert found == [404, 404]


def test_who_is_no_volunteer_has_no_courtesies(client, cast):
    sign_in(client, cast.lin)

    assert client.get(url("own_courtesy")).status_code == 403


def test_a_clerk_looks_a_code_up_and_uses_it(cast, made, till):
    clerk = Client()

    looked = text(clerk.post(till, {"code": made.code}))
    done = text(clerk.post(till, {"code": made.code, "redeem": "1"}))
    CourtesyClaim.objects.update(redeemed_at=timezone.now() - timedelta(minutes=2))
    again = text(clerk.post(till, {"code": made.code, "redeem": "1"}))

    assert "可以核销" in looked
    assert "明*" in looked.replace("＊", "*")
    assert "明小麦" not in looked + done + again
    assert "已核销" in done
    assert "首次使用" in again


def test_a_clerks_phone_reads_the_picture(cast, made, till):
    clerk = Client()
    address = url("courtesy_code", made.token)

    before = text(clerk.get(address))
    clerk.get(till)
    after = text(clerk.get(address))

    assert "请先在这台手机上打开贵店的核销地址" in before
    assert "可以核销" in after
    assert f'action="{till}"' in after


def test_a_code_of_another_sponsor_is_no_code(cast, made):
    other = url("till", make_till(cast, make_sponsor(cast, name="别家"))[1])

    assert "没有这个码" in text(Client().post(other, {"code": made.code}))


def test_who_guesses_is_held_up_even_when_right(cast, made, till):
    clerk = Client()
    for number in range(10):
        clerk.post(till, {"code": f"x{number}"})

    answer = clerk.post(till, {"code": made.code})

    assert "输错次数过多" in text(answer)
    assert answer.status_code == 429


def test_an_address_that_nobody_gave_is_not_there():
    assert Client().get(url("till", "no-such-key")).status_code == 404


@pytest.mark.parametrize("who", ["zhou", "auditor"])
def test_strangers_see_nothing_of_it(client, cast, item, made, who):
    sign_in(client, getattr(cast, who))

    for page in (
        url("courtesy_item", item.pk),
        url("courtesy_claim", made.pk),
        url("sponsor", item.sponsor_id),
    ):
        assert client.get(page).status_code == 404
    assert client.post(url("courtesy_open", item.pk)).status_code == 404


def test_a_team_leader_sees_and_changes_nothing(client, cast, sponsor):
    home = make_sponsor(cast, name="社区店", org=cast.hongmian)
    sign_in(client, cast.he)

    assert client.get(url("sponsor", home.pk)).status_code == 200
    assert client.post(url("sponsor_end", home.pk), {"reason": "x"}).status_code == 403
    assert client.get(url("courtesy_item_new")).status_code == 403
    assert client.get(url("courtesy_unusual")).status_code == 403


def test_only_the_district_sets_the_yearly_terms(client, cast):
    day = timezone.localdate() + timedelta(days=1)
    sent = {"starts_on": day, "most_claims": "6", "value": "300", "valid_days": "5"}
    sign_in(client, cast.chen)
    refused = client.post(url("courtesy_terms"), sent)
    sign_in(client, cast.lin)

    client.post(url("courtesy_terms"), sent)

    assert refused.status_code == 422
    assert models.CourtesyTerms.objects.get(starts_on=day).most_fen == 30_000


def test_a_keeper_takes_a_claim_back_and_it_is_on_record(client, cast, made):
    sign_in(client, cast.chen)

    client.post(url("courtesy_claim_revoke", made.pk), {"reason": "他人代领"})
    page = text(client.get(url("courtesy_claim", made.pk)))

    assert "他人代领" in page
    assert "取消志愿者的礼遇" in page
    assert made.code not in page
    assert made.token not in page


def test_lists_show_no_code_and_no_full_name(client, cast, made):
    sign_in(client, cast.lin)

    page = text(client.get(url("courtesy_claims")))

    assert "ZY1" in page
    assert made.code not in page
    assert "明小麦" not in page


def test_a_sponsor_is_entered_reviewed_and_ended(client, cast):
    sign_in(client, cast.chen)
    sent = {
        "name": "体育馆", "kind": "culture", "address": "体育路", "contact_name": "前台",
        "contact": "0755-1", "agreed_from": "2026-01-01", "agreed_to": "2099-01-01",
        "org": cast.henggang.code,
    }  # fmt: skip
    client.post(url("sponsor_new"), sent)
    made = Sponsor.objects.get()
    twice = client.post(url("sponsor_new"), sent)
    sign_in(client, cast.lin)
    client.post(url("sponsor_approve", made.pk))
    client.post(url("sponsor_end", made.pk), {"reason": "搬迁"})

    made.refresh_from_db()
    assert "已经登记过" in text(twice)
    assert made.state == "ended"


def test_the_api_lists_and_publishes_and_tells_no_code(client, cast, sponsor, made):
    item = services.offer_courtesy(
        new=services.NewCourtesy(
            sponsor,
            "体验课",
            "training",
            "一节。",
            cast.henggang,
            timezone.localdate(),
            timezone.localdate(),
        ),
        at=timezone.now(),
        by=cast.chen,
    )
    own = sign_in(Client(), cast.chen).post(f"{API}/courtesy-items/{item.pk}/open")
    sign_in(client, cast.lin)

    opened = client.post(f"{API}/courtesy-items/{item.pk}/open").json()
    items = client.get(f"{API}/courtesy-items").json()["items"]
    claims = client.get(f"{API}/courtesy-claims")

    assert own.status_code == 409
    assert opened == {"id": item.pk, "state": "open"}
    assert [one["title"] for one in items] == ["体验课", "借书押金减免"]
    assert claims.json()["items"][0]["volunteer"] == "ZY1"
    assert made.code not in text(claims)
