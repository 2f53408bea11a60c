"""One's own long work: a list, one job with its progress, its file, its end before the end."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import A, Column, Table

from qinghe.edges.books import MEDIA_TYPE
from qinghe.edges.jobs import ending, models, queries, services
from qinghe.edges.jobs.models import State
from qinghe.edges.jobs.runners import runner_of
from qinghe.edges.web import columns, pages, timeline
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused

TONES: dict[str, pages.Tone] = {
    State.QUEUED: pages.Tone.WAIT,
    State.RUNNING: pages.Tone.INFO,
    State.DONE: pages.Tone.GOOD,
    State.REFUSED: pages.Tone.LATE,
    State.FAILED: pages.Tone.LATE,
    State.INTERRUPTED: pages.Tone.LATE,
    State.CANCELLED: pages.Tone.PLAIN,
}
timeline.VERBS.update(
    {
        "jobs.start": "提交后台任务",
        "jobs.cancel": "取消后台任务",
        "jobs.wipe": "清除过期结果文件",
        "files.attach": "上传附件",
        "files.remove": "移除附件",
    }
)
timeline.DETAILS.update({"name": "名称", "sha256": "校验值"})


class JobTable(Table):
    """An actor's own jobs."""

    title = Column("事项", linkify=("jobs:job", [A("pk")]))
    state = columns.State(verbose_name="状态", labels=dict(State.choices), tones=TONES)
    done = columns.Number(verbose_name="已办")
    total = columns.Number(verbose_name="总数")
    at = columns.Moment(verbose_name="提交时间")
    ended_at = columns.Moment(verbose_name="结束时间")

    class Meta:
        order_by = "-at"


@require_safe
def jobs(request: Request) -> HttpResponse:
    """Show the actor's own jobs."""
    return pages.list_page(
        request,
        title="后台任务",
        table=JobTable,
        rows=queries.jobs_of(request.actor),
        actions=[pages.Action("导出登记", reverse("jobs:exports"))],
    )


@require_safe
def job(request: Request, job_id: int) -> HttpResponse:
    """Show how far a job is; the page asks again by itself while it waits or runs."""
    found = _found(request, job_id)
    state = State(found.state)
    now = timezone.now()
    return pages.page(
        request,
        "jobs/job.html",
        part="progress",
        title=found.title,
        job=found,
        state=pages.Tag(state.label, TONES[state]),
        percent=min(100, 100 * found.done // found.total) if found.total else 0,
        has_file=bool(found.stored_as) and found.expires_at is not None and found.expires_at > now,
        back=pages.Link("后台任务", reverse("jobs:index")),
    )


@require_safe
def job_file(request: Request, job_id: int) -> HttpResponseBase:
    """Send the file of a job to whoever asked for it, if they still may have it (bar 23)."""
    found, now = _found(request, job_id), timezone.now()
    if not found.stored_as or found.expires_at is None or found.expires_at <= now:
        raise Refused("expired", "结果文件已过保存期并清除；需要时请重新提交任务。")
    runner = runner_of(found.kind)
    if runner and runner.is_open and not runner.is_open(found.arguments, request.actor, now):
        raise Refused("not_allowed", "您已没有查看这份资料的权限，不能下载。")
    guarded = runner is not None and runner.is_guarded and runner.is_guarded(found.arguments)
    return _give_anew(request, found) if guarded else _give(request, found)


def _give(request: Request, found: models.Job) -> HttpResponseBase:
    return send(ending.path_of(found).open("rb"), name=found.result_name)


_give_anew = reauthentication_required(_give)


@require_POST
def job_cancel(request: Request, job_id: int) -> HttpResponse:
    """Stop a job."""
    found = _found(request, job_id)
    services.cancel(job=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已要求取消；正在办的一步办完后停止。")
    return redirect("jobs:job", found.pk)


def send(content: object, *, name: str) -> FileResponse:
    """Send a workbook to be saved and not to be kept by anything on the way."""
    answer = FileResponse(content, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _found(request: Request, job_id: int) -> models.Job:
    return get_object_or_404(queries.jobs_of(request.actor), pk=job_id)
