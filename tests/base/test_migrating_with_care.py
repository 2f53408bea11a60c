"""What comes before a migration, what it waits for, and a migration that is killed (bar 11)."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate as djangos
from django.db import OperationalError, connection, models
from django.db.migrations import CreateModel, Migration

from bench import _clusters as clusters
from bench import _history as history
from bench import migrations
from qinghe.config import backups, migrating
from qinghe.config.backups import manifest
from qinghe.config.management.commands import migrate
from qinghe.kernel.audit import models as audit_models
from qinghe.kernel.audit import services as audit
from qinghe.kernel.secrets import keyring
from qinghe.lib.verdicts import Refused
from tests import migrated
from tests.cast import CLERK, NOW, make_cast

VENDOR = "src/qinghe/edges/web/static/web/vendor"
ENTRIES = "SELECT count(*) FROM django_migrations"


@pytest.fixture
def waiting(monkeypatch, transactional_db):
    """Let a migration wait; return what was carried out."""
    carried_out = []
    monkeypatch.setattr(migrating, "is_behind", lambda _: True)
    monkeypatch.setattr(migrate, "PAUSE", 0)
    monkeypatch.setattr(
        djangos.Command, "handle", lambda *_args, **_options: carried_out.append("migrated")
    )
    return carried_out


@pytest.fixture
def used(waiting):
    cast = make_cast()
    keyring.make_first()
    audit.record(by=CLERK, verb="people.add", subject=cast.longgang, at=NOW)
    return waiting


def before(folder):
    return manifest.whole_ones(folder / "before-migrating")


def test_records_are_backed_up_before_a_waiting_migration(used, data_folder):
    call_command("migrate", verbosity=0)

    assert used == ["migrated"]
    assert manifest.read(before(data_folder)[0]).audit_seq == audit_models.Entry.objects.count()


def test_no_backup_is_made_of_what_nobody_used_or_where_it_is_not_wanted(
    waiting, data_folder, settings
):
    call_command("migrate", verbosity=0)
    make_cast()
    call_command("migrate", verbosity=0, no_backup=True)
    settings.QINGHE_BACKUP_FIRST = False
    call_command("migrate", verbosity=0)

    assert waiting == ["migrated"] * 3
    assert not (data_folder / "before-migrating").exists()


def test_without_its_backup_nothing_is_migrated(used, monkeypatch):
    def refuse(**_):
        raise Refused("no_space", "磁盘已满。")

    monkeypatch.setattr(backups, "make", refuse)

    with pytest.raises(CommandError, match="数据表没有改动：磁盘已满。"):
        call_command("migrate", verbosity=0)
    assert used == []


def test_three_backups_from_before_are_kept(used, data_folder, monkeypatch):
    for minute in range(5):
        at = NOW.replace(minute=minute)
        monkeypatch.setattr(migrate.timezone, "localtime", lambda at=at: at)
        call_command("migrate", verbosity=0)

    assert [path.name[-4:-2] for path in before(data_folder)] == ["02", "03", "04"]


def test_a_table_in_use_is_waited_for_several_times(waiting, monkeypatch):
    tried = []

    def busy(*_args, **_options):
        tried.append("tried")
        if len(tried) < 3:
            raise OperationalError("canceling statement due to lock timeout")

    monkeypatch.setattr(djangos.Command, "handle", busy)
    call_command("migrate", verbosity=0)
    assert len(tried) == 3

    monkeypatch.setattr(migrate, "TRIES", 2)
    monkeypatch.setattr(
        djangos.Command,
        "handle",
        lambda *_args, **_options: (_ for _ in ()).throw(OperationalError("lock timeout")),
    )
    with pytest.raises(CommandError, match="其余的没有改动"):
        call_command("migrate", verbosity=0)


@pytest.mark.postgres
def test_one_machine_migrates_and_no_statement_waits_for_long(transactional_db):
    known = connection.get_connection_params()
    with (
        migrate._turn(connection),
        migrate._patience(connection),
        connection.cursor() as cursor,
        psycopg.connect(
            **{key: known[key] for key in ("host", "port", "user", "dbname") if known.get(key)}
        ) as other,
    ):
        shown = []
        for name in ("lock_timeout", "statement_timeout"):
            cursor.execute(f"SHOW {name}")
            shown.append(cursor.fetchone()[0])
        taken = other.execute("SELECT pg_try_advisory_lock(%s)", [migrate.TURN]).fetchone()[0]

    assert shown == ["3s", "1min"]
    assert taken is False


def test_tables_of_a_migration_that_was_not_entered_are_not_there(transactional_db, monkeypatch):
    """A kill between the tables and their entry leaves neither (bar 11)."""

    class Two(Migration):
        operations = [
            CreateModel("One", [("id", models.AutoField(primary_key=True))]),
            CreateModel(
                "Other",
                [
                    ("id", models.AutoField(primary_key=True)),
                    ("one", models.ForeignKey("trying.One", models.CASCADE)),
                ],
            ),
        ]

    def killed(_):
        raise KeyboardInterrupt

    executor = migrating.Executor(connection)
    monkeypatch.setattr(executor, "record_migration", killed)
    with pytest.raises(KeyboardInterrupt):
        executor.apply_migration(migrating.State({}, set()), Two("0001_initial", "trying"))

    assert not {"trying_one", "trying_other"} & set(connection.introspection.table_names())


def killed_at(number, *, told, count):
    """Migrate until so many migrations are entered, and kill it with -9."""
    command = [sys.executable, str(settings.ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    process = subprocess.Popen(command, env=told)
    try:
        while count() < number:
            assert process.poll() is None
            time.sleep(0.005)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    return subprocess.run(command, env=told, check=False, capture_output=True, text=True)


def environment(folder, **more):
    kept = {name: word for name, word in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"QINGHE_DATA": str(folder)} | more


def made_of(path):
    with closing(sqlite3.connect(path)) as own:
        return set(own.execute("SELECT type, name, sql FROM sqlite_master"))


@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.once
def test_a_migration_that_was_killed_is_carried_out_by_the_next_run(tmp_path):
    def count():
        try:
            with closing(sqlite3.connect(tmp_path / "qinghe.sqlite3")) as own:
                return own.execute(ENTRIES).fetchone()[0]
        except sqlite3.OperationalError:
            return 0

    again = killed_at(90, told=environment(tmp_path), count=count)

    assert (again.returncode, again.stderr) == (0, "")
    whole = tmp_path / "whole"
    whole.mkdir()
    migrated.into(whole)
    assert made_of(tmp_path / "qinghe.sqlite3") == made_of(whole / "qinghe.sqlite3")


@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.once
@pytest.mark.skipif(bool(history.MISSING), reason=history.MISSING)
@pytest.mark.skipif(bool(clusters.MISSING), reason=clusters.MISSING)
def test_a_house_of_the_first_commit_is_brought_up_to_date_on_both_databases_and_lacks_nothing():
    found = migrations.measure(size="small")

    lacking = [
        (database, what) for database in ("SQLite", "PostgreSQL") for what in migrations.OF_BOTH
    ]
    assert {found[f"{database}: {what}"] for database, what in lacking} == {0}, found
    assert found["SQLite: rows of it"] > 1_000


@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.once
@pytest.mark.skipif(bool(history.MISSING), reason=history.MISSING)
def test_the_version_before_the_last_migration_does_its_work_on_the_new_tables(tmp_path):
    """It tells its small half-year there, and either version finds all of it whole (bar 11)."""
    before = history.laid_out(history.before_the_last_migration(), tmp_path / "before")
    shutil.copytree(settings.ROOT / VENDOR, before / VENDOR)
    house = migrated.into(tmp_path)

    def run(version, *words):
        command = [sys.executable, str(version / "manage.py"), *words]
        told = environment(house, PYTHONPATH=str(version / "src"))
        done = subprocess.run(
            command, env=told, cwd=version, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    run(before, "demo", "--size", "small")
    run(before, "verify")
    run(settings.ROOT, "verify")


@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.once
@pytest.mark.skipif(bool(clusters.MISSING), reason=clusters.MISSING)
def test_two_machines_that_start_at_once_migrate_one_after_the_other(tmp_path):
    with clusters.cluster(fsync="off") as server:
        told = environment(tmp_path, DATABASE_URL=server.url())
        command = [sys.executable, str(settings.ROOT / "manage.py"), "migrate", "--verbosity", "0"]
        both = [
            subprocess.Popen(command, env=told, stderr=subprocess.PIPE, text=True) for _ in range(2)
        ]
        said = [process.communicate()[1] for process in both]

        names = server.ask("SELECT count(*), count(DISTINCT (app, name)) FROM django_migrations")

    assert ([process.returncode for process in both], said) == ([0, 0], ["", ""])
    assert names[0][0] == names[0][1] > 100
