"""Ways out that fail or hang hold nobody up (bar 44)."""

import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from django.db import connections
from django_tasks_db.models import DBTaskResult

from qinghe.kernel.notices import channels, rules, sending, services, tasks
from qinghe.kernel.notices.kinds import Channel, Kind
from qinghe.kernel.notices.models import Delivery, Outgoing
from tests import gateways

NOON = datetime(2022, 7, 3, 4, 0, tzinfo=UTC)
State = Delivery.State


class Gateway(BaseHTTPRequestHandler):
    """Takes a message and answers as the server was told to."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.taken.append((self.path, json.loads(self.rfile.read(length))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def gateway():
    with gateways.listening(Gateway, taken=[], status=200) as server:
        yield server


@pytest.fixture
def hanging():
    """A port that accepts and never answers."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(8)
    yield f"json://127.0.0.1:{listener.getsockname()[1]}/send?rto=1&cto=1"
    listener.close()


def tell(cast, *, channel="wecom"):
    services.keep_preference(
        person_id=cast.chen.person_id,
        email="chen@youth.example",
        chosen={"late": [channel]},
        quiet=None,
        digest_at=None,
        at=NOON,
        by="test",
    )
    services.notify(
        person_ids=[cast.chen.person_id], kind=Kind.LATE, title="事项", text="", url="", at=NOON
    )


def test_a_gateway_receives_number_and_text(gateway, settings, db):
    settings.QINGHE_SMS = f"json://127.0.0.1:{gateway.server_port}/send/{{to}}?:phone={{to}}"

    assert channels.sms_configured()
    assert channels.send_sms("138 0000 8000", "验证码 402911")

    path, body = gateway.taken[0]
    assert path.endswith("/13800008000")
    assert (body["phone"], body["message"]) == ("13800008000", "验证码 402911")


def test_a_gateway_that_refuses_is_told_as_such(gateway, settings, db):
    gateway.status = 500
    settings.QINGHE_SMS = f"json://127.0.0.1:{gateway.server_port}/send"

    assert channels.send_sms("13800008000", "验证码 402911") is False


@pytest.mark.parametrize("phone", ["", "123", "13800008000/../x"])
def test_what_is_no_number_is_sent_nowhere(gateway, settings, db, phone):
    settings.QINGHE_SMS = f"json://127.0.0.1:{gateway.server_port}/send/{{to}}"

    assert channels.send_sms(phone, "验证码 402911") is False
    assert gateway.taken == []


def test_without_a_gateway_nothing_is_sent(settings, db):
    settings.QINGHE_SMS = ""

    assert not channels.sms_configured()
    assert channels.send_sms("13800008000", "验证码") is False


def test_a_demo_sends_nothing_and_hides_the_number(gateway, settings, db, monkeypatch):
    settings.QINGHE_SMS = f"json://127.0.0.1:{gateway.server_port}/send"
    monkeypatch.setattr(channels, "IN_A_DEMO", lambda: True)

    assert channels.send_sms("13800008000", "验证码 402911")

    assert gateway.taken == []
    kept = Outgoing.objects.get()
    assert (kept.to, kept.text) == ("138****8000", "验证码 402911")


def test_a_gateway_that_hangs_is_waited_for_a_moment_only(hanging, settings, db, monkeypatch):
    settings.QINGHE_SMS = hanging
    monkeypatch.setattr(channels, "HURRY", 0.3)
    began = time.monotonic()

    sent = channels.send_sms("13800008000", "验证码 402911")

    assert sent is False
    assert time.monotonic() - began < 2


