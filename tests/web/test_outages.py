"""What is away is no fault of the page: 503, a sentence, and when to ask again (bars 3, 5 and 8)."""

import errno
import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, ProgrammingError

from qinghe.edges.web import outages
from qinghe.edges.web.outages import AWAY, BUSY, DAMAGED, FILES, FULL

pytestmark = pytest.mark.urls("tests.web.urls")


def of_sqlite(code):
    """Return what SQLite raises, with its extended code."""
    error = sqlite3.OperationalError("it says no")
    error.sqlite_errorcode = code
    return error


def wrapped(cause, kind=OperationalError):
    """Return an error of a driver as Django hands it on."""
    error = kind(*cause.args)
    error.__cause__ = cause
    return error


def later(first):
    """Return an error that came of handling another."""
    error = RuntimeError("cannot go on")
    error.__context__ = first
    return error


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (wrapped(of_sqlite(13)), FULL),
        (wrapped(of_sqlite(5)), BUSY),
        (wrapped(of_sqlite(5 | 2 << 8)), BUSY),  # SQLITE_BUSY_SNAPSHOT
        (wrapped(of_sqlite(10 | 3 << 8)), AWAY),  # SQLITE_IOERR_WRITE
        (wrapped(of_sqlite(11 | 1 << 8), DatabaseError), DAMAGED),  # SQLITE_CORRUPT_VTAB
        (wrapped(of_sqlite(26), DatabaseError), DAMAGED),
        (wrapped(psycopg.errors.DataCorrupted("invalid page"), DatabaseError), DAMAGED),
        (wrapped(psycopg.OperationalError("connection refused")), AWAY),
        (wrapped(psycopg.errors.CrashShutdown("terminating connection")), AWAY),
        (wrapped(psycopg.InterfaceError("the connection is closed")), AWAY),
        (wrapped(psycopg.errors.DiskFull("could not extend file")), FULL),
        (wrapped(psycopg.errors.LockNotAvailable("lock timeout")), BUSY),
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (OSError(errno.EROFS, "Read-only file system"), FILES),
        (PermissionError(errno.EACCES, "Permission denied"), FILES),
        (later(wrapped(of_sqlite(13))), FULL),
    ],
)
def test_what_is_away_is_known_by_the_code_of_its_driver(error, outage):
    assert outages.behind(error) == outage


@pytest.mark.parametrize(
    "error",
    [
        None,
        ValueError("ours"),
        FileNotFoundError(errno.ENOENT, "no such file"),
        wrapped(of_sqlite(1)),  # a misspelt column
        wrapped(psycopg.errors.UndefinedColumn("no such column"), ProgrammingError),
        wrapped(psycopg.errors.UniqueViolation("twice"), DatabaseError),
    ],
)
def test_a_fault_of_ours_is_no_outage(error):
    assert outages.behind(error) is None


@pytest.fixture
def full(monkeypatch):
    """Let every request find a full disk."""

    def fail(*_, **__):
        raise wrapped(of_sqlite(13))

    monkeypatch.setattr("qinghe.kernel.access.queries.actor_of", fail)


def test_a_page_says_what_became_of_what_was_sent_and_when_to_ask_again(client, db, full):
    client.raise_request_exception = False

    answer = client.get("/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert FULL.reason in answer.content.decode()
    assert "<title>服务器磁盘已满" in answer.content.decode()


def test_a_part_of_a_page_gets_the_sentence_alone(client, db, full):
    client.raise_request_exception = False

    answer = client.get("/", headers={"HX-Request": "true"})

    assert answer.status_code == 503
    assert FULL.reason in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.urls("qinghe.config.urls")
def test_a_program_gets_the_same_as_a_problem_document(client, db, full):
    client.raise_request_exception = False

    answer = client.get("/api/v1/volunteering/sessions")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {"type": "/problems/disk_full", "title": FULL.reason, "status": 503}
