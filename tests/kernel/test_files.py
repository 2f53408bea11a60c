"""Files are kept whole and in their folder, or not at all (bar 44)."""

import errno
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.kernel.files import models, services

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