def test_few_wait_for_a_gateway_that_hangs_and_the_others_are_told_at_once(
    hanging, settings, db, monkeypatch
):
    settings.QINGHE_SMS = hanging
    asked, answers = [], threading.Event()
    monkeypatch.setattr(channels, "HURRY", 0.2)
    monkeypatch.setattr(channels, "_notify", lambda *_, **__: asked.append(1) or answers.wait(60))
    monkeypatch.setitem(channels._lines, Channel.SMS, channels._Line())
    assert channels.send_sms("13800008000", "验证码 402911") is False

    with ThreadPoolExecutor(8) as people:
        sent = list(people.map(_ask_for_a_code, range(8)))

    assert sent == [False] * 8
    assert len(asked) == channels.FEW
    answers.set()
    sent_until(lambda: channels.send_sms("13800008000", "验证码 402911"))


def _ask_for_a_code(_):
    sent = channels.send_sms("13800008000", "验证码 402911")
    connections.close_all()  # of this thread
    return sent


def sent_until(sends, seconds=5):
    """Try until what hangs has let go, a second at most."""
    ends = time.monotonic() + seconds
    while not sends():
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_telling_somebody_does_not_touch_the_channel(hanging, settings, cast):
    settings.QINGHE_WECOM_ROBOT = hanging
    began = time.monotonic()

    tell(cast)

    assert time.monotonic() - began < 1
    assert Delivery.objects.get().state == State.QUEUED


def test_what_hangs_is_tried_again_later_and_given_up_in_the_end(
    hanging, settings, cast, monkeypatch
):
    settings.QINGHE_WECOM_ROBOT = hanging
    monkeypatch.setattr(channels, "PATIENCE", 0.05)
    tell(cast)

    first = sending.deliver_due(at=NOON)

    assert (first.failed, first.again) == (1, (NOON + timedelta(minutes=1),))
    assert Delivery.objects.get().tries == 1
    at = NOON
    while Delivery.objects.get().state == State.QUEUED:
        at = Delivery.objects.get().next_try
        sending.deliver_due(at=at)
    assert timedelta(hours=20) < at - NOON < timedelta(hours=24)
    assert Delivery.objects.get().tries == rules.MOST_TRIES
    assert sending.deliver_due(at=at + timedelta(days=1)) == sending.Run()


def test_one_dead_channel_does_not_keep_the_others(hanging, gateway, settings, cast, monkeypatch):
    settings.QINGHE_WECOM_ROBOT = hanging
    settings.QINGHE_DINGTALK_ROBOT = f"json://127.0.0.1:{gateway.server_port}/robot"
    monkeypatch.setattr(channels, "PATIENCE", 0.3)
    tell(cast, channel="wecom")
    tell(cast, channel="dingtalk")

    run = sending.deliver_due(at=NOON)

    assert (run.sent, run.failed) == (1, 1)
    assert len(gateway.taken) == 1


def test_a_channel_that_fails_twice_rests_for_the_run(settings, cast, monkeypatch):
    tried = []
    monkeypatch.setattr(channels, "send", lambda channel, **message: bool(tried.append(channel)))
    people = [cast.lin, cast.chen, cast.he, cast.zhou]
    for actor in people:
        services.keep_preference(
            person_id=actor.person_id,
            email="",
            chosen={"late": ["wecom"]},
            quiet=None,
            digest_at=None,
            at=NOON,
            by="test",
        )
    services.notify(
        person_ids=[actor.person_id for actor in people],
        kind=Kind.LATE,
        title="事项",
        text="",
        url="",
        at=NOON,
    )

    run = sending.deliver_due(at=NOON)

    assert tried == [Channel.WECOM, Channel.WECOM]
    assert (run.failed, run.later) == (2, 2)
    assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0, 0, 1, 1]


def test_what_one_run_cannot_send_is_asked_for_at_once(settings, cast, monkeypatch):
    monkeypatch.setattr(channels, "send", lambda channel, **message: True)
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    for _ in range(3):
        tell(cast)
    DBTaskResult.objects.all().delete()

    tasks.deliver.func()

    assert Delivery.objects.filter(state=State.SENT).count() == 2
    assert DBTaskResult.objects.ready().count() == 1
    tasks.deliver.func()
    assert Delivery.objects.filter(state=State.SENT).count() == 3
    assert DBTaskResult.objects.ready().count() == 1
