"""Keeping files: checked, named by their content, written whole before they are known.

The folder may be a disk or a share that hangs: whoever asks for it is then told so, and one thread
hangs and not all (docs/adr/0088).
"""

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from django.conf import settings
from django.core.files.base import File as Upload
from django.db import transaction
from django.db.models import Model

from qinghe.kernel.audit import services as audit
from qinghe.kernel.audit.models import Entry
from qinghe.lib.hands import Hand, Hands
from qinghe.lib.verdicts import Refused

from . import models, queries, rules

MARK = (
    ".kept"  # lies in the folder from its first use on; where a disk is not mounted there is none
)
HANDS = Hands(seconds=3.0, most=1)  # without a sign from the folder
PIECE = 4 * 1024**2  # bytes that are on the disk before more are sent after them
T = TypeVar("T")


class Signed(Protocol):
    """Somebody whose number is known."""

    @property
    def person_id(self) -> int:
        """Return the person's number."""
        ...


@transaction.atomic
def keep(*, upload: Upload, at: datetime, by: object) -> models.File:
    """Keep an uploaded file; the same content is kept once.

    Raises Refused: file_type, file_empty, file_too_large, file_content.
    """
    name = os.path.basename(upload.name or "")
    upload.seek(0)
    accepted = rules.check(name=name, size=upload.size, head=upload.read(16))
    folder = _folder()
    digest, written = _soon(
        lambda hand: _write(upload, folder=folder, hand=hand), undo=lambda made: made[1].unlink()
    )
    known = models.File.objects.filter(sha256=digest).first()
    stored_as = known.stored_as if known else f"{digest}{Path(name).suffix.lower()}"
    _soon(lambda _: os.replace(written, folder / stored_as))
    if known:
        return known  # its content may have been wiped since, and is there again
    kept = models.File.objects.create(
        sha256=digest,
        name=name[-160:],
        size=upload.size,
        media_type=accepted.media_type,
        stored_as=stored_as,
        at=at,
        by=str(by),
    )
    audit.record(by=by, verb="files.keep", subject=kept, at=at, detail={"sha256": digest})
    return kept


@transaction.atomic
def attach(
    *, subject: Model, upload: Upload, label: str = "", at: datetime, by: Signed
) -> models.Attachment:
    """Keep a file with a record; the caller has checked that this person may.

    Raises Refused: too_many_files, attached_already, and the codes of keep.
    """
    attached = queries.attachments_of(subject)
    rules.check_count(attached.count())
    kept = keep(upload=upload, at=at, by=by)
    if attached.filter(file=kept).exists():
        raise Refused("attached_already", "这条记录已有内容相同的附件，没有重复保存。")
    attachment = models.Attachment.objects.create(
        file=kept,
        subject_kind=subject._meta.label,
        subject_id=subject.pk,
        label=label.strip()[:80],
        name=os.path.basename(upload.name or "")[-160:],
        at=at,
        by=str(by),
        person_id=by.person_id,
    )
    detail = {"name": attachment.name, "sha256": kept.sha256}
    audit.record(by=by, verb="files.attach", subject=subject, at=at, detail=detail)
    return attachment


@transaction.atomic
def remove(
    *, attachment: models.Attachment, subject: Model, reason: str, at: datetime, by: object
) -> None:
    """Take an attachment off a record; its row stays, and the trail says who and why.

    Raises Refused: reason_needed, not_attached.
    """
    rules.check_reason(reason)
    gone = queries.attachments_of(subject).filter(pk=attachment.pk).update(removed_at=at)
    if not gone:
        raise Refused("not_attached", "这个附件已被移除，没有改动。")
    detail = {"name": attachment.name, "sha256": attachment.file.sha256, "reason": reason.strip()}
    audit.record(by=by, verb="files.remove", subject=subject, at=at, detail=detail)


@transaction.atomic
def wipe(*, file: models.File, at: datetime, by: object) -> None:
    """Wipe the content of a kept file that nothing needs any longer; its row and hash stay.

    It stays while a record has it as an attachment.
    """
    if file.attachments.filter(removed_at__isnull=True).exists():
        return
    audit.record(by=by, verb="files.wipe", subject=file, at=at, detail={"sha256": file.sha256})
    path = path_of(file)
    transaction.on_commit(lambda: _soon(lambda _: path.unlink(missing_ok=True)))


def path_of(file: models.File) -> Path:
    """Return where the content of a kept file lies. Raises OSError while the folder is away."""
    return _folder() / file.stored_as


def opened(file: models.File) -> BinaryIO:
    """Open a kept file to be read. Raises OSError while the folder is away or hangs."""
    path = path_of(file)
    return _soon(lambda _: path.open("rb"), undo=lambda handle: handle.close())


def _soon(work: Callable[[Hand], T], *, undo: Callable[[T], object] = bool) -> T:
    """Have something done in the folder. Raises OSError when it hangs."""
    try:
        return HANDS.lend(work, undo=undo)
    except TimeoutError as error:
        raise OSError(errno.EIO, "the folder of kept files hangs") from error


def _folder() -> Path:
    """Return the folder of kept files. Raises OSError while it is away, as a disk not mounted is."""
    folder = Path(settings.QINGHE_DATA) / "files"
    if not _soon(lambda _: (folder / MARK).exists()):
        _begin(folder)
    return folder


def _begin(folder: Path) -> None:
    """Make the folder and mark it, unless there should be files in it and there are none."""
    wiped = Entry.objects.filter(verb="files.wipe").values("first_id")
    holds_any = _soon(lambda _: _holds_any(folder))
    if not holds_any and models.File.objects.exclude(pk__in=wiped).exists():
        raise OSError(errno.ENXIO, "the folder of kept files is away", str(folder))
    _soon(lambda _: _make(folder))


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()


def _holds_any(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _write(upload: Upload, *, folder: Path, hand: Hand) -> tuple[str, Path]:
    digest = hashlib.sha256()
    upload.seek(0)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as target:
        written = Path(target.name)
        try:
            for chunk in upload.chunks(PIECE):
                digest.update(chunk)
                target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
                hand.moved()
        except BaseException:
            written.unlink(missing_ok=True)
            raise
    return digest.hexdigest(), written
