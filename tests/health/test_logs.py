"""Nothing about anybody stands in the log, whoever wrote the line."""

import json
import logging
import sys
from urllib.parse import quote

import pytest

from qinghe.config import logs

PHONE, ID_NUMBER, NAME, MAIL = "13800001234", "44030720080315123X", "陈小明", "chen.xm@example.org"
MARKS = (PHONE, "138 0000 1234", "138-0000-1234", ID_NUMBER, NAME, "１３８００００１２３４", MAIL)
MARKS += (quote(NAME), NAME.encode().decode("latin-1"), repr(NAME.encode())[2:-1])


def record(message, *arguments, fault=None, **extra):
    """Return a record as a logger makes it."""
    made = logging.LogRecord("x", logging.ERROR, __file__, 1, message, arguments, fault)
    made.__dict__.update(extra)
    return made


@pytest.mark.parametrize("formatter", [logs.Line(), logs.JsonLine()], ids=["line", "json"])
@pytest.mark.parametrize("mark", MARKS)
def test_no_message_and_no_fault_carries_anybody(formatter, mark):
    """Bar 28, of the log."""
    try:
        raise LookupError(f"no person {mark}") from ValueError(mark)
    except LookupError:
        fault = sys.exc_info()

    lines = [
        formatter.format(record("Not Found: %s", f"/people/{mark}/")),
        formatter.format(record(f"Invalid HTTP_HOST header: '{mark}'")),
        formatter.format(record("broke", fault=fault)),
        formatter.format(record("answered", name_of_person=mark, request=mark)),
    ]

    assert [line for line in lines if mark in line] == []
    assert "LookupError" in lines[2]
    assert "ValueError" in lines[2]
    assert "test_logs.py" in lines[2]


def test_what_a_database_quotes_is_taken_out():
    told = logs.cleaned(
        'duplicate key value violates unique constraint "one_account"\n'
        "DETAIL:  Key (username)=(zhangsan) already exists."
    )

    assert "zhangsan" not in told
    assert "one_account" in told


def test_what_helps_stays():
    told = logs.cleaned(
        "no such table: people_person; job 8123 (sheets.load) broke in 3.5 s at /a/b"
    )

    assert told == "no such table: people_person; job 8123 (sheets.load) broke in 3.5 s at /a/b"


def test_nobody_writes_a_second_line_into_the_log():
    assert "\n" not in logs.Line().format(record("Not Found: %s", "/x\n2026 ERROR forged"))


def test_a_line_of_json_has_its_fields_and_no_others():
    line = logs.JsonLine().format(
        record("answered", view="web:home", ms=12, account=7, request_id="abc", body="secret")
    )

    told = json.loads(line)
    assert (
        told.items() >= {"message": "answered", "view": "web:home", "ms": 12, "account": 7}.items()
    )
    assert (told["request_id"], "body" in told) == ("abc", False)
    assert told["at"].endswith("+00:00")


@pytest.mark.django_db
def test_each_request_is_one_line_that_names_the_view_and_not_the_address(client, caplog):
    with caplog.at_level(logging.INFO, "qinghe.requests"):
        answer = client.get("/accounts/login/", {"next": f"/search/?q={NAME}{PHONE}"})

    (line,) = [each for each in caplog.records if each.name == "qinghe.requests"]
    written = logs.JsonLine().format(line)
    assert json.loads(written)["view"] == "account_login"
    assert json.loads(written)["request_id"] == answer["X-Request-ID"]
    assert PHONE not in written
