"""Findings: the list to work through, one finding with what it holds, and its verdict."""

from typing import cast

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.jobs import services as jobs
from qinghe.edges.web import columns, doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.lib import sentences
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Finding, FindingKind, FindingState, State

from .sessions import ATTENDANCE_TONES

TONES: dict[str, pages.Tone] = {
    FindingState.OPEN: pages.Tone.WAIT,
    FindingState.CLEARED: pages.Tone.GOOD,
    FindingState.CORRECTED: pages.Tone.INFO,
    FindingState.VOIDED: pages.Tone.PLAIN,
}


class FindingTable(Table):
    """Findings."""

    personal = True
    kind = columns.State(
        verbose_name="核查项",
        labels=dict(FindingKind.choices),
        tones={},
        linkify=("volunteering:finding", [A("pk")]),
    )
    words = Column("核查情况", linkify=("volunteering:finding", [A("pk")]))
    org = Column("主办组织", accessor="org__name", order_by="org__path")
    records = columns.Number(verbose_name="所涉记录")
    found_at = columns.Moment(verbose_name="发现时间")
    state = columns.State(verbose_name="状态", labels=dict(FindingState.choices), tones=TONES)


class HeldTable(Table):
    """The records that one finding holds."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="attendance__volunteer__person__name",
        at="attendance__session__org",
        linkify=("volunteering:attendance", [A("attendance_id")]),
    )
    number = Column("志愿者编号", accessor="attendance__volunteer__number")
    session = Column("活动", accessor="attendance__session__title")
    day = columns.Day(verbose_name="日期", accessor="attendance__session__day")
    how = Column("登记方式", accessor="attendance__get_how_display")
    minutes = columns.Number(verbose_name="分钟", accessor="attendance__minutes")
    state = columns.State(
        verbose_name="状态",
        accessor="attendance__state",
        labels=dict(State.choices),
        tones=ATTENDANCE_TONES,
    )


def findings(request: Request) -> HttpResponseBase:
    """Show what the checks found at the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions: list[pages.Action | pages.Bulk] = []
    if actors.may_anywhere(request.actor, Act.SWEEP):
        url = reverse("volunteering:sweep")
        actions.append(pages.Action("立即核查", url, post=True, ask="核查全部签到记录？"))
    if actors.may_anywhere(request.actor, Act.REVIEW_FINDING):
        actions.append(pages.Action("核查参数", reverse("volunteering:hours_terms")))
        actions.append(_clearing(request))
    return pages.list_page(
        request,
        title="异常核查",
        table=FindingTable,
        rows=queries.findings_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.FindingFilter,
        actions=actions,
    )


def finding(request: Request, finding_id: int) -> HttpResponse:
    """Show one finding and the records that it holds."""
    found = _found(request, finding_id)
    state = FindingState(found.state)
    return pages.record_page(
        request,
        title=found.get_kind_display(),
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("核查情况", found.words),
            ("主办组织", found.org.name),
            ("核查单位", found.reviewer.name),
            ("所涉记录", found.records),
            ("处理人", found.decided_by.name if found.decided_by else None),
            ("处理说明", found.reason),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related(
                "所涉记录", tables.short(HeldTable, queries.held_of(request.actor, found))
            )
        ],
        back=pages.Link("异常核查", reverse("volunteering:findings")),
    )


def finding_close(request: Request, finding_id: int) -> HttpResponse:
    """Say what came of looking into a finding."""
    found = _found(request, finding_id)
    actors.require(request.actor, Act.REVIEW_FINDING, at=found.reviewer)
    form = forms.FindingForm(request.POST or None, held=_choices(request, found))

    def do() -> str:
        services.close_finding(
            finding=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        return reverse("volunteering:finding", args=[found.pk])

    return pages.act_page(
        request,
        title=f"处理：{found.get_kind_display()}",
        form=form,
        do=do,
        submit="办结",
        note=f"{sentences.inside(found.words)}。办结后没有其他核查的记录恢复计入；本人登记的和本人的记录不能自己处理。",
        back=pages.Link("异常核查", reverse("volunteering:finding", args=[found.pk])),
    )


@require_POST
def sweep(request: Request) -> HttpResponse:
    """Let all records be checked now, as a job."""
    doors.require_anywhere(request.actor, Act.SWEEP)
    job = jobs.start(
        kind=services.SWEEPING,
        title="服务时长异常核查（全部记录）",
        arguments={"whole": 1},
        at=timezone.now(),
        by=request.actor,
    )
    return redirect("jobs:job", job.pk)


def _clearing(request: Request) -> pages.Bulk:
    """Return the way to let what several findings hold count again, for one reason."""
    return pages.Bulk(
        "clear",
        "所选核实无误，恢复计入",
        lambda row: services.close_finding(
            finding=cast(Finding, row),
            verdict=FindingState.CLEARED,
            voided=[],
            reason=pages.reason_of(request),
            at=timezone.now(),
            by=request.actor,
        ),
        why="核实说明",
    )


def _found(request: Request, finding_id: int) -> Finding:
    return get_object_or_404(queries.findings_seen_by(request.actor), pk=finding_id)


def _choices(request: Request, found: Finding) -> list[tuple[str, str]]:
    today = timezone.localdate()
    return [
        (
            str(one.attendance_id),
            f"{levels.short_name(request.actor, record.volunteer.person, at=record.session.org, on=today)}"
            f" {record.session.day.isoformat()} {record.session.title}（{record.minutes}分钟）",
        )
        for one in queries.held_of(request.actor, found)
        for record in [one.attendance]
    ]


def _actions(request: Request, found: Finding) -> list[pages.Action]:
    if not queries.findings_waiting_for(request.actor).filter(pk=found.pk).exists():
        return []
    return [
        pages.Action("处理", reverse("volunteering:finding_close", args=[found.pk]), primary=True)
    ]
