"""From the act to the other house: signed, tried again for a day, paused, never lost."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from itertools import pairwise

import pytest

from qinghe.edges.hooks import outbox, queries, retention, rules, sending, services
from qinghe.edges.hooks.models import Dispatch, Happening, Subscription
from qinghe.edges.hooks.wire import Answer
from qinghe.kernel.access.models import Holding
from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused

from .conftest import NOW, subscribe

DAY = timedelta(days=1)


def happen(org, *, volunteer="ZY1", event="volunteering.hours_confirmed"):
    return outbox.tell(news=lambda: [outbox.News(event, org, {"volunteer": volunteer})], at=NOW)


def run(at=NOW, **ways):
    return sending.deliver_due(clock=lambda: at, **ways)


def refuse(address, *, body, headers):
    return Answer(500, "对方没有接受")


def test_what_happens_is_sent_signed_over_its_moment_and_body(cast, house):
    _, secret = subscribe(cast.longgang, by=cast.lin, address=house.address)
    happen(cast.hongmian)

    assert run() == sending.Run(sent=1)

    [(headers, body)] = house.got
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    seal = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{seal}"
    assert int(headers["webhook-timestamp"]) == int(NOW.timestamp())
    assert json.loads(body) == {
        "type": "volunteering.hours_confirmed",
        "timestamp": NOW.isoformat(),
        "data": {"volunteer": "ZY1"},
    }
    assert Dispatch.objects.get().status == 200


def test_the_secret_is_sealed(cast):
    made, secret = subscribe(cast.longgang, by=cast.lin)

    assert secret.encode() not in bytes(Subscription.objects.get(pk=made.pk).secret)


def test_only_those_above_hear_of_it_and_only_what_they_asked_for(cast):
    subscribe(cast.longgang, by=cast.lin, events=["volunteering.hours_taken_back"])
    subscribe(cast.bantian, by=cast.lin)
    street, _ = subscribe(cast.henggang, by=cast.chen)

    happen(cast.hongmian)
    sending.spread(at=NOW)

    assert [one.subscription for one in Dispatch.objects.all()] == [street]


def test_nothing_is_written_when_nobody_listens(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        outbox.tell(news=lambda: pytest.fail("asked for nothing"), at=NOW)


def test_what_does_not_arrive_is_tried_again_later_under_the_same_id(cast, house):
    subscribe(cast.longgang, by=cast.lin, address=house.address)
    happen(cast.hongmian)
    house.statuses = [500, 302]

    assert run().failed == 1
    assert run().failed == 0, "it waits a minute"
    assert run(NOW + timedelta(minutes=1)).failed == 1
    assert run(NOW + timedelta(minutes=5)).sent == 1

    assert len({headers["webhook-id"] for headers, _ in house.got}) == 1
    assert len({body for _, body in house.got}) == 1
    assert len({headers["webhook-signature"] for headers, _ in house.got}) == 3


def test_what_stands_behind_a_failure_waits_with_it_and_is_not_counted(cast):
    subscribe(cast.longgang, by=cast.lin)
    for number in ("ZY1", "ZY2", "ZY3"):
        happen(cast.hongmian, volunteer=number)

    assert run(post=refuse) == sending.Run(failed=1)

    assert sorted(Dispatch.objects.values_list("tries", flat=True)) == [0, 0, 1]
    assert not Dispatch.objects.filter(next_try__lte=NOW).exists()


def test_a_dead_subscriber_does_not_hold_up_another(cast, house):
    """Bar 44."""
    subscribe(cast.longgang, by=cast.lin, address=house.address.replace("/hook", "/dead"))
    Subscription.objects.update(address="http://127.0.0.1:9/dead")
    subscribe(cast.henggang, by=cast.chen, address=house.address)
    happen(cast.hongmian)

    assert run() == sending.Run(sent=1, failed=1)


def fail_for_a_day():
    at, tried = NOW, []
    while at <= NOW + 2 * DAY:
        if run(at, post=refuse).failed:
            tried.append(at - NOW)
        at += timedelta(minutes=1)
        waiting = Dispatch.objects.filter(state="waiting").order_by("next_try").first()
        at = max(at, waiting.next_try) if waiting else at
        if not Subscription.objects.filter(state="active").exists():
            break
    return tried


def test_after_a_day_of_failures_it_is_paused_and_its_owner_told(cast):
    made, _ = subscribe(cast.longgang, by=cast.lin)
    happen(cast.hongmian)

    tried = fail_for_a_day()

    made.refresh_from_db()
    pauses = [after - before for before, after in pairwise(tried)]
    assert pauses == sorted(pauses)
    assert tried[-1] == DAY
    assert (made.state, made.why) == ("paused", "连续一天没有送达（对方没有接受）")
    notice = Notice.objects.get()
    assert (notice.person_id, notice.url) == (cast.lin.person_id, f"/hooks/{made.pk}/")


def test_what_happens_during_a_pause_is_sent_when_it_goes_on(cast, house):
    made, _ = subscribe(cast.longgang, by=cast.lin, address=house.address)
    services.pause(subscription=made, at=NOW, by=cast.lin)
    happen(cast.hongmian)
    assert run() == sending.Run()

    services.resume(subscription=made, at=NOW, by=cast.lin)

    assert run() == sending.Run(sent=1)


def test_what_is_ended_hears_nothing_and_does_not_come_back(cast):
    made, _ = subscribe(cast.longgang, by=cast.lin)
    services.end(subscription=made, at=NOW, by=cast.lin)

    assert happen(cast.hongmian) == 0
    with pytest.raises(Refused, match="状态已经变了"):
        services.resume(subscription=made, at=NOW, by=cast.lin)


def test_sent_again_it_keeps_its_event_id(cast, house):
    subscribe(cast.longgang, by=cast.lin, address=house.address)
    happen(cast.hongmian)
    run()

    services.send_again(dispatch=Dispatch.objects.get(), at=NOW, by=cast.lin)
    run()

    assert len(house.got) == 2
    assert house.got[0][0]["webhook-id"] == house.got[1][0]["webhook-id"]


def test_a_try_out_reaches_its_own_subscription_only(cast, house):
    made, _ = subscribe(cast.longgang, by=cast.lin, address=house.address)
    subscribe(cast.longgang, by=cast.lin)

    services.try_out(subscription=made, at=NOW, by=cast.lin)

    assert run() == sending.Run(sent=1)
    assert json.loads(house.got[0][1])["type"] == "test"


def test_who_lost_the_post_is_told_nothing_more(cast, house):
    made, _ = subscribe(cast.longgang, by=cast.lin, address=house.address)
    happen(cast.hongmian)
    Holding.objects.filter(person=cast.lin.person_id).update(ends_on=NOW.date())

    assert run() == sending.Run()

    made.refresh_from_db()
    assert (made.state, house.got) == ("paused", [])


def test_a_run_that_dies_leaves_its_pile_to_a_later_one(cast, house):
    subscribe(cast.longgang, by=cast.lin, address=house.address)
    happen(cast.hongmian)

    def die(address, *, body, headers):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(post=die)

    assert run() == sending.Run(), "it may still be under way"
    assert run(NOW + rules.LEASE) == sending.Run(sent=1)


def test_old_happenings_go_with_their_dispatches(cast):
    subscribe(cast.longgang, by=cast.lin)
    happen(cast.hongmian)
    sending.spread(at=NOW)

    retention.purge(NOW + DAY, NOW + DAY)

    assert not Happening.objects.exists()
    assert not queries.dispatches_seen_by(cast.lin).exists()
