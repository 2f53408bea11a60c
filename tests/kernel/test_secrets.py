"""Keys in their folder, and sealing everything anew with new ones (S-45; bars 29, 30)."""

import shutil
import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people import queries as people
from qinghe.kernel.people import services
from qinghe.kernel.people.models import Contact
from qinghe.kernel.secrets import keyring, queries, rotation
from qinghe.kernel.secrets import services as secrets
from qinghe.lib import ciphers
from qinghe.lib.ciphers import Algorithm
from qinghe.lib.verdicts import Refused
from tests.cast import CLERK, NOW, make_person
from tests.kept import kept

PHONE = "13800138000"


@pytest.fixture
def keys(settings):
    return Path(settings.QINGHE_KEYS)


@kept
def ming():
    person = make_person("P1", "明小麦")
    keep(person, phone=PHONE, address="龙岗区横岗街道红棉社区1号")
    return person


def keep(person, **texts):
    return services.keep_contact(person=person, new=services.NewContact(**texts), at=NOW, by=CLERK)


def sealed_phone(person):
    return bytes(Contact.objects.get(person=person).phone)


def clear(person):
    return people.phones_to_reach([person.pk])[person.pk]


def drawn(keys):
    return [*keys.glob("seal-*.key"), *keys.glob("index-*.key")]


def rotate():
    rotation.begin()
    return list(rotation.reseal(at=NOW, by=CLERK))


def test_the_first_sealed_text_draws_the_keys_for_their_owner_only(ming, keys):
    ours = {path.name for path in keys.iterdir()} - {"audit-0001.key"}

    assert ours == {"index-0001.key", "seal-0001.key"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()} == {0o600}
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700


def test_looking_for_somebody_draws_no_keys(db, keys):
    assert people.by_phone(PHONE) == []
    assert not drawn(keys)


def test_lost_keys_are_told_and_never_replaced(ming, keys):
    shutil.rmtree(keys)

    for reading_or_writing in (
        lambda: clear(ming),
        lambda: people.by_phone(PHONE),
        lambda: keep(ming, phone="13800138001"),
        lambda: keep(make_person("P2", "另一人"), phone="13800138002"),
        rotation.begin,
    ):
        with pytest.raises(Refused) as refused:
            reading_or_writing()
        assert refused.value.code == "key_missing"

    assert not drawn(keys)
    assert "密钥" in queries.alarm()
    shown = people.masked_contact(ming)
    assert (shown.phone, shown.alarm) == ("无法读取", queries.alarm())


def test_restored_keys_open_everything_again(ming, keys, tmp_path):
    kept = shutil.copytree(keys, tmp_path / "kept")
    shutil.rmtree(keys)
    assert people.masked_contact(ming).phone == "无法读取"

    shutil.copytree(kept, keys)

    assert clear(ming) == PHONE
    assert queries.alarm() == ""


def test_a_damaged_key_file_is_named(ming, keys):
    (keys / "seal-0001.key").write_text("not a key\n")
    keyring._read.cache_clear()

    assert "seal-0001.key" in queries.alarm()
    with pytest.raises(Refused, match=r"seal-0001\.key"):
        clear(ming)


def test_keys_of_another_house_do_not_pass_for_ours(ming, keys):
    shutil.rmtree(keys)
    keyring.make_first()

    with pytest.raises(Refused) as refused:
        clear(ming)

    assert refused.value.code == "key_missing"


def test_a_value_copied_to_another_row_or_column_is_not_shown(ming, db):
    other = make_person("P2", "另一人")
    keep(other, phone="13800138002")
    Contact.objects.filter(person=other).update(phone=sealed_phone(ming))
    Contact.objects.filter(person=ming).update(guardian_phone=sealed_phone(ming))

    with pytest.raises(Refused, match="改动"):
        clear(other)
    shown = people.masked_contact(ming)
    assert (shown.phone, shown.guardian_phone) == ("138****8000", "无法读取")


