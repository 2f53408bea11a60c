"""Whose address a request has: the connection's, or what our own proxies say (bar 39)."""

import logging

import pytest
from django.test import RequestFactory

from qinghe.config.middleware import RequestFilter, client_address
from qinghe.kernel.audit import asking


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "10.0.0.1"),
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_the_address_cannot_be_chosen_by_who_sends(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **headers)

    assert client_address(request) == address


@pytest.mark.django_db
def test_an_answer_carries_the_id_of_its_request(client):
    first, second = (client.get("/healthz")["X-Request-ID"] for _ in range(2))

    assert len(first) == 32
    assert first != second
    assert asking.current() == asking.NOBODY


def test_a_line_of_the_log_names_the_request():
    inside, outside = (logging.makeLogRecord({}) for _ in range(2))
    with asking.asked_by(asking.Asker(request_id="abc")):
        RequestFilter().filter(inside)
    RequestFilter().filter(outside)

    assert (inside.request_id, outside.request_id) == ("abc", "-")
