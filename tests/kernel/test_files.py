"""Files are kept sealed, whole and in their folder, or not at all (bars 28, 44)."""

import errno
import shutil
import threading
import time
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from qinghe.kernel.files import models, services
from qinghe.kernel.secrets import rotation
from qinghe.lib.hands import Hands
from qinghe.lib.verdicts import Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 7, 3, 6, 0, tzinfo=UTC)


def keep(words):
    upload = SimpleUploadedFile("纪要.pdf", b"%PDF-1.7\n" + words)
    return services.keep(upload=upload, at=NOW, by="试验")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("is_there", [False, True])
def test_where_kept_files_are_away_nothing_is_kept_beside_them(data_folder, is_there):
    kept = keep(b"first")
    folder = data_folder / "files"
    away = folder.rename(data_folder / "away")
    if is_there:  # as the folder on which a disk is no longer mounted
        folder.mkdir()

    with pytest.raises(OSError, match="away") as refused:
        keep(b"second")

    assert refused.value.errno == errno.ENXIO
    assert folder.exists() == is_there
    assert not is_there or names(folder) == []
    assert models.File.objects.count() == 1
    if is_there:
        folder.rmdir()
    away.rename(folder)
    assert keep(b"second").pk
    assert services.path_of(kept).exists()


def test_a_folder_of_an_older_house_is_taken_as_it_is(data_folder):
    keep(b"first")
    (data_folder / "files" / services.MARK).unlink()

    keep(b"second")

    assert len(names(data_folder / "files")) == 3


def test_where_all_content_was_wiped_the_folder_may_be_empty(
    data_folder, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        services.wipe(file=keep(b"first"), at=NOW, by="试验")
    (data_folder / "files" / services.MARK).unlink()

    keep(b"second")

    assert len(names(data_folder / "files")) == 2


def test_of_a_file_that_could_not_be_written_whole_nothing_stays(data_folder, monkeypatch):
    def fail(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(services.os, "fsync", fail)

    with pytest.raises(OSError, match="space"):
        keep(b"first")

    assert names(data_folder / "files") == [services.MARK]


class InTurn(Hands):
    """Hands of which each is waited for as long as its turn says."""

    def __init__(self, *turns):
        super().__init__(seconds=30, most=1)
        self.turns = iter(turns)

    def lend(self, work, **given):
        self.seconds = next(self.turns, 30)
        return super().lend(work, **given)


def test_while_the_folder_hangs_nobody_waits_for_it_and_afterwards_nothing_lies_there(
    data_folder, monkeypatch
):
    kept, over = keep(b"first"), threading.Event()
    monkeypatch.setattr(services, "HANDS", InTurn(30, 0.05))
    monkeypatch.setattr(services.os, "fsync", lambda _: over.wait(30))

    for ask in (lambda: keep(b"second"), lambda: keep(b"third"), lambda: services.opened(kept)):
        with pytest.raises(OSError, match="hangs") as refused:
            ask()
        assert refused.value.errno == errno.EIO
    assert len(names(data_folder / "files")) == 3

    over.set()
    ends = time.monotonic() + 30
    while services.HANDS._left and time.monotonic() < ends:
        time.sleep(0.005)
    assert names(data_folder / "files") == sorted([services.MARK, kept.stored_as])
    assert keep(b"second").pk
    with services.opened(kept) as content:
        assert content.read().endswith(b"first")


def content_of(file):
    with services.opened(file) as content:
        return content.read()


def code_of(refusing):
    with pytest.raises(Refused) as refusal:
        refusing()
    return refusal.value.code


def test_what_is_kept_lies_sealed_and_is_opened_from_any_place(data_folder):
    kept = keep(b"13800138000")

    assert b"13800138000" not in services.path_of(kept).read_bytes()
    assert content_of(kept) == b"%PDF-1.7\n13800138000"
    with services.opened(kept) as content, services.laid_open(kept) as path:
        assert content.seek(-3, 2) == 17
        assert content.read() == b"000"
        assert path.read_bytes() == b"%PDF-1.7\n13800138000"


def test_a_content_that_was_changed_or_exchanged_is_not_opened(data_folder):
    one, other = keep(b"first"), keep(b"other")
    place, before = services.path_of(one), services.path_of(one).read_bytes()

    for there in (
        services.path_of(other).read_bytes(), before[:-1], before[:20], b"",
        *(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :] for at in range(len(before))),
    ):  # fmt: skip
        place.write_bytes(there)
        assert code_of(lambda: services.opened(one)) == "sealed_damaged"


def test_new_keys_of_the_house_open_every_file_and_write_none_anew(data_folder):
    kept = keep(b"first")
    before = services.path_of(kept).read_bytes()

    rotation.begin()
    steps = list(rotation.reseal(at=NOW, by="试验"))
    rotation.retire()

    kept.refresh_from_db()
    assert sum(step.resealed for step in steps) == 1
    assert services.path_of(kept).read_bytes() == before
    assert content_of(kept).endswith(b"first")


def test_without_keys_nothing_is_opened_and_nothing_kept_in_clear(data_folder, settings):
    kept = keep(b"first")
    shutil.rmtree(settings.QINGHE_KEYS)

    assert code_of(lambda: services.opened(kept)) == "key_missing"
    assert code_of(lambda: keep(b"second")) == "key_missing"
    assert names(data_folder / "files") == sorted([services.MARK, kept.stored_as])


def test_the_same_content_is_kept_once_and_after_wiping_anew(
    data_folder, django_capture_on_commit_callbacks
):
    kept = keep(b"first")
    assert keep(b"first").stored_as == kept.stored_as
    with django_capture_on_commit_callbacks(execute=True):
        services.wipe(file=kept, at=NOW, by="试验")
    assert models.File.objects.get().key is None

    with django_capture_on_commit_callbacks(execute=True):
        again = keep(b"first")

    assert again.pk == kept.pk
    assert names(data_folder / "files") == sorted([services.MARK, again.stored_as])
    assert content_of(again).endswith(b"first")


def test_a_file_that_changes_while_it_is_read_is_not_kept(data_folder, monkeypatch):
    monkeypatch.setattr(services, "_digest", lambda _: "0" * 64)

    assert code_of(lambda: keep(b"first")) == "file_changed"
    assert names(data_folder / "files") == [services.MARK]


def test_what_an_older_house_kept_in_clear_is_read_and_sealed(
    data_folder, capsys, django_capture_on_commit_callbacks
):
    kept, gone, broken = keep(b"first"), keep(b"second"), keep(b"third")
    models.File.objects.filter(pk=broken.pk).update(key=None, stored_as="broken.pdf")
    services.path_of(broken).unlink()
    (data_folder / "files" / "broken.pdf").write_bytes(b"%PDF-1.7\nthir")
    with django_capture_on_commit_callbacks(execute=True):
        services.wipe(file=gone, at=NOW, by="试验")
    models.File.objects.filter(pk=kept.pk).update(key=None, stored_as="older.pdf")
    (data_folder / "files" / "older.pdf").write_bytes(b"%PDF-1.7\nfirst")
    services.path_of(kept).unlink()
    kept.refresh_from_db()
    assert content_of(kept).endswith(b"first")

    for said in ("已加密1个文件", "没有明文存放的文件"):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("seal-files")
        assert said in capsys.readouterr().out

    kept.refresh_from_db()
    assert names(data_folder / "files") == sorted([services.MARK, "broken.pdf", kept.stored_as])
    assert b"first" not in services.path_of(kept).read_bytes()
    assert content_of(kept).endswith(b"first")
