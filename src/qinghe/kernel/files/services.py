"""Keeping files: checked, sealed, written whole before they are known.

Each file has a key of its own (`models.File.key`), used for its one content. It is sealed piece by
piece, so that a large file takes no more memory than a small one (docs/adr/0091).
The folder may be a disk or a share that hangs: whoever asks for it is then told so, and one thread
hangs and not all (docs/adr/0088).
"""

import errno
import hashlib
import io
import os
import shutil
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO, Protocol, TypeVar, cast

from django.conf import settings
from django.core.files.base import File as Upload
from django.db import transaction
from django.db.models import Model

from qinghe.kernel.audit import services as audit
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.secrets import keyring
from qinghe.kernel.secrets import services as secrets
from qinghe.lib import ciphers, pieces
from qinghe.lib.ciphers import Algorithm
from qinghe.lib.hands import Hand, Hands
from qinghe.lib.verdicts import Refused

from . import models, queries, rules

MARK = (
    ".kept"  # lies in the folder from its first use on; where a disk is not mounted there is none
)
HANDS = Hands(seconds=3.0, most=1)  # without a sign from the folder
PIECE = 4 * 1024**2  # bytes that are on the disk before more are sent after them
MAGIC = b"QINGHE-FILE-1\n"
SEALED = ".sealed"  # the end of a name in the folder
CHANGED = "file_changed"
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

    Raises Refused: file_type, file_empty, file_too_large, file_content, file_changed, key_missing,
    key_damaged.
    """
    name = os.path.basename(upload.name or "")
    upload.seek(0)
    accepted = rules.check(name=name, size=upload.size, head=upload.read(16))
    digest, folder = _digest(upload), _folder()
    known = models.File.objects.select_for_update().filter(sha256=digest).first()
    if known:
        _put(known, upload=upload, folder=folder)
        return known  # its content may have been wiped since, and is there again
    kept = models.File.objects.create(
        sha256=digest,
        name=name[-160:],
        size=upload.size,
        media_type=accepted.media_type,
        stored_as=_new_name(),
        at=at,
        by=str(by),
    )
    _put(kept, upload=upload, folder=folder)
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

    Its key goes with it. It stays while a record has it as an attachment.
    """
    if file.attachments.filter(removed_at__isnull=True).exists():
        return
    audit.record(by=by, verb="files.wipe", subject=file, at=at, detail={"sha256": file.sha256})
    file.key = None
    file.save(update_fields=["key"])
    _drop(path_of(file))


def seal_older(*, at: datetime, by: object) -> int:
    """Seal what an older house kept in clear, one transaction a file; return how many there were.

    What is not as it was kept stays as it is, for `verify` to name. Safe to repeat. Raises Refused:
    key_missing, key_damaged.
    """
    clear = models.File.objects.filter(key__isnull=True).order_by("pk")
    clear = clear.exclude(stored_as__endswith=SEALED)  # was sealed, and is wiped
    done = 0
    for pk in list(clear.values_list("pk", flat=True)):
        try:
            done += _seal_older(pk, at=at, by=by)
        except FileNotFoundError:
            continue  # wiped by the older house
        except Refused as refused:
            if refused.code != CHANGED:
                raise
    return done


def path_of(file: models.File) -> Path:
    """Return where a kept file lies, sealed. Raises OSError while the folder is away."""
    return _folder() / file.stored_as


def opened(file: models.File) -> BinaryIO:
    """Open a kept file to be read in clear, from any place.

    Raises OSError while the folder is away or hangs, and Refused: key_missing, key_damaged,
    sealed_damaged; reading on may raise sealed_damaged, too.
    """
    path, secret = path_of(file), _secret(file)
    return _soon(lambda _: _open(path, secret=secret), undo=lambda content: content.close())


def is_whole(file: models.File) -> bool:
    """Test if a content is as it was kept; not where it does not open, or the folder is away."""
    digest = hashlib.sha256()
    try:
        with opened(file) as content:
            while piece := content.read(pieces.PIECE):
                digest.update(piece)
    except (OSError, Refused):
        return False
    return digest.hexdigest() == file.sha256


