"""Backing up while people write, restoring into an empty place, and what is refused (bars 9, 10)."""

import shutil
import sqlite3
import threading
from pathlib import Path

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, connections
from psycopg import sql

from qinghe.config import backups
from qinghe.config.backups import databases, manifest
from qinghe.kernel.audit import models as audit_models
from qinghe.kernel.files import services as files
from qinghe.kernel.files.models import File
from qinghe.kernel.people import queries as people_queries
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Contact, Person
from qinghe.kernel.secrets import keyring
from tests.cast import CLERK, NOW, make_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
EMPTY = "restored_here"
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(64)


def add(number):
    return people.add_person(
        new=people.NewPerson(number=f"BF-{number:05}", name="常青"), at=NOW, by=CLERK
    )


@pytest.fixture
def lived_in(settings, transactional_db):
    make_cast()
    keyring.make_first()
    photo = SimpleUploadedFile("现场.png", PHOTO)
    files.keep(upload=photo, at=NOW, by=CLERK)
    person = add(0)
    people.keep_contact(person=person, new=people.NewContact(phone="13800000000"), at=NOW, by=CLERK)
    return settings.QINGHE_DATA


@pytest.fixture
def elsewhere(settings, tmp_path):
    """Turn the settings to a machine that has nothing, when asked, and back at the end."""
    name = connection.settings_dict["NAME"]
    _on_server("DROP DATABASE IF EXISTS {}")

    def turn():
        connections.close_all()
        settings.QINGHE_DATA = tmp_path / "empty"
        settings.QINGHE_KEYS = tmp_path / "empty" / "keys"
        settings.QINGHE_DATA.mkdir()
        _on_server("CREATE DATABASE {}")
        fresh = str(settings.QINGHE_DATA / "qinghe.sqlite3")
        connection.settings_dict["NAME"] = fresh if connection.vendor == "sqlite" else EMPTY

    yield turn
    connections.close_all()
    connection.settings_dict["NAME"] = name
    _on_server("DROP DATABASE IF EXISTS {}")


def _on_server(statement):
    if connection.vendor == "sqlite":
        return
    known = connection.settings_dict
    with psycopg.connect(
        host=known["HOST"], port=known["PORT"] or None, user=known["USER"], dbname="postgres",
        autocommit=True,
    ) as server:  # fmt: skip
        server.execute(sql.SQL(statement).format(sql.Identifier(EMPTY)))


def test_what_was_written_before_a_backup_comes_back_whole_though_others_write_on(
    lived_in, elsewhere, tmp_path
):
    acknowledged, ends = [], threading.Event()

    def write():
        number = 1
        while not ends.is_set():
            acknowledged.append(add(number).pk)
            number += 1
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    while len(acknowledged) < 5:
        ends.wait(0.01)
    sure = list(acknowledged)
    try:
        call_command("backup", tmp_path / "kept", keys=tmp_path / "apart")
    finally:
        ends.set()
        writer.join()
    elsewhere()

    call_command("restore", tmp_path / "kept", keys=tmp_path / "apart")

    assert set(sure) <= set(Person.objects.values_list("pk", flat=True))
    contact = Contact.objects.get(person__number="BF-00000")
    assert people_queries.clear_texts(contact, fields=["phone"]) == {"phone": "13800000000"}
    with files.opened(File.objects.get()) as content:
        assert content.read() == PHOTO
    assert all(not found.faults for found in backups.check_here())
    before = manifest.read(manifest.newest(tmp_path / "kept"))
    assert audit_models.Entry.objects.filter(seq__lte=before.audit_seq).count() == before.audit_seq


def test_a_second_backup_shares_what_has_not_changed(lived_in, tmp_path):
    first = backups.make(into=tmp_path / "kept", at=NOW)
    second = backups.make(into=tmp_path / "kept", at=NOW.replace(minute=1))

    assert (first.copied, second.copied) == (1, 0)
    shutil.rmtree(first.folder)
    assert [f for found in backups.check_backup(second.folder) for f in found.faults] == []


