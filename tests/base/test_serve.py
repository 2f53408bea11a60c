"""The production server: where it stands, what it refuses before reading, how it stops."""

import http.client
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db import connection

from bench import _served
from qinghe.config import collecting, server
from qinghe.config.management.commands import serve
from tests import migrated

ROOT = Path(__file__).parents[2]


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield str(listener.getsockname()[1])


@pytest.fixture
def free_port():
    return _served.free_port()


def test_a_taken_port_is_refused_before_anything_changes(taken_port, data_folder):
    with pytest.raises(CommandError, match=f"端口 {taken_port} 不能用.*没有改动任何数据"):
        call_command("serve", port=taken_port)

    assert not list(data_folder.iterdir())


@pytest.mark.parametrize("port", ["0", "65536", "web", "-1", ""])
def test_what_is_no_port_is_refused(port):
    with pytest.raises(CommandError, match="端口要是 1 到 65535 之间的整数"):
        serve.check_port(host="127.0.0.1", port=port)


def test_the_demo_door_is_printed_where_there_is_one(monkeypatch, tmp_path):
    monkeypatch.setenv("QINGHE_DATA", str(tmp_path))
    assert server.entry() == "/"

    (tmp_path / "demo-entry").write_text("/demo/token/\n")
    assert server.entry() == "/demo/token/"


@pytest.fixture
def collected(tmp_path, settings):
    """Return a data folder that was served once."""
    settings.QINGHE_DATA, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    return migrated.served_before(tmp_path)


def test_static_files_that_stand_there_are_not_collected_again(collected):
    said = io.StringIO()

    serve.bring_static_files_up_to_date(OutputWrapper(said))

    assert said.getvalue() == ""


def test_static_files_of_another_version_are_collected(collected):
    assert collecting.is_up_to_date()

    (collected / collecting.STAMP).write_text("an older one")

    assert not collecting.is_up_to_date()


@pytest.mark.slow
def test_static_files_that_a_power_cut_left_empty_are_collected_anew(collected):
    """Bar 2: what had not reached the disk is there after a cut, and empty; the stamp is not."""
    (collected / collecting.STAMP).unlink()
    names = collected / "static" / "staticfiles.json"
    names.write_text("")

    serve.bring_static_files_up_to_date(OutputWrapper(io.StringIO()))

    assert json.loads(names.read_text())["paths"]
    assert collecting.is_up_to_date()


@pytest.fixture
def served(free_port, tmp_path):
    """Serve an empty database of its own, as a user would, until the test is over."""
    told = {
        **{k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "QINGHE_DEBUG"}},
        "QINGHE_DATA": str(migrated.served_before(tmp_path)),
    }
    command = [sys.executable, "manage.py", "serve", "--port", str(free_port)]
    process = subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, text=True)
    try:
        said = process.stdout.readline()
        assert f"http://127.0.0.1:{free_port}/" in said
        yield process, free_port
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.slow
def test_a_two_gigabyte_upload_is_refused_by_its_announcement(served):
    _, port = served
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest("POST", "/sheets/")
    connection.putheader("Content-Length", str(2 * 1024**3))
    connection.endheaders()
    started = time.perf_counter()

    answer = connection.getresponse()

    assert answer.status == 413
    assert "原有数据没有改动" in answer.read().decode()
    assert time.perf_counter() - started < 5
    connection.close()


@pytest.mark.slow
def test_a_server_that_is_told_to_stop_stops_cleanly(served):
    process, _ = served

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=30) == 0


def test_a_house_without_accounts_is_told_how_the_first_is_made(db):
    told = io.StringIO()

    serve.say_how_to_begin(OutputWrapper(told))
    assert "manage first-admin --role secadmin" in told.getvalue()

    User.objects.create_user("anran")
    told.truncate(0)
    serve.say_how_to_begin(OutputWrapper(told))
    assert told.getvalue() == ""


@pytest.mark.postgres
@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
def test_a_postgresql_that_may_forget_is_refused(db, settings, name):
    """Bar 3; the tests' own cluster forgets the first two, to be fast."""
    settings.QINGHE_THROWAWAY = False
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")

    with pytest.raises(
        CommandError, match=f"PostgreSQL 关闭了 .*{name}.*没有启动，没有改动任何数据"
    ):
        serve.check_durable(OutputWrapper(io.StringIO()))


@pytest.mark.postgres
def test_one_that_is_thrown_away_is_served_with_a_word(db, settings):
    settings.QINGHE_THROWAWAY, told = True, io.StringIO()

    serve.check_durable(OutputWrapper(told))

    assert "fsync、full_page_writes 已关闭：这个数据库只能用于试验" in told.getvalue()


def test_a_database_that_would_not_notice_a_bad_disk_is_served_with_a_warning(db, monkeypatch):
    """Bar 3."""
    monkeypatch.setattr(serve.durable, "switched_off", lambda: [])
    monkeypatch.setattr(serve.durable, "has_checksums", lambda: False)
    told = io.StringIO()

    serve.check_durable(OutputWrapper(told))

    assert "没有启用数据校验" in told.getvalue()
