"""Taking a workbook in: all of it is checked before any of it is written.

Loading is not one transaction. A transaction holds the one write lock of SQLite, so a big file
would stop every check-in in the district; it goes in chunks of at most 500 rows, each with its own
audit rows and the step forward of its Upload. What is left half-way is continued, never repeated.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.urls import reverse

from qinghe.edges import system
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import services as files
from qinghe.lib import garbage, periods
from qinghe.lib.verdicts import Refused

from . import guard, models, reading
from .declarations import Problem, Sheet, Source
from .limits import BULK, DEFAULT, Limits
from .models import State

CHUNK = 500
SEALED_LASTS = timedelta(days=1)  # how long a file with sealed columns waits to be loaded
SHOWN_PROBLEMS = 200

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Outcome:
    """What became of a file. With problems, nothing more was written than had been before."""

    upload_id: int | None
    rows: int
    written: int
    problems: list[Problem] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True)
class _Checked:
    count: int
    rows: list
    ready: list
    problems: list[Problem]
    digest: str
    first: list[list[str]]
    sealed: bool
    page: str  # found before anything is written: the first look at addresses takes a second


def preview(
    *, sheet: Sheet, file: File, by: Actor, at: datetime, limits: Limits = DEFAULT
) -> models.Upload:
    """Check an uploaded file and keep it with what was found, ready to be loaded or mended.

    Raises Refused: not_allowed, already_loaded, and the codes of reading.read and files.keep.
    """
    require(by, sheet)
    with guard.on_disk(file, limits=limits) as path:
        known = _known(sheet, path)
        done = known.written if known else 0
        checked = _check(sheet=sheet, path=path, done=done, by=by, at=at, limits=limits)
        return _keep(sheet=sheet, path=path, name=file.name or "", checked=checked, by=by, at=at)


def load_file(
    *,
    sheet: Sheet,
    path: Path,
    by: Actor,
    at: datetime,
    progress: Progress | None = None,
    limits: Limits = BULK,
) -> Outcome:
    """Check a file and write all its rows, or tell what is wrong and write none.

    A file that was left half-way goes on where it stopped. Raises Refused: not_allowed,
    already_loaded, already_running, stopped_midway, and the codes of reading.read and files.keep.
    """
    started = time.perf_counter()
    require(by, sheet)
    guard.check_size(path, limits=limits)
    known = _known(sheet, path)
    done = known.written if known else 0
    checked = _check(sheet=sheet, path=path, done=done, by=by, at=at, limits=limits)
    if checked.problems:
        upload_id = known.pk if known else None
        return _outcome(upload_id, checked, written=done, started=started)
    upload = _keep(sheet=sheet, path=path, name=path.name, checked=checked, by=by, at=at)
    _write_all(sheet=sheet, upload=upload, checked=checked, by=by, at=at, progress=progress)
    return _outcome(upload.pk, checked, written=checked.count, started=started)


def load(
    *,
    sheet: Sheet,
    upload: models.Upload,
    by: Actor,
    at: datetime,
    progress: Progress | None = None,
) -> Outcome:
    """Write the rows of a file that was kept by preview, checking it once more.

    Raises Refused: not_allowed, already_loaded, already_running, stopped_midway, wiped.
    """
    started = time.perf_counter()
    require(by, sheet)
    _refuse_loaded(upload)
    with _laid_open(upload) as path:
        checked = _check(sheet=sheet, path=path, done=upload.written, by=by, at=at, limits=BULK)
    if checked.problems:
        _note(upload=upload, sheet=sheet, checked=checked, by=by, at=at)
        return _outcome(upload.pk, checked, written=upload.written, started=started)
    _write_all(sheet=sheet, upload=upload, checked=checked, by=by, at=at, progress=progress)
    return _outcome(upload.pk, checked, written=checked.count, started=started)


@transaction.atomic
def announce(*, upload: models.Upload, by: Actor, at: datetime) -> None:
    """Mark an upload as being loaded, before a process of its own begins with it.

    Raises Refused: already_loaded.
    """
    _refuse_loaded(upload)
    models.Upload.objects.filter(pk=upload.pk).update(state=State.LOADING, moved_at=at)
    audit.record(by=by, verb="sheets.announce", subject=upload, at=at)


def problems_of(*, sheet: Sheet, upload: models.Upload, by: Actor, at: datetime) -> list[Problem]:
    """Return everything that is wrong with a kept file as things stand now."""
    require(by, sheet)
    with _laid_open(upload) as path:
        return _check(
            sheet=sheet, path=path, done=upload.written, by=by, at=at, limits=DEFAULT
        ).problems


@transaction.atomic
def purge(*, at: datetime, by: object) -> int:
    """Wipe the files that fill sealed columns and were not loaded within a day (S-47)."""
    over = models.Upload.objects.filter(
        findings__sealed=True, moved_at__lte=at - SEALED_LASTS
    ).select_related("file")
    waiting = [upload for upload in over if not upload.findings.get("wiped")]
    for upload in waiting:
        _wipe(upload, at=at, by=by)
        upload.save(update_fields=["findings"])
    return len(waiting)


def require(by: Actor, sheet: Sheet) -> None:
    """Refuse who may upload this sheet nowhere. Raises Refused: not_allowed."""
    if not actors.may_anywhere(by, sheet.act):
        raise Refused("not_allowed", f"您没有导入“{sheet.label}”的权限，没有任何改动。")


def sheets() -> list[Sheet]:
    """Return the sheets of all systems, in their order."""
    return [sheet for installed in system.INSTALLED for sheet in installed.sheets]


def sheet_of(slug: str) -> Sheet:
    """Return a sheet by its slug. Raises Refused: unknown_sheet."""
    for sheet in sheets():
        if sheet.slug == slug:
            return sheet
    known = "、".join(sheet.slug for sheet in sheets())
    raise Refused("unknown_sheet", f"没有名为{slug}的台账，可用：{known}。")


def _check(
    *, sheet: Sheet, path: Path, done: int, by: Actor, at: datetime, limits: Limits
) -> _Checked:
    with garbage.uncollected():
        found = reading.read(path, sheet, known=sheets(), limits=limits)
        rows = found.rows[done:]
        resolved = sheet.resolve(by, rows, at)
    problems = sorted([*found.problems, *resolved.problems], key=lambda problem: problem.line)
    if not problems and len(resolved.ready) != len(rows):
        raise ValueError(f"{sheet.slug}: {len(rows)} rows gave {len(resolved.ready)} to write")
    return _Checked(
        count=found.count,
        rows=rows,
        ready=resolved.ready,
        problems=problems,
        digest=_digest(path),
        first=found.first,
        sealed=found.sealed,
        page=_page_of(sheet, resolved.ready),
    )


@transaction.atomic
def _keep(
    *, sheet: Sheet, path: Path, name: str, checked: _Checked, by: Actor, at: datetime
) -> models.Upload:
    with path.open("rb") as content:
        kept = files.keep(upload=File(content, name=name), at=at, by=by)
    if kept.sha256 != checked.digest:
        raise Refused("file_changed", "文件在读取时被改动，没有导入；请保存好后再试。")
    upload, _ = models.Upload.objects.get_or_create(
        sheet=sheet.slug,
        file=kept,
        defaults={
            "state": State.CHECKED,
            "at": at,
            "moved_at": at,
            "by": str(by),
            "person_id": by.person_id,
        },
    )
    return _note(upload=upload, sheet=sheet, checked=checked, by=by, at=at)


@transaction.atomic
def _note(
    *, upload: models.Upload, sheet: Sheet, checked: _Checked, by: Actor, at: datetime
) -> models.Upload:
    upload.state = State.REFUSED if checked.problems else State.CHECKED
    upload.rows = checked.count
    upload.by, upload.person_id, upload.moved_at = str(by), by.person_id, at
    upload.findings = {
        "problems": len(checked.problems),
        "refused_rows": len({problem.line for problem in checked.problems}),
        "first_problems": [
            [problem.line, problem.column, problem.reason]
            for problem in checked.problems[:SHOWN_PROBLEMS]
        ],
        "sample": checked.first,
        "sealed": checked.sealed,
        "page": checked.page,
    }
    upload.save()
    audit.record(
        by=by,
        verb="sheets.check",
        subject=upload,
        at=at,
        detail={"sheet": sheet.slug, "rows": upload.rows, "problems": len(checked.problems)},
    )
    return upload


def _page_of(sheet: Sheet, ready: Sequence[object]) -> str:
    """Return the address of the page on which rows will stand: of one record, if it is one."""
    places = {sheet.stands(one) for one in ready} if sheet.stands else set()
    if len(places) == 1:
        return places.pop()
    return reverse(sheet.page) if sheet.page else ""


def _known(sheet: Sheet, path: Path) -> models.Upload | None:
    known = models.Upload.objects.filter(sheet=sheet.slug, file__sha256=_digest(path)).first()
    _refuse_loaded(known)
    return known


def _write_all(
    *,
    sheet: Sheet,
    upload: models.Upload,
    checked: _Checked,
    by: Actor,
    at: datetime,
    progress: Progress | None,
) -> None:
    source = Source(upload.file.sha256, sheet.slug, upload.file.name)
    total, begun = checked.count, upload.written
    if not checked.ready:
        return
    for start in range(0, len(checked.ready), CHUNK):
        chunk, rows = checked.ready[start : start + CHUNK], checked.rows[start : start + CHUNK]
        done = begun + start
        try:
            _write_chunk(
                sheet=sheet, upload_id=upload.pk, ready=chunk, span=(done, total),
                source=source.lines(rows[0].line, rows[-1].line), by=by, at=at,
            )  # fmt: skip
        except (Refused, IntegrityError) as error:
            raise _stopped(error, done=done, line=rows[0].line) from error
        if progress:
            progress(done + len(chunk), total)


@transaction.atomic
def _write_chunk(
    *,
    sheet: Sheet,
    upload_id: int,
    ready: Sequence[object],
    span: tuple[int, int],
    source: dict[str, object],
    by: Actor,
    at: datetime,
) -> None:
    done, total = span
    upload = models.Upload.objects.select_for_update().get(pk=upload_id)
    if upload.written != done:
        raise Refused("already_running", "同一文件正在别处导入，请等它完成后再看结果。")
    sheet.write(ready=ready, at=at, by=by, source=source)
    upload.rows, upload.written = total, done + len(ready)
    upload.state = State.LOADED if upload.written == total else State.LOADING
    # `at` is when loading began, and the trail's time; progress is measured by the machine's clock.
    upload.moved_at = datetime.now(periods.TZ)
    upload.by, upload.person_id = str(by), by.person_id
    if upload.state == State.LOADED:
        upload.at = at
        if upload.findings.get("sealed"):
            _wipe(upload, at=at, by=by)
        audit.record(
            by=by, verb="sheets.load", subject=upload, at=at,
            detail={"file": source["file"], "sheet": sheet.slug, "rows": total},
        )  # fmt: skip
    upload.save()


def _wipe(upload: models.Upload, *, at: datetime, by: object) -> None:
    """Wipe a file whose numbers are sealed on the books, or were not wanted; its hash stays."""
    upload.findings = {**upload.findings, "wiped": True}
    files.wipe(file=upload.file, at=at, by=by)


def _laid_open(upload: models.Upload) -> AbstractContextManager[Path]:
    if upload.findings.get("wiped"):
        raise Refused(
            "wiped", "这个文件含有手机号或身份证号，已过保存期并清除，没有导入；请重新上传。"
        )
    return files.laid_open(upload.file)


def _stopped(error: Exception, *, done: int, line: int) -> Exception:
    if isinstance(error, Refused) and error.code == "already_running":
        return error
    reason = error.reason if isinstance(error, Refused) else "与刚刚登记的记录冲突。"
    return Refused(
        "stopped_midway",
        f"第{line}行起没有写入：{reason}此前的{done}行已写入并保留；再次导入同一文件会从这里接着写。",
    )


def _refuse_loaded(upload: models.Upload | None) -> None:
    if upload is not None and upload.state == State.LOADED:
        when = upload.at.astimezone(periods.TZ)
        raise Refused(
            "already_loaded",
            f"这个文件已由{upload.by}于{when:%Y-%m-%d %H:%M}导入，共{upload.written}行，没有重复写入。",
        )


def _outcome(upload_id: int | None, checked: _Checked, *, written: int, started: float) -> Outcome:
    seconds = time.perf_counter() - started
    return Outcome(upload_id, checked.count, written, checked.problems, seconds)


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