@contextmanager
def laid_open(file: models.File) -> Iterator[Path]:
    """Yield a path at which other programs of ours read the content: it is in memory and on no disk.

    It takes as much memory as the file, 60 MB at most (`rules.TYPES`). Raises what `opened` raises.
    """
    with opened(file) as content, os.fdopen(os.memfd_create("kept"), "wb") as clear:
        shutil.copyfileobj(content, clear, pieces.PIECE)
        clear.flush()
        yield Path(f"/proc/{os.getpid()}/fd/{clear.fileno()}")


@transaction.atomic
def _seal_older(pk: int, *, at: datetime, by: object) -> bool:
    file = models.File.objects.select_for_update().get(pk=pk)
    if file.key:
        return False  # somebody has kept the same content meanwhile
    with opened(file) as content:
        _put(file, upload=Upload(content, name=file.name), folder=_folder())
    audit.record(by=by, verb="files.seal", subject=file, at=at, detail={"sha256": file.sha256})
    return True


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


def _put(file: models.File, *, upload: Upload, folder: Path) -> None:
    """Write a content sealed: with the file's own key, or a new one and a new name.

    A name stands for one key and one content, so that whoever is a moment late, or is undone, leaves
    no row whose key does not open what lies there.
    """
    if not file.key:
        _drop(folder / file.stored_as)
        drawn = b64encode(ciphers.new_secret()).decode()
        file.key = secrets.seal(drawn, about=secrets.place(file, "key"))
        file.stored_as = _new_name()
        file.save(update_fields=["key", "stored_as"])
    lock = _lock(_secret(file), algorithm=keyring.current().algorithm)
    digest, written = _soon(
        lambda hand: _write(upload, lock=lock, folder=folder, hand=hand),
        undo=lambda made: made[1].unlink(),
    )
    if digest != file.sha256:
        written.unlink()
        raise Refused(CHANGED, "文件在读取时被改动，没有保存；请保存好后再试。")
    _soon(lambda _: os.replace(written, folder / file.stored_as))


def _drop(path: Path) -> None:
    """Take a content away once the transaction is made."""
    transaction.on_commit(lambda: _soon(lambda _: path.unlink(missing_ok=True)))


def _new_name() -> str:
    return f"{token_hex(20)}{SEALED}"


def _secret(file: models.File) -> bytes:
    """Return the key of a file, or nothing where it lies in clear."""
    return b64decode(secrets.unseal(file.key, about=secrets.place(file, "key")))


def _lock(secret: bytes, *, algorithm: Algorithm) -> pieces.Lock:
    key = ciphers.derive(secret, purpose="file", algorithm=algorithm)
    return pieces.Lock(head=MAGIC + bytes([algorithm]), key=key)


def _open(path: Path, *, secret: bytes) -> BinaryIO:
    content = path.open("rb")
    if not secret:
        return content
    try:
        opening = io.BufferedReader(pieces.Reader(content, _lock_of(content, secret=secret)))
        opening.peek(1)  # what does not open says so before anything is sent
    except BaseException:
        content.close()
        raise
    return cast(BinaryIO, opening)


def _lock_of(content: BinaryIO, *, secret: bytes) -> pieces.Lock:
    head = content.read(len(MAGIC) + 1)
    algorithms = {MAGIC + bytes([algorithm]): algorithm for algorithm in Algorithm}
    if head not in algorithms:
        raise ciphers.damaged()
    return _lock(secret, algorithm=algorithms[head])


def _digest(upload: Upload) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks(PIECE):
        digest.update(chunk)
    return digest.hexdigest()


def _write(upload: Upload, *, lock: pieces.Lock, folder: Path, hand: Hand) -> tuple[str, Path]:
    digest = hashlib.sha256()
    upload.seek(0)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as target:
        written, sealing = Path(target.name), pieces.Writer(cast(BinaryIO, target), lock)
        try:
            for chunk in upload.chunks(PIECE):
                digest.update(chunk)
                sealing.write(chunk)
                target.flush()
                os.fsync(target.fileno())
                hand.moved()
            sealing.finish()
            target.flush()
            os.fsync(target.fileno())
        except BaseException:
            written.unlink(missing_ok=True)
            raise
    return digest.hexdigest(), written
