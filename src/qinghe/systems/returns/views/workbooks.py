"""A form as a workbook: fetched, filled offline, looked over, taken in."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from qinghe.edges.books import MEDIA_TYPE
from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import forms, queries, services
from qinghe.systems.returns.access import Act
from qinghe.systems.returns.queries import Filing

from . import rows
from .filling import found_for, is_late

SALT = "qinghe.returns.upload"
LASTS = 60 * 60
STEPS = ("上传", "核对", "采用")
BY_WORKBOOK = "上传表格填报"


def filing_workbook(request: Request, filing_id: int) -> HttpResponse:
    """Send a filing as a workbook, filled in as far as it is."""
    found = found_for(request, filing_id)
    content = forms.workbook_of(queries.sheet_of(request.actor, found))
    answer = HttpResponse(content, content_type=MEDIA_TYPE)
    name = f"{found.org.name}-{found.round.form.title}-{found.round.span.label}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def filing_upload(request: Request, filing_id: int) -> HttpResponse:
    """Take a workbook, show what it would change, and change it once that is agreed to."""
    found = found_for(request, filing_id)
    actors.require(request.actor, Act.FILL, at=found.org)
    if "agreed" in request.POST:
        return _taken_in(request, found)
    form = forms.WorkbookForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with pages.refusals_on(form):
            return _looked_over(request, found, form.cleaned_data["file"])
    return pages.wizard_page(
        request,
        title="上传填好的表格",
        steps=STEPS,
        at=1,
        form=form,
        submit="上传并核对",
        note="请用在本表“下载 .xlsx”得到的文件填写。先核对、再采用，核对之前不改动任何内容。",
        back=rows.link_to(found),
    )


def _looked_over(request: Request, found: Filing, upload: UploadedFile) -> HttpResponse:
    sheet = queries.sheet_of(request.actor, found)
    changes = forms.changes_in(_read(upload), sheet=sheet)
    good = [each for each in changes if each.entry]
    return pages.wizard_page(
        request,
        title="核对要改动的内容",
        steps=STEPS,
        at=2,
        template="returns/workbook_changes.html",
        changes=good,
        problems=[each for each in changes if not each.entry],
        agreed=_sealed([each.entry for each in good if each.entry]),
        late=is_late(found),
        late_reason=queries.words_said_late(request.actor, found),
        again=reverse("returns:filing_upload", args=[found.pk]),
        back=rows.link_to(found),
    )


def _taken_in(request: Request, found: Filing) -> HttpResponse:
    reason = request.POST.get("late_reason", "").strip()
    changed = services.keep_values(
        filing=found,
        entries=_unsealed(request.POST["agreed"]),
        reason=reason or ("" if is_late(found) else BY_WORKBOOK),
        at=timezone.now(),
        by=request.actor,
    )
    messages.success(request, f"已采用表格里的{len(changed)}处内容；核对无误后请报送。")
    return redirect("returns:filing", found.pk)


def _read(upload: UploadedFile) -> forms.Taken:
    with NamedTemporaryFile(suffix=".xlsx") as kept:
        for piece in upload.chunks():
            kept.write(piece)
        kept.flush()
        return forms.taken_from(Path(kept.name))


def _sealed(entries: Sequence[services.Entry]) -> str:
    told = [
        [
            each.code,
            "" if each.amount is None else f"{each.amount}",
            each.not_applicable,
            each.text,
            each.note,
            each.seen,
        ]
        for each in entries
    ]
    return signing.dumps(told, salt=SALT, compress=True)


def _unsealed(agreed: str) -> list[services.Entry]:
    """Return what was agreed to. Raises Refused: agreed_too_late."""
    try:
        told = signing.loads(agreed, salt=SALT, max_age=LASTS)
    except signing.BadSignature as error:
        raise Refused(
            "agreed_too_late", "核对已超过一小时，没有采用任何内容；请重新上传那份表格。"
        ) from error
    return [
        services.Entry(
            code,
            amount=Decimal(amount) if amount else None,
            not_applicable=not_applicable,
            text=text,
            note=note,
            seen=seen,
        )
        for code, amount, not_applicable, text, note, seen in told
    ]
