"""Files are kept whole and in their folder, or not at all (bar 44)."""

import errno
import threading
import time
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.kernel.files import models, services
from qinghe.lib.hands import Hands

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
