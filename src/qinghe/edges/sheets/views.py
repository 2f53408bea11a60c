"""Pages of the upload: choose a sheet, upload a file, see what was found, load it."""

from datetime import timedelta
from urllib.parse import quote

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qinghe.edges.books import MEDIA_TYPE
from qinghe.edges.jobs import services as jobs
from qinghe.edges.jobs.models import Job
from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.files import services as files

from . import loading, queries, reading, services, writing
from .declarations import Sheet
from .forms import FileForm
from .models import State, Upload

IN_REQUEST = 2_000  # rows that load while the browser waits; more load as a job
STALLED = timedelta(seconds=90)
STEPS = ("上传", "核对", "导入")


@require_safe
def index(request: Request) -> HttpResponse:
    """Show the sheets that the actor may upload, and their latest uploads."""
    sheets = queries.sheets_open_to(request.actor)
    labels = {sheet.slug: sheet.label for sheet in sheets}
    recent = [
        (labels.get(upload.sheet, upload.sheet), upload)
        for upload in queries.uploads_of(request.actor)[:20]
    ]
    return pages.page(request, "sheets/index.html", title="导入记录", sheets=sheets, recent=recent)


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: Request, system: str, name: str) -> HttpResponse:
    """Take a file for one sheet; it is checked and kept, and nothing of it written yet."""
    sheet = _sheet(request, system, name)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        with pages.refusals_on(form):
            kept = services.preview(
                sheet=sheet, file=form.content, by=request.actor, at=timezone.now()
            )
            return redirect("sheets:upload", kept.pk)
    return pages.wizard_page(
        request,
        title=f"导入{sheet.label}",
        steps=STEPS,
        at=1,
        template="sheets/take_in.html",
        form=form,
        submit="上传并核对",
        sheet=sheet,
        actions=[pages.Action("下载模板", reverse("sheets:template", args=[system, name]))],
        back=pages.Link("导入记录", reverse("sheets:index")),
    )


@require_safe
def template(request: Request, system: str, name: str) -> HttpResponse:
    """Send the empty workbook of one sheet."""
    sheet = _sheet(request, system, name)
    return _workbook(writing.template(sheet), name=f"{sheet.label}模板")


@require_safe
def upload(request: Request, upload_id: int) -> HttpResponse:
    """Show what was found in an upload and how far it got; htmx asks again while it loads."""
    found = get_object_or_404(queries.uploads_of(request.actor), pk=upload_id)
    sheet = services.sheet_of(found.sheet)
    loading = _is_loading(found)
    percent = 100 * found.written // found.rows if found.rows else 0
    if request.htmx and not request.htmx.history_restore_request:
        return pages.page(
            request,
            "sheets/upload.html",
            part="progress",
            upload=found,
            loading=loading,
            percent=percent,
        )
    return pages.wizard_page(
        request,
        title=f"导入{sheet.label}",
        steps=STEPS,
        at=2 if found.state in {State.CHECKED, State.REFUSED} else 3,
        template="sheets/upload.html",
        back=pages.Link("导入记录", reverse("sheets:index")),
        upload=found,
        sheet=sheet,
        counts=_counts(found),
        loading=loading,
        percent=percent,
    )


@require_POST
def load(request: Request, upload_id: int) -> HttpResponse:
    """Load a checked upload: at once when it is small, else as a job that can be left alone."""
    found = get_object_or_404(queries.uploads_of(request.actor), pk=upload_id)
    if _is_loading(found):
        return redirect("sheets:upload", found.pk)
    sheet = services.sheet_of(found.sheet)
    services.require(request.actor, sheet)
    if found.rows - found.written > IN_REQUEST:
        return redirect("jobs:job", _start(request, found, sheet).pk)
    services.load(sheet=sheet, upload=found, by=request.actor, at=timezone.now())
    return redirect("sheets:upload", found.pk)


@require_safe
def refused(request: Request, upload_id: int) -> HttpResponse:
    """Send the refused lines of an upload back, each with its reasons."""
    found = get_object_or_404(queries.uploads_of(request.actor), pk=upload_id)
    sheet = services.sheet_of(found.sheet)
    problems = services.problems_of(sheet=sheet, upload=found, by=request.actor, at=timezone.now())
    wanted = {problem.line for problem in problems}
    with files.laid_open(found.file) as path:
        rows = reading.raw_lines(path, wanted=wanted)
    return _workbook(writing.refused_workbook(sheet, rows, problems), name=f"{sheet.label}待更正")


@transaction.atomic
def _start(request: Request, found: Upload, sheet: Sheet) -> Job:
    now = timezone.now()
    services.announce(upload=found, by=request.actor, at=now)
    return jobs.start(
        kind=loading.KIND,
        title=f"导入{sheet.label}：{found.file.name}",
        arguments={"upload": found.pk},
        at=now,
        by=request.actor,
    )


def _sheet(request: Request, system: str, name: str) -> Sheet:
    sheet = services.sheet_of(f"{system}.{name}")
    services.require(request.actor, sheet)
    return sheet


def _is_loading(found: Upload) -> bool:
    if found.state != State.LOADING:
        return False
    job = queries.job_of(found)
    return job.is_open if job else timezone.now() - found.moved_at < STALLED


def _counts(found: Upload) -> list[pages.Total]:
    bad = found.findings.get("refused_rows", 0)
    return [
        pages.Total("共", found.rows, "行"),
        pages.Total("将新增" if not bad else "可以新增", found.rows - bad - found.written, "行"),
        pages.Total("有问题", bad, "行"),
        pages.Total("已写入", found.written, "行"),
    ]


def _workbook(content: bytes, *, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return answer
