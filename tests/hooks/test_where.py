"""Where an event may go: to another house, and never into this one."""

import socket
import threading
import time

import pytest

from qinghe.edges.hooks import rules, wire
from qinghe.edges.hooks.models import Subscription
from qinghe.lib.hands import Hands
from qinghe.lib.verdicts import Refused

from .conftest import subscribe

FORBIDDEN = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",  # an address to refuse
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
]


@pytest.mark.parametrize("place", FORBIDDEN)
def test_no_address_inside_is_told_anything(place):
    with pytest.raises(Refused) as refusal:
        rules.check_places([place])

    assert refusal.value.code == "forbidden_address"


@pytest.mark.parametrize("place", ["8.8.8.8", "2400:3200::1", "::ffff:8.8.8.8"])
def test_the_internet_may_be_told(place):
    rules.check_places([place])


def test_one_address_inside_spoils_the_name():
    with pytest.raises(Refused):
        rules.check_places(["8.8.8.8", "10.0.0.1"])


def test_a_network_that_the_operator_opened_may_be_told():
    rules.check_places(["10.20.3.4"], allowed=["10.20.0.0/16"])


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://example.cn/hook", "not_https"),
        ("ftp://example.cn/hook", "not_https"),
        ("https://", "bad_address"),
        ("example.cn", "bad_address"),
        ("https://user:word@example.cn/", "bad_address"),
        ("https://example.cn:99999/", "bad_address"),
        ("https://example.cn:0/", "bad_address"),
        ("https://[::1/", "bad_address"),
        ("https://example.cn/\r\nHost: x", "bad_address"),
        ("https://example.cn/#part", "bad_address"),
        ("https://例子.cn/", "bad_address"),
    ],
)
def test_what_is_no_address_of_another_system_is_refused(cast, address, code):
    with pytest.raises(Refused) as refusal:
        subscribe(cast.longgang, by=cast.lin, address=address)

    assert refusal.value.code == code
    assert not Subscription.objects.exists()


def test_a_name_that_moved_inside_is_refused_before_the_connection(monkeypatch):
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.9", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **how: inside)
    monkeypatch.setattr(socket, "create_connection", lambda *asked: pytest.fail("connected"))

    answer = wire.post("https://hooks.example/", body=b"{}", headers={})

    assert (answer.status, answer.is_good) == (0, False)
    assert "内部网络" in answer.said


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch, house):
    asked = []
    look_up = socket.getaddrinfo

    def once(host, *where, **how):
        asked.append(host)
        return look_up("127.0.0.1" if host == "hooks.example" else host, *where, **how)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    address = house.address.replace("127.0.0.1", "hooks.example")

    assert wire.post(address, body=b"{}", headers={}).is_good

    assert asked.count("hooks.example") == 1
    assert house.got[0][0]["host"].startswith("hooks.example:")


def test_a_look_up_that_is_not_answered_is_not_waited_for(monkeypatch):
    """Bar 44."""
    over = threading.Event()
    monkeypatch.setattr(wire, "LOOK_UPS", Hands(seconds=0.05, most=1))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **how: over.wait(30) and [])
    monkeypatch.setattr(socket, "create_connection", lambda *asked: pytest.fail("connected"))

    answer = wire.post("https://hooks.example/", body=b"{}", headers={})

    over.set()
    assert (answer.status, "域名服务器没有应答" in answer.said) == (0, True)


def test_a_redirect_is_not_followed(house):
    house.statuses = [302]

    answer = wire.post(house.address, body=b"{}", headers={})

    assert (answer.status, answer.is_good) == (302, False)
    assert len(house.got) == 1


def test_a_server_that_drips_is_hung_up_on(monkeypatch, settings):
    settings.QINGHE_HOOKS_INSIDE, settings.QINGHE_HOOKS_HTTP = ["127.0.0.0/8"], True
    monkeypatch.setattr(wire, "PATIENCE", 0.5)
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip():
        line, _ = listener.accept()
        with line:
            while not over.wait(0.1):
                try:
                    line.sendall(b"H")
                except OSError:
                    return

    threading.Thread(target=drip, daemon=True).start()
    began = time.monotonic()

    answer = wire.post(f"http://127.0.0.1:{listener.getsockname()[1]}/", body=b"{}", headers={})

    over.set()
    listener.close()
    assert answer.status == 0
    assert time.monotonic() - began < 3


def test_a_certificate_of_nobody_is_not_trusted(settings, house):
    answer = wire.post(house.address.replace("http:", "https:"), body=b"{}", headers={})

    assert answer.status == 0
    assert house.got == []
