"""Lists taken out of the house: what for, for whom, who agreed, and which file it became (S-10)."""

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.http import Http404

from qinghe.edges.books import Watermark
from qinghe.edges.web import asking
from qinghe.edges.web.export import Ledger, write, write_loadable
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.models import Account
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused

from . import ending, models, rules, services
from .access import Act
from .models import ExportState, Layout
from .runners import LASTS, PERSONAL_LASTS, Arguments, Result, Runner, Running
from .services import Owner

KIND = "exports.export"
Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Reasons:
    """What an export is for, who receives it, and how it is laid out."""

    purpose: str
    note: str
    receiver: str
    layout: str = Layout.PAGE


@transaction.atomic
def ask(*, ledger: Ledger, address: str, why: Reasons, at: datetime, by: Actor) -> models.Export:
    """Enter an export in the register: to be made at once, by a job, or once somebody agrees.

    Raises Refused: no_purpose, no_receiver.
    """
    rules.check_purpose(note=why.note, receiver=why.receiver)
    rows = ledger.count
    waits = rules.is_guarded(rows=rows, personal=ledger.personal)
    export = models.Export.objects.create(
        title=ledger.title,
        address=address,
        chosen=ledger.chosen[:400],
        purpose=why.purpose,
        note=why.note.strip(),
        receiver=why.receiver.strip(),
        personal=ledger.personal,
        layout=why.layout,
        rows=rows,
        org=ledger.org,
        person_id=by.person_id,
        by=str(by),
        at=at,
        state=ExportState.WAITING if waits else ExportState.APPROVED,
    )
    audit.record(by=by, verb="exports.ask", subject=export, at=at, detail=_said(export))
    if not waits and rows > rules.AT_ONCE:
        export.job = _start(export, at=at, by=by)
        export.save(update_fields=["job"])
    return export


@transaction.atomic
def approve(*, export: models.Export, at: datetime, by: Actor) -> models.Export:
    """Agree that a list leaves the house; a job writes it for whoever asked.

    Raises Refused: not_allowed, own_export, decided_already, account_closed.
    """
    export = _to_decide(export, by=by)
    export.state, export.decided_at = ExportState.APPROVED, at
    export.decided_by, export.decided_person_id = str(by), by.person_id
    export.job = _start(export, at=at, by=by)
    export.save()
    audit.record(by=by, verb="exports.approve", subject=export, at=at)
    return export


@transaction.atomic
def refuse(*, export: models.Export, reason: str, at: datetime, by: Actor) -> models.Export:
    """Do not agree, and say why.

    Raises Refused: not_allowed, own_export, decided_already, no_reason.
    """
    if not reason.strip():
        raise Refused("no_reason", "请填写不同意的原因，没有改动。")
    export = _to_decide(export, by=by)
    export.state, export.decided_at, export.reason = ExportState.REFUSED, at, reason.strip()[:200]
    export.decided_by, export.decided_person_id = str(by), by.person_id
    export.save()
    audit.record(
        by=by, verb="exports.refuse", subject=export, at=at, detail={"reason": export.reason}
    )
    return export


def make_now(*, export: models.Export, ledger: Ledger, at: datetime, by: Actor) -> Path:
    """Write a small export while the browser waits, and return the file, which the caller removes."""
    path = _written(export, ledger=ledger, at=at, who=str(by))
    with transaction.atomic():
        _made(export, digest=_digest(path), rows=ledger.count, at=at, by=by)
    return path


def run(job: Running) -> Result:
    """Write a large export as the person who asked, with what they may see now (bar 23)."""
    export = models.Export.objects.get(pk=job.arguments["export"])
    if export.person_id != job.by.person_id or export.state != ExportState.APPROVED:
        raise Refused("not_approved", "这次导出没有得到同意，没有生成文件。")
    ledger = asking.ledger_at(
        export.address, actor=job.by, user=_user_of(export.person_id), at=job.at
    )
    path = _written(export, ledger=ledger, at=job.at, who=str(job.by), progress=job.progress)
    digest = _digest(path)
    return Result(
        file=path,
        name=file_name(export),
        lasts=PERSONAL_LASTS if export.personal else LASTS,
        words=f"已导出{ledger.count:,}行，编号{export.number}。",
        settle=lambda: _made(export, digest=digest, rows=ledger.count, at=job.at, by=job.by),
    )


