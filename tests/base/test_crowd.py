"""When too many come at once, who waited too long is asked to come again, and the rest is served (bar 44)."""

import http.client
import os
import socket
import time
from collections import Counter

import pytest
from django.conf import settings

from bench import _served
from qinghe.config.serving import WAITED
from tests import migrated

TOO_LONG = settings.LONGEST_WAIT_SECONDS + 0.1
AT_ONCE = 24
ASKED = b"GET /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


def test_a_page_that_waited_too_long_says_when_to_come_again(client, db):
    answer = client.get("/accounts/login/", **{WAITED: TOO_LONG})

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "没有改动；请过5秒再试" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


def test_the_api_says_it_as_a_problem(client, db):
    answer = client.get("/api/v1/volunteering/sessions", **{WAITED: TOO_LONG})

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer.json()["type"] == "/problems/too_crowded"


@pytest.mark.parametrize("waited", [0.0, settings.LONGEST_WAIT_SECONDS])
def test_a_short_wait_is_no_reason(client, db, waited):
    assert client.get("/accounts/login/", **{WAITED: waited}).status_code == 200


def test_a_header_says_nothing_about_the_wait(client, db):
    answer = client.get("/accounts/login/", headers={WAITED: str(TOO_LONG)})

    assert answer.status_code == 200


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_server_that_is_overrun_refuses_some_and_serves_again_at_once(monkeypatch, tmp_path):
    monkeypatch.delitem(os.environ, "DATABASE_URL", raising=False)
    narrow = {"QINGHE_THREADS": "1", "QINGHE_LONGEST_WAIT_MS": "30"}
    port = _served.free_port()

    with _served.Server(
        str(migrated.served_before(tmp_path)), port=port, settings=narrow
    ) as server:
        server.started()
        assert _read(_asking(port, ASKED)) == (200, None)
        # Who has sent half a question holds the only thread, and its line grows too long.
        slow = _asking(port, ASKED[:20])
        time.sleep(0.5)
        others = [_asking(port, ASKED) for _ in range(AT_ONCE)]
        time.sleep(0.5)
        slow.sendall(ASKED[20:])
        answers = [_read(line) for line in others]
        after = _read(_asking(port, ASKED))

    assert _read(slow) == (200, None)
    assert (503, "5") in answers
    assert set(answers) <= {(200, None), (503, "5")}, Counter(answers)
    assert after == (200, None)


def _asking(port: int, sent: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    line.sendall(sent)
    return line


def _read(line: socket.socket) -> tuple[int, str | None]:
    with line:
        answer = http.client.HTTPResponse(line)
        answer.begin()
        return answer.status, answer.headers["Retry-After"]