def test_nothing_that_is_there_is_overwritten_and_nothing_damaged_is_restored(
    lived_in, elsewhere, tmp_path
):
    made = backups.make(into=tmp_path / "kept", at=NOW, keys_into=tmp_path / "apart")
    with pytest.raises(CommandError, match="已有数据"):
        call_command("restore", made.folder)
    elsewhere()
    with (made.folder / databases.FILES[connection.vendor]).open("r+b") as dumped:
        dumped.seek(200)
        dumped.write(b"\0" * 20)

    with pytest.raises(CommandError, match="缺失或损坏"):
        call_command("restore", made.folder)

    with pytest.raises(CommandError, match="不完好"):
        call_command("verify", backup=made.folder)
    assert not (tmp_path / "empty" / "files").exists()
    (made.folder / manifest.NAME).unlink()
    with pytest.raises(CommandError, match="没有完整的备份"):
        call_command("restore", tmp_path / "kept")


@pytest.mark.sqlite
def test_a_plain_copy_of_the_database_file_is_found_out(lived_in, tmp_path):
    made = backups.make(into=tmp_path / "kept", at=NOW)
    add(7)  # lies in the log of the file, not in the file
    dumped = made.folder / databases.FILES["sqlite"]
    sqlite3.connect(connection.settings_dict["NAME"]).close()
    shutil.copyfile(connection.settings_dict["NAME"], dumped)

    found = {found.what: found.faults for found in backups.check_backup(made.folder)}

    assert found["备份的文件"]


def test_keys_do_not_lie_with_the_records_and_are_missed_when_they_are_gone(
    lived_in, elsewhere, tmp_path
):
    with pytest.raises(CommandError, match="分开放"):
        call_command("backup", tmp_path / "kept", keys=tmp_path / "kept" / "keys")
    made = backups.make(into=tmp_path / "kept", at=NOW)
    assert not list(Path(made.folder).rglob("*.key"))
    elsewhere()

    with pytest.raises(CommandError, match="密钥不在"):
        call_command("restore", made.folder)


def test_a_file_that_changed_and_a_row_that_lost_its_file_are_named(lived_in):
    kept = File.objects.get()
    files.path_of(kept).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(65))

    found = {found.what: found.faults for found in backups.check_here()}

    assert len(found["附件"]) == 1
    assert kept.name in found["附件"][0]
    with pytest.raises(CommandError, match="不完好"):
        call_command("verify")


def test_where_the_folder_of_files_is_away_each_of_them_is_named(lived_in):
    kept = File.objects.get()
    shutil.rmtree(files.path_of(kept).parent)

    found = {found.what: found.faults for found in backups.check_here()}

    assert len(found["附件"]) == 1
    assert kept.name in found["附件"][0]


def test_a_sealed_backup_comes_back_whole_by_its_passphrase_and_by_no_other(
    lived_in, elsewhere, tmp_path, capsys
):
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_text("a long and secret word of the district")
    wrong.write_text("a long and wrong word of the district!")
    call_command("backup", tmp_path / "kept", keys=tmp_path / "apart", passphrase=right, keep=3)
    (made,) = (tmp_path / "kept").iterdir()
    clear = [path.name for path in Path(lived_in).rglob("*") if "seal" in path.parent.name]
    elsewhere()

    for given, said in ((wrong, "口令打不开"), (None, "加密的备份")):
        with pytest.raises(CommandError, match=said):
            call_command("restore", tmp_path / "kept", keys=tmp_path / "apart", passphrase=given)
        assert databases.is_empty()
        assert not (tmp_path / "empty" / "keys").exists()
    call_command("verify", backup=made, passphrase=right)
    call_command("restore", tmp_path / "kept", keys=tmp_path / "apart", passphrase=right)

    contact = Contact.objects.get(person__number="BF-00000")
    assert people_queries.clear_texts(contact, fields=["phone"]) == {"phone": "13800000000"}
    with files.opened(File.objects.get()) as content:
        assert content.read() == PHOTO
    assert all(not found.faults for found in backups.check_here())
    assert clear == []
    assert "备份已加密" in capsys.readouterr().out


def test_two_sealed_backups_at_once_do_not_disturb_each_other(lived_in, tmp_path):
    (tmp_path / "phrase").write_text("a long and secret word of the district")

    with databases.aside("sealing"), pytest.raises(CommandError, match="另一份加密备份"):
        call_command("backup", tmp_path / "kept", passphrase=tmp_path / "phrase")

    call_command("backup", tmp_path / "kept", passphrase=tmp_path / "phrase")
    assert len(list((tmp_path / "kept").iterdir())) == 1
