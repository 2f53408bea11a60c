"""What the environment says, and what browsers are told."""

import socket
import time

import pytest
from django.conf import settings
from django.contrib.auth import hashers
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.http import HttpResponse
from django.test import RequestFactory
from psycopg.errors import ConnectionTimeout

from qinghe.config import databases, environment
from qinghe.config.engines.postgresql.base import DatabaseWrapper
from qinghe.config.middleware import BodyLimitMiddleware, PermissionsPolicyMiddleware


@pytest.fixture
def no_key(monkeypatch):
    monkeypatch.delenv("QINGHE_SECRET_KEY", raising=False)


def test_the_secret_key_is_drawn_once_and_kept_from_others(no_key, tmp_path):
    first = environment.secret_key(folder=tmp_path)
    second = environment.secret_key(folder=tmp_path)

    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_each_installation_draws_its_own_secret_key(no_key, tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()

    keys = {environment.secret_key(folder=tmp_path / name) for name in ("one", "two")}

    assert len(keys) == 2


def test_a_damaged_secret_key_is_refused(no_key, tmp_path):
    (tmp_path / "secret.key").write_text("short")

    with pytest.raises(ImproperlyConfigured, match="damaged"):
        environment.secret_key(folder=tmp_path)


def test_a_given_secret_key_is_not_written_down(monkeypatch, tmp_path):
    monkeypatch.setenv("QINGHE_SECRET_KEY", "given")

    assert environment.secret_key(folder=tmp_path) == "given"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://league:p%40ss@db.local:5433/qinghe?sslmode=require",
            ("qinghe", "league", "p@ss", "db.local", "5433", {"sslmode": "require"}),
        ),
        ("postgres://league@/qinghe?host=/run/pg", ("qinghe", "league", "", "/run/pg", "", {})),
    ],
)
def test_a_database_url_is_read(url, expected):
    read = databases.postgresql(url, web=False)

    keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    *own, options = expected
    assert [read[key] for key in keys] == [*own, {**options, "server_side_binding": True}]
    assert read["CONN_HEALTH_CHECKS"] is True


def test_of_several_hosts_the_one_that_takes_writes_is_asked_for():
    read = databases.postgresql(
        "postgresql://a@db1:5432,db2:5433/qinghe?target_session_attrs=read-write", web=True
    )

    assert (read["HOST"], read["PORT"]) == ("db1,db2", "5432,5433")
    assert read["OPTIONS"]["target_session_attrs"] == "read-write"
    assert read["OPTIONS"]["connect_timeout"] == "3"


def around(monkeypatch, tmp_path, *, web, **urls):
    for name in ("DATABASE_URL", "DATABASE_POOL_URL", "DATABASE_READ_URL"):
        monkeypatch.setenv(name, urls.get(name, ""))
    return databases.chosen(path=tmp_path / "a", test_path=tmp_path / "b", web=web)


def test_pages_go_through_the_pool_and_commands_past_it(monkeypatch, tmp_path):
    urls = {"DATABASE_URL": "postgresql://a@db/q", "DATABASE_POOL_URL": "postgresql://a@pool/q"}

    pages, command = (around(monkeypatch, tmp_path, web=web, **urls) for web in (True, False))

    assert (pages["default"]["HOST"], command["default"]["HOST"]) == ("pool", "db")
    assert pages["default"]["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert "options" not in pages["default"]["OPTIONS"]


def test_a_replica_is_for_pages_and_without_one_there_is_one_database(monkeypatch, tmp_path):
    urls = {"DATABASE_URL": "postgresql://a@db/q", "DATABASE_READ_URL": "postgresql://a@two/q"}

    assert around(monkeypatch, tmp_path, web=True, **urls)["read"]["HOST"] == "two"
    assert set(around(monkeypatch, tmp_path, web=False, **urls)) == {"default"}
    assert "sqlite" in around(monkeypatch, tmp_path, web=True)["default"]["ENGINE"]
    with pytest.raises(ImproperlyConfigured, match="want DATABASE_URL"):
        around(monkeypatch, tmp_path, web=True, DATABASE_READ_URL="postgresql://a@two/q")


def test_web_requests_may_not_hold_postgresql_for_long():
    options = databases.postgresql("postgresql://a@b/c", web=True)["OPTIONS"]["options"]

    assert "lock_timeout=3s" in options
    assert "statement_timeout=30s" in options
    assert "idle_in_transaction_session_timeout=60s" in options


def test_a_database_that_does_not_answer_is_not_waited_for_by_a_request():
    """A server that is stopped takes the connection and says nothing (bar 44)."""
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        url = f"postgresql://a@127.0.0.1:{mute.getsockname()[1]}/b"
        asked = {**connections["default"].settings_dict, **databases.postgresql(url, web=True)}
        began = time.monotonic()

        with pytest.raises(ConnectionTimeout):
            DatabaseWrapper(asked).connect()

    assert time.monotonic() - began < 5


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://a@b/", "qinghe"])
def test_an_unusable_database_url_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        databases.postgresql(url, web=False)


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5"])
def test_a_number_that_is_none_is_refused(monkeypatch, text):
    monkeypatch.setenv("QINGHE_MAX_UPLOAD_MB", text)

    with pytest.raises(ImproperlyConfigured, match="QINGHE_MAX_UPLOAD_MB"):
        environment.number("QINGHE_MAX_UPLOAD_MB", default=60)


def test_debugging_is_off_unless_asked_for(monkeypatch):
    monkeypatch.setenv("QINGHE_DEBUG", "yes")

    assert not environment.flag("QINGHE_DEBUG")
    assert settings.X_FRAME_OPTIONS == "DENY"


def test_pages_may_run_and_style_only_what_comes_from_here(db, client):
    """Bar 38."""
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "script-src 'self';" in policy + ";"
    assert "style-src 'self';" in policy + ";"
    assert "frame-ancestors 'none'" in policy


def test_passwords_are_kept_with_argon2_at_the_chosen_cost():
    """Bar 34."""
    kept = hashers.make_password("很长的一句口令")

    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashers.check_password("很长的一句口令", kept)


def answered(**headers):
    request = RequestFactory().post("/", headers=headers)
    if "Content-Length" in headers:
        request.META["CONTENT_LENGTH"] = headers["Content-Length"]
    return BodyLimitMiddleware(lambda _: HttpResponse("read"))(request)


def test_a_body_within_the_limit_is_read(settings):
    settings.MAX_UPLOAD_BYTES = 1000

    assert answered(**{"Content-Length": "1000"}).content == b"read"


@pytest.mark.parametrize("length", ["1001", "2147483648", "-5", "a"])
def test_a_body_over_the_limit_is_refused_in_one_sentence(settings, length):
    settings.MAX_UPLOAD_BYTES = 1000

    refused = answered(**{"Content-Length": length})

    assert refused.status_code == 413
    assert "原有数据没有改动" in refused.content.decode()


def test_a_body_of_untold_size_is_refused():
    assert answered(**{"Transfer-Encoding": "chunked"}).status_code == 411


def test_pages_may_not_use_the_camera():
    answer = PermissionsPolicyMiddleware(lambda _: HttpResponse())(RequestFactory().get("/"))

    assert "camera=()" in answer["Permissions-Policy"]
