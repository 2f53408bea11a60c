"""Telling people things: what stays in the house, what leaves it, when, and by which way."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.notices import queries, rules, sending, services
from qinghe.kernel.notices.kinds import Channel, Kind
from qinghe.kernel.notices.models import Delivery, Notice, Outgoing, Preference, Reminder
from qinghe.lib.verdicts import Refused
from tests.cast import NOW

NOON = datetime(2022, 7, 3, 4, 0, tzinfo=UTC)  # 12:00 in 龙岗
LATE_EVENING = datetime(2022, 7, 3, 15, 0, tzinfo=UTC)  # 23:00 in 龙岗
NEXT_MORNING = datetime(2022, 7, 4, 0, 0, tzinfo=UTC)  # 08:00 in 龙岗
State = Delivery.State


@pytest.fixture(autouse=True)
def outbox(settings):
    for name in ("QINGHE_SMTP", "QINGHE_SMS", "QINGHE_WECOM_ROBOT", "QINGHE_DINGTALK_ROBOT"):
        setattr(settings, name, "outbox")


def prefer(person_id, *, quiet=None, digest_at=None, **chosen):
    return services.keep_preference(
        person_id=person_id,
        email="chen@youth.example",
        chosen=chosen,
        quiet=quiet,
        digest_at=digest_at,
        at=NOON,
        by="test",
    )


def tell(*person_ids, kind=Kind.RESULT, title="队伍申请已通过", at=NOON, url="/inbox/"):
    return services.notify(
        person_ids=person_ids, kind=kind, title=title, text="王大同的申请", url=url, at=at
    )


def test_everybody_told_has_it_in_their_list_once(cast):
    tell(cast.chen.person_id, cast.lin.person_id, cast.chen.person_id)

    assert queries.unread_of(cast.chen.person_id).count() == 1
    assert queries.unread_of(cast.lin.person_id).count() == 1
    assert not queries.notices_of(cast.zhou.person_id).exists()


def test_what_is_read_keeps_the_moment_it_was_first_read(cast):
    tell(cast.chen.person_id)
    mine = queries.notices_of(cast.chen.person_id)

    assert services.read(notices=mine, at=NOON) == 1
    assert services.read(notices=mine, at=NEXT_MORNING) == 0
    assert mine.get().read_at == NOON


def test_a_notice_leads_to_a_page_of_ours_only(cast):
    for url in ("https://elsewhere.example/", "//elsewhere.example/"):
        with pytest.raises(IntegrityError), transaction.atomic():
            tell(cast.chen.person_id, url=url)


def test_who_chose_nothing_is_told_inside_only(cast):
    tell(cast.chen.person_id)

    assert not Delivery.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_each_kind_leaves_by_the_channels_chosen_for_it(cast):
    prefer(cast.chen.person_id, late=["email", "wecom"], result=["email"])

    tell(cast.chen.person_id, kind=Kind.LATE)
    tell(cast.chen.person_id, kind=Kind.RESULT)
    tell(cast.chen.person_id, kind=Kind.JOB)

    left = Delivery.objects.order_by("pk").values_list("notice__kind", "channel")
    assert list(left) == [("late", "email"), ("late", "wecom"), ("result", "email")]


def test_one_task_comes_for_all_that_leaves_at_one_moment(cast):
    prefer(cast.chen.person_id, quiet=(time(22), time(8)), late=["email"])

    for _ in range(5):
        tell(cast.chen.person_id, kind=Kind.LATE, at=LATE_EVENING)

    assert [task.run_after for task in DBTaskResult.objects.all()] == [NEXT_MORNING]


def test_what_waited_for_one_person_goes_as_one_message(cast):
    prefer(cast.chen.person_id, late=["wecom"])
    tell(cast.chen.person_id, kind=Kind.LATE)
    tell(cast.chen.person_id, kind=Kind.LATE)

    run = sending.deliver_due(at=NOON)

    assert (run.sent, run.failed) == (2, 0)
    sent = Outgoing.objects.get()
    assert sent.text == "【青禾】陈*有新通知：待办逾期2条。请登录青禾，在“通知”中查看。"


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WECOM, Channel.DINGTALK])
def test_outside_the_house_goes_no_name_and_no_text(cast, channel):
    told = tell(cast.chen.person_id, title="事项")

    title, text = sending.words(
        Notice.objects.filter(pk=told[0].pk).select_related("person"), channel=channel
    )

    assert "王大同" not in title + text
    assert "陈穗" not in title + text
    assert "事项" not in text


def test_an_email_says_what_it_is_about_but_not_who(cast, settings):
    settings.QINGHE_ADDRESS = "https://qinghe.example"
    prefer(cast.chen.person_id, result=["email"])
    tell(cast.chen.person_id)

    sending.deliver_due(at=NOON)

    sent = Outgoing.objects.get()
    assert (sent.channel, sent.to) == ("email", "chen@youth.example")
    assert "队伍申请已通过" in sent.text
    assert "https://qinghe.example/notices/" in sent.text
    assert "王大同" not in sent.text


def test_a_notice_goes_out_once_however_often_the_senders_run(cast):
    prefer(cast.chen.person_id, result=["email"])
    tell(cast.chen.person_id)

    sending.deliver_due(at=NOON)
    again = sending.deliver_due(at=NOON + timedelta(hours=1))

    assert again == sending.Run()
    assert Outgoing.objects.count() == 1
    assert Delivery.objects.get().sent_at == NOON


@pytest.mark.parametrize(
    ("wish", "kind", "at", "leaves"),
    [
        (rules.Wish(), Kind.LATE, LATE_EVENING, LATE_EVENING),
        (rules.Wish(quiet_from=time(22), quiet_until=time(8)), Kind.LATE, NOON, NOON),
        (
            rules.Wish(quiet_from=time(22), quiet_until=time(8)),
            Kind.LATE,
            LATE_EVENING,
            NEXT_MORNING,
        ),
        (
            rules.Wish(quiet_from=time(22), quiet_until=time(8)),
            Kind.SECURITY,
            LATE_EVENING,
            LATE_EVENING,
        ),
        (
            rules.Wish(quiet_from=time(12), quiet_until=time(14)),
            Kind.LATE,
            NOON,
            NOON + timedelta(hours=2),
        ),
        (rules.Wish(digest_at=time(17)), Kind.LATE, NOON, NOON + timedelta(hours=5)),
        (rules.Wish(digest_at=time(12)), Kind.LATE, NOON, NOON + timedelta(days=1)),
        (rules.Wish(digest_at=time(17)), Kind.SECURITY, NOON, NOON),
        (
            rules.Wish(quiet_from=time(22), quiet_until=time(8), digest_at=time(7)),
            Kind.LATE,
            NOON,
            NEXT_MORNING,
        ),
    ],
)
def test_when_a_notice_may_leave(wish, kind, at, leaves):
    assert rules.send_at(wish=wish, kind=kind, at=at) == leaves


def test_the_tries_grow_rarer_and_end():
    waits = [rules.next_try(tries=tries, at=NOON) for tries in range(1, 9)]

    assert waits == [
        *(NOON + timedelta(minutes=gap) for gap in (1, 5, 25, 125, 360, 360, 360)),
        None,
    ]


def test_mail_needs_an_address_to_go_to(cast):
    with pytest.raises(Refused) as refused:
        services.keep_preference(
            person_id=cast.chen.person_id,
            email="",
            chosen={"late": ["email"]},
            quiet=None,
            digest_at=None,
            at=NOON,
            by="test",
        )

    assert refused.value.code == "email_needed"
    assert not Preference.objects.exists()


def test_a_changed_preference_is_in_the_trail(cast):
    prefer(cast.chen.person_id, late=["email"])

    assert Entry.objects.filter(verb="notices.keep_preference").count() == 1


def test_a_reminder_is_kept_once(cast):
    mark = {"person_id": cast.chen.person_id, "queue": "a", "record_id": 1, "due": NOON.date()}
    for _ in range(2):
        services.remember(reminders=[Reminder(**mark, at=NOW)])

    assert Reminder.objects.count() == 1