def test_another_algorithm_writes_new_values_and_reads_old_ones(ming, settings):
    settings.QINGHE_CIPHER = "sm4"
    other = make_person("P2", "另一人")
    keep(other, phone=PHONE)

    assert ciphers.header_of(sealed_phone(ming)).algorithm is Algorithm.AES
    assert ciphers.header_of(sealed_phone(other)).algorithm is Algorithm.SM4
    assert clear(ming) == clear(other) == PHONE
    assert people.by_phone("138 0013 8000") == [ming, other]


def test_indexes_of_two_columns_and_two_values_differ(db):
    one = secrets.blind(PHONE, about="people_contact.phone")

    assert one == secrets.blind(PHONE, about="people_contact.phone")
    assert one != secrets.blind(PHONE, about="people_contact.id_number")
    assert one != secrets.blind("13800138001", about="people_contact.phone")


def test_a_rotation_leaves_nothing_sealed_by_the_old_keys(ming, settings):
    before = sealed_phone(ming)
    settings.QINGHE_CIPHER = "sm4"

    steps = rotate()

    assert sum(step.resealed for step in steps) == 1
    after = ciphers.header_of(sealed_phone(ming))
    assert after.key_id != ciphers.header_of(before).key_id
    assert after.algorithm is Algorithm.SM4
    assert clear(ming) == PHONE
    assert people.by_phone(PHONE) == [ming]
    assert Entry.objects.filter(verb="secrets.reseal", by=CLERK).count() == 1


def test_old_keys_are_laid_aside_only_when_nothing_needs_them(ming, keys):
    rotation.begin()

    with pytest.raises(Refused, match="1行由旧密钥加密"):
        rotation.retire()

    list(rotation.reseal(at=NOW, by=CLERK))
    laid = rotation.retire()

    assert sorted(laid) == ["index-0001.key", "seal-0001.key"]
    assert clear(ming) == PHONE
    assert people.by_phone(PHONE) == [ming]
    assert (keys / "retired" / "seal-0001.key").exists()
    assert stat.S_IMODE((keys / "seal-0002.key").stat().st_mode) == 0o600


def test_an_interrupted_rotation_goes_on_where_it_stopped(db, keys, monkeypatch):
    people_of_three_chunks = [make_person(f"N{n}", "某人甲") for n in range(5)]
    for number, person in enumerate(people_of_three_chunks):
        keep(person, phone=f"1380013800{number}")
    monkeypatch.setattr(rotation, "CHUNK", 2)
    rotation.begin()
    steps = rotation.reseal(at=NOW, by=CLERK)
    next(steps)
    steps.close()  # killed after one chunk
    assert [clear(each)[-1] for each in people_of_three_chunks] == list("01234")
    assert rotation.waiting() == 3

    drawn = rotation.begin()
    again = [step.resealed for step in rotation.reseal(at=NOW, by=CLERK)]

    assert not drawn
    assert again == [0, 2, 1]
    assert len(list(keys.glob("seal-*.key"))) == 2
    assert [clear(each)[-1] for each in people_of_three_chunks] == list("01234")


def test_a_chunk_that_fails_half_way_is_undone_whole(ming, monkeypatch):
    rotation.begin()
    before = sealed_phone(ming)
    monkeypatch.setattr(rotation.audit, "record_many", _no_trail)

    with pytest.raises(RuntimeError, match="no trail"):
        list(rotation.reseal(at=NOW, by=CLERK))

    assert sealed_phone(ming) == before


def _no_trail(**_):
    raise RuntimeError("no trail")


def test_the_command_tells_what_it_did(ming, capsys):
    call_command("rotate-keys")
    call_command("rotate-keys", "--retire")

    told = capsys.readouterr().out
    assert "已生成新密钥" in told
    assert "共重新加密1行" in told
    assert "seal-0001.key" in told


def test_the_command_leaves_and_tells_what_it_cannot_open(ming):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_contact SET address = phone")

    with pytest.raises(CommandError, match="1行无法解密，保持原样"):
        call_command("rotate-keys")

    assert clear(ming) == PHONE


def test_there_is_nothing_to_rotate_where_nothing_is_sealed(db):
    with pytest.raises(CommandError, match="无需轮换"):
        call_command("rotate-keys")
