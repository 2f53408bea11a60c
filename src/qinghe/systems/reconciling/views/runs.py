"""The board, the runs, one of them with what it came to branch by branch, and its lines."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.reconciling import forms, indicators, queries, services
from qinghe.systems.reconciling.access import Act
from qinghe.systems.reconciling.queries import Run, RunState

from .tables import RUN_TONES, RunRowTable, RunTable, TallyTable

CODES = tuple(one.code for one in indicators.INDICATORS)
RUNS, MOST_BRANCHES = "reconciling:runs", 100


def board(request: Request) -> HttpResponse:
    """Show how far the rolls and the national platform agree at the chosen organisation and below."""
    org = request.scope.org
    actors.require(request.actor, Act.SEE, at=org)
    actions = [
        pages.Action("退回核对", reverse("reconciling:differences"), primary=True),
        pages.Action("各次对账", reverse(RUNS)),
    ]
    if actors.may_anywhere(request.actor, Act.UPLOAD):
        actions.append(pages.Action("名册来源", reverse("reconciling:sources")))
    return pages.board_page(request, title="名册对账", codes=CODES, actions=actions)


def runs(request: Request) -> HttpResponseBase:
    """Show the runs of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may_anywhere(request.actor, Act.UPLOAD):
        url = reverse("reconciling:sources")
        actions.append(pages.Action("选择来源上传", url, primary=True))
    return pages.list_page(
        request,
        title="各次对账",
        table=RunTable,
        rows=queries.runs_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        actions=actions,
    )


def run(request: Request, run_id: int) -> HttpResponse:
    """Show one run: how far it is, what it came to, branch by branch."""
    found = _found(request, run_id)
    state = RunState(found.state)
    tallies = queries.tallies_of(request.actor, found)
    count = tallies.count()
    whole = reverse("reconciling:run_differences", args=[found.pk])
    return pages.record_page(
        request,
        title=f"{found.source.name}：{found.org.name}",
        record=found,
        state=pages.Tag(state.label, RUN_TONES[state]),
        facts=[
            ("来源", found.source.name),
            ("列对应版本", found.columns.version),
            ("组织", found.org.name),
            ("文件", found.file_name),
            ("文件校验值", found.file.sha256),
            ("文件行数", found.rows),
            ("已核对行数", found.written),
            ("上传人", found.uploaded_by.name),
            ("上传时间", f"{timezone.localtime(found.uploaded_at):%Y-%m-%d %H:%M}"),
            ("完成时间", _moment(found)),
            ("原始行", _rows(found)),
            ("说明", found.words),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related(
                "各团组织",
                tables.short(TallyTable, tallies[:MOST_BRANCHES]),
                note=f"共{count}个，列出前{MOST_BRANCHES}个" if count > MOST_BRANCHES else "",
                url=whole if state == RunState.DONE else "",
                empty="还没有结果",
            )
        ],
        back=pages.Link("各次对账", reverse(RUNS)),
    )


@require_POST
def run_discard(request: Request, run_id: int) -> HttpResponse:
    """Give up a run that is not finished."""
    found = _found(request, run_id)
    actors.require(request.actor, Act.UPLOAD, at=found.org)
    services.discard_run(run=found, at=timezone.now(), by=request.actor)
    messages.success(request, "这次对账已放弃，文件已清除，名册没有改动。")
    return redirect("reconciling:run", found.pk)


def run_rows(request: Request, run_id: int) -> HttpResponseBase:
    """Show the lines of one run as they were read, while they are kept."""
    found = _found(request, run_id)
    return pages.list_page(
        request,
        title=f"{found.source.name}（{found.org.name}）原始行",
        table=RunRowTable,
        rows=queries.run_rows_seen_by(request.actor).filter(run=found),
        filterset=forms.RunRowFilter,
        actions=[pages.Action("返回这次对账", reverse("reconciling:run", args=[found.pk]))],
    )


def _found(request: Request, run_id: int) -> Run:
    return get_object_or_404(queries.runs_seen_by(request.actor), pk=run_id)


def _moment(found: Run) -> str | None:
    return f"{timezone.localtime(found.finished_at):%Y-%m-%d %H:%M}" if found.finished_at else None


def _rows(found: Run) -> str:
    if found.erased_at:
        return f"已于{timezone.localtime(found.erased_at):%Y-%m-%d}清除，差异和数字保留"
    return "保留中，到期清除" if found.state == RunState.DONE else "核对中"


def _actions(request: Request, found: Run) -> list[pages.Action]:
    if found.state == RunState.DONE:
        whole = reverse("reconciling:run_differences", args=[found.pk])
        actions = [pages.Action("全部差异", whole, primary=True)]
        if not found.erased_at:
            url = reverse("reconciling:run_rows", args=[found.pk])
            actions.append(pages.Action("原始行", url))
        return actions
    if found.state != RunState.WAITING:
        return []
    actions = []
    if found.job_id and found.uploaded_by_id == request.actor.person_id:
        url = reverse("jobs:job", args=[found.job_id])
        actions.append(pages.Action("查看进度", url, primary=True))
    if actors.may(request.actor, Act.UPLOAD, at=found.org):
        url = reverse("reconciling:run_discard", args=[found.pk])
        ask = "放弃后已核对的行不保留，文件清除，确定放弃吗？"
        actions.append(pages.Action("放弃这次对账", url, post=True, ask=ask))
    return actions
