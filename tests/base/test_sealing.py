"""A backup as one sealed file: who has no passphrase reads nothing, and nothing changed is opened (bars 9, 28)."""

from datetime import datetime, timedelta

import pytest

from qinghe.config.backups import generations, manifest, sealing
from qinghe.lib import pieces as sealed_pieces
from qinghe.lib.periods import TZ
from qinghe.lib.verdicts import Refused

PHRASE, OTHER = b"correct horse battery", b"correct horse batterY"
SECRET = "黄埔区常青13800000000".encode()
PIECE = 4096


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "clear"
    (made / "files").mkdir(parents=True)
    (made / "database.sqlite3").write_bytes(SECRET * 20 + bytes(range(256)) * 300)
    (made / "files" / "photo").write_bytes(SECRET)
    (made / manifest.NAME).write_text("{}")
    return made


@pytest.fixture
def sealed(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(sealed_pieces, "PIECE", PIECE)
    monkeypatch.setattr(sealing.zlib, "compressobj", lambda _: Plain())  # so that pieces are many
    monkeypatch.setattr(sealing.zlib, "decompressobj", Plain)
    into = tmp_path / "qinghe-20260301-013000.sealed"
    sealing.seal(folder, into=into, phrase=PHRASE)
    return into


class Plain:
    """Hands on what it is given."""

    unconsumed_tail = b""

    def compress(self, more):
        return more

    def decompress(self, more, most):
        self.unconsumed_tail = more[most:]
        return more[:most]

    def flush(self):
        return b""


def read(path, *, phrase=PHRASE):
    with sealing.opened(path, phrase=phrase) as folder:
        return {
            each.relative_to(folder).as_posix(): each.read_bytes()
            for each in folder.rglob("*")
            if each.is_file()
        }


def refusal(path, **given):
    with pytest.raises(Refused) as refused:
        read(path, **given)
    return refused.value


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
def test_what_was_sealed_is_opened_and_in_between_nobody_reads_it(
    folder, tmp_path, settings, data_folder, cipher
):
    settings.QINGHE_CIPHER = cipher
    into = tmp_path / "one.sealed"

    sealing.seal(folder, into=into, phrase=PHRASE)

    settings.QINGHE_CIPHER = "aes"
    assert read(into)["files/photo"] == SECRET
    for told in (SECRET, b"database.sqlite3", manifest.NAME.encode(), PHRASE):
        assert told not in into.read_bytes()
    assert into.stat().st_mode & 0o777 == 0o600
    assert not (data_folder / ".opened").exists()


def test_a_file_of_nothing_but_zeros_comes_back_whole(folder, tmp_path):
    (folder / "zeros").write_bytes(bytes(9_000_000))

    sealing.seal(folder, into=tmp_path / "one.sealed", phrase=PHRASE)

    assert (tmp_path / "one.sealed").stat().st_size < 200_000
    assert read(tmp_path / "one.sealed")["zeros"] == bytes(9_000_000)


def test_the_same_records_are_sealed_to_other_bytes_each_time(folder, tmp_path):
    for name in ("one", "two"):
        sealing.seal(folder, into=tmp_path / name, phrase=PHRASE)

    one, two = ((tmp_path / name).read_bytes() for name in ("one", "two"))
    assert one[len(sealing.MAGIC) + 1 :][:16] != two[len(sealing.MAGIC) + 1 :][:16]
    assert one[sealing.HEAD :][:32] != two[sealing.HEAD :][:32]


def test_another_passphrase_opens_nothing_and_says_so(sealed, data_folder):
    refused = refusal(sealed, phrase=OTHER)

    assert refused.code == "wrong_passphrase"
    assert "没有改动任何数据" in refused.reason
    assert refusal(sealed, phrase=None).code == "no_passphrase"
    assert not (data_folder / ".opened").exists()


def pieces(told):
    head, rest = told[: sealing.HEAD], told[sealing.HEAD :]
    size = PIECE + sealed_pieces.TAG
    return head, [rest[at : at + size] for at in range(0, len(rest), size)]


def flipped(told, at):
    return told[:at] + bytes([told[at] ^ 1]) + told[at + 1 :]


def exchanged(told):
    head, found = pieces(told)
    found[0], found[1] = found[1], found[0]
    return head + b"".join(found)


def left_out(told):
    head, found = pieces(told)
    return head + b"".join(found[:2] + found[3:])


def cut_between_pieces(told):
    head, found = pieces(told)
    return head + b"".join(found[:-1])


@pytest.mark.parametrize(
    "change",
    [
        lambda told: flipped(told, sealing.HEAD),
        lambda told: flipped(told, len(told) // 2),
        lambda told: flipped(told, len(told) - 1),
        lambda told: told[:-1],
        lambda told: told + b"\0",
        lambda told: told[: sealing.HEAD],
        exchanged,
        left_out,
        cut_between_pieces,
    ],
)
def test_what_was_changed_is_not_opened_and_leaves_nothing(sealed, data_folder, change):
    sealed.write_bytes(change(sealed.read_bytes()))

    assert refusal(sealed).code == "damaged"
    assert not (data_folder / ".opened").exists()


@pytest.mark.parametrize("told", [b"", b"SQLite format 3\0" * 9, sealing.MAGIC + b"\7" + bytes(32)])
def test_what_is_no_sealed_backup_is_called_so(tmp_path, told):
    (tmp_path / "one.sealed").write_bytes(told)

    assert refusal(tmp_path / "one.sealed").code == "no_backup"


def test_a_passphrase_lies_in_a_file_and_is_long(tmp_path):
    (tmp_path / "good").write_bytes(PHRASE + b"\n")
    (tmp_path / "short").write_text("qinghe2026\n")

    assert sealing.passphrase(tmp_path / "good") == PHRASE
    for name in ("short", "none"):
        with pytest.raises(Refused, match="没有进行任何操作"):
            sealing.passphrase(tmp_path / name)


def test_what_could_not_be_written_whole_is_not_there(folder, tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealing.os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        sealing.seal(folder, into=tmp_path / "one.sealed", phrase=PHRASE)
    assert list(tmp_path.glob("one*")) == []


def test_the_newest_and_the_last_of_days_and_weeks_stay():
    noon = datetime(2026, 3, 18, 12, tzinfo=TZ)  # a Wednesday
    each_hour = [noon - timedelta(hours=number) for number in range(24 * 30)]

    staying = generations.staying(each_hour, of_each=3)

    assert sorted(f"{moment:%m-%d %H}" for moment in staying) == [
        "03-08 23", "03-15 23", "03-16 23", "03-17 23", "03-18 10", "03-18 11", "03-18 12",
    ]  # fmt: skip


def test_old_ones_go_whichever_way_they_were_made_and_what_is_none_stays(tmp_path):
    for day in range(1, 9):
        name = f"qinghe-202603{day:02}-013000"
        if day % 2:
            (tmp_path / f"{name}.sealed").touch()
        else:
            (tmp_path / name).mkdir()
            (tmp_path / name / manifest.NAME).touch()
    (tmp_path / "qinghe-before the move.sealed").touch()
    (tmp_path / "qinghe-20260301-000000").mkdir()  # never finished

    gone = generations.drop_old(tmp_path, of_each=1)

    left = sorted(path.name for path in tmp_path.iterdir())
    assert len(gone) == 7
    assert left == [
        "qinghe-20260301-000000", "qinghe-20260308-013000", "qinghe-before the move.sealed",
    ]  # fmt: skip
