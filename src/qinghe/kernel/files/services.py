"""Keeping files: checked, named by their content, written whole before they are known."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import File as Upload
from django.db import transaction

from qinghe.kernel.audit import services as audit

from . import models, rules


@transaction.atomic
def keep(*, upload: Upload, at: datetime, by: object) -> models.File:
    """Keep an uploaded file; the same content is kept once.

    Raises Refused: file_type, file_empty, file_too_large, file_content.
    """
    name = os.path.basename(upload.name or "")
    upload.seek(0)
    accepted = rules.check(name=name, size=upload.size, head=upload.read(16))
    digest, written = _write(upload, folder=_folder())
    known = models.File.objects.filter(sha256=digest).first()
    if known:
        written.unlink()
        return known
    stored_as = f"{digest}{Path(name).suffix.lower()}"
    os.replace(written, _folder() / stored_as)
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


def path_of(file: models.File) -> Path:
    """Return where the content of a kept file lies."""
    return _folder() / file.stored_as


def _folder() -> Path:
    folder = Path(settings.QINGHE_DATA) / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _write(upload: Upload, *, folder: Path) -> tuple[str, Path]:
    digest = hashlib.sha256()
    upload.seek(0)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as target:
        for chunk in upload.chunks():
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest(), Path(target.name)