def is_open(arguments: Arguments, by: Actor, at: datetime) -> bool:
    """Tell whether the list of a made export is still open to the person who fetches it."""
    export = models.Export.objects.get(pk=arguments["export"])
    try:
        asking.ledger_at(export.address, actor=by, user=_user_of(by.person_id), at=at)
    except (Refused, Http404):
        return False
    return True


def is_guarded(arguments: Arguments) -> bool:
    """Tell whether an export holds so many people that it is fetched after signing in anew."""
    export = models.Export.objects.get(pk=arguments["export"])
    return rules.is_guarded(rows=export.rows, personal=export.personal)


RUNNER = Runner(kind=KIND, label="导出台账", run=run, is_open=is_open, is_guarded=is_guarded)


def file_name(export: models.Export) -> str:
    """Return the name under which an export is saved."""
    return f"{export.title}-{export.number}.xlsx"


def _start(export: models.Export, *, at: datetime, by: Actor) -> models.Job:
    return services.start(
        kind=KIND,
        title=f"导出{export.title}（{export.rows:,}行）",
        arguments={"export": export.pk},
        at=at,
        by=by,
        owner=Owner(export.person_id, export.by),
    )


def _to_decide(export: models.Export, *, by: Actor) -> models.Export:
    export = models.Export.objects.select_for_update().select_related("org").get(pk=export.pk)
    actors.require(by, Act.APPROVE_EXPORT, at=export.org)
    rules.check_not_own(decider_id=by.person_id, asker_id=export.person_id)
    if export.state != ExportState.WAITING:
        raise Refused(
            "decided_already",
            f"这次导出{export.get_state_display()}，已由{export.decided_by}办理。",
        )
    return export


def _written(
    export: models.Export,
    *,
    ledger: Ledger,
    at: datetime,
    who: str,
    progress: Progress | None = None,
) -> Path:
    watermark = Watermark(
        number=export.number,
        who=who,
        at=at,
        purpose=export.why,
        receiver=export.receiver,
        chosen=export.chosen,
    )
    with tempfile.NamedTemporaryFile(dir=ending.folder(), suffix=".xlsx", delete=False) as target:
        path = Path(target.name)
        try:
            if export.layout == Layout.SHEET:
                write_loadable(
                    target.file,
                    ledger=ledger,
                    watermark=watermark,
                    on=local_day(at),
                    progress=progress,
                )
            else:
                write(target.file, ledger=ledger, watermark=watermark, progress=progress)
        except BaseException:
            path.unlink()
            raise
    return path


def _made(export: models.Export, *, digest: str, rows: int, at: datetime, by: Actor) -> None:
    export.state, export.sha256, export.rows, export.made_at = ExportState.MADE, digest, rows, at
    export.save(update_fields=["state", "sha256", "rows", "made_at"])
    detail = {**_said(export), "sha256": digest}
    audit.record(by=by, verb="exports.export", subject=export, at=at, detail=detail)


def _said(export: models.Export) -> dict[str, object]:
    laid_out = {"layout": export.get_layout_display()} if export.layout != Layout.PAGE else {}
    return {
        **laid_out,
        "title": export.title,
        "rows": export.rows,
        "purpose": export.why,
        "receiver": export.receiver,
        "filter": export.chosen,
    }


def _user_of(person_id: int) -> User | AnonymousUser:
    account = Account.objects.select_related("user").filter(person_id=person_id).first()
    return account.user if account else AnonymousUser()


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
