"""What was found: put right, looked at again, handed over."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.inspections import forms, queries, services
from qinghe.systems.inspections.access import Act
from qinghe.systems.inspections.queries import UNDONE, Finding, FindingState

from .tables import TONES, FindingTable, RectificationTable


def findings(request: Request) -> HttpResponseBase:
    """Show what was found at the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.findings_seen_by(request.actor)
    today = timezone.localdate()
    return pages.list_page(
        request,
        title="问题整改",
        table=FindingTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.FindingFilter,
        actions=[pages.Action("已超期", f"{reverse('inspections:findings')}?late=late")],
        totals=lambda found: [
            pages.Total(
                "其中已超期", queries.overdue(request.actor, found, today=today).count(), "项"
            )
        ],
    )


def finding(request: Request, problem_id: int) -> HttpResponse:
    """Show one finding and how it was put right."""
    found = _finding(request, problem_id)
    state = FindingState(found.state)
    late = found.state in UNDONE and found.due_on < timezone.localdate()
    tries = queries.rectifications_of(request.actor, found)
    return pages.record_page(
        request,
        title=found.words,
        record=found,
        state=pages.Tag("已超期", pages.Tone.LATE)
        if late
        else pages.Tag(state.label, TONES[state]),
        facts=[
            ("状态", pages.Tag(state.label, TONES[state])),
            ("来源", _origin(request, found)),
            ("责任单位", found.org.name),
            ("发现日期", found.found_on.isoformat()),
            ("整改期限", found.due_on.isoformat()),
            ("退回次数", found.returned),
            ("办结日期", found.closed_on.isoformat() if found.closed_on else "—"),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related("整改", tables.short(RectificationTable, tries), empty="还没有整改")
        ],
        back=pages.Link("问题整改", reverse("inspections:findings")),
    )


def rectify(request: Request, problem_id: int) -> HttpResponse:
    """Say how it was put right."""
    found = _finding(request, problem_id)
    actors.require(request.actor, Act.RECTIFY, at=found.org)
    form = forms.RectifyForm(request.POST or None, request.FILES or None)

    def do() -> str:
        services.rectify(finding=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return _url(found)

    return pages.act_page(
        request,
        title="提交整改",
        note=f"{found.words}（期限{found.due_on.isoformat()}）。提交后由别人复查。",
        form=form,
        do=do,
        submit="提交整改",
        back=pages.Link("问题", _url(found)),
    )


@require_POST
def pass_finding(request: Request, problem_id: int) -> HttpResponse:
    """Close what was put right."""
    found = _finding(request, problem_id)
    services.pass_finding(finding=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


def send_back(request: Request, problem_id: int) -> HttpResponse:
    """Send back what was not put right."""
    found = _finding(request, problem_id)
    actors.require(request.actor, Act.RECHECK, at=found.org)
    return pages.reason_page(
        request,
        title="退回整改",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.send_back(
            finding=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="退回",
        note="退回后至少还有三个工作日整改。",
        back=pages.Link("问题", _url(found)),
    )


def hand_over(request: Request, problem_id: int) -> HttpResponse:
    """Give it to another organisation."""
    found = _finding(request, problem_id)
    actors.require(request.actor, Act.RECHECK, at=found.org)
    form = forms.HandOverForm(request.POST or None, actor=request.actor)

    def do() -> str:
        services.hand_over(finding=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return _url(found)

    return pages.act_page(
        request,
        title="转交问题",
        note=f"现由{found.org.name}整改。",
        form=form,
        do=do,
        submit="转交",
        back=pages.Link("问题", _url(found)),
    )


def _finding(request: Request, problem_id: int) -> Finding:
    return get_object_or_404(queries.findings_seen_by(request.actor), pk=problem_id)


def _url(found: Finding) -> str:
    return reverse("inspections:finding", args=[found.pk])


def _origin(request: Request, found: Finding) -> pages.Cell:
    """Lead to where it was found, unless it was handed over to somebody who does not look there."""
    if found.answer:
        visit, name = found.answer.visit, found.answer.visit.point.name
        if not actors.may(request.actor, Act.SEE, at=visit.org):
            return name
        return pages.Link(name, reverse("inspections:visit", args=[visit.pk]))
    guidance = found.guidance
    if guidance is None or not actors.may(request.actor, Act.SEE, at=guidance.org):
        return "联系指导"
    return pages.Link("联系指导", reverse("inspections:guidance", args=[guidance.pk]))


def _actions(request: Request, found: Finding) -> list[pages.Action]:
    key, actions = [found.pk], []
    rechecks = actors.may(request.actor, Act.RECHECK, at=found.org)
    if found.state == FindingState.OPEN:
        if actors.may(request.actor, Act.RECTIFY, at=found.org):
            url = reverse("inspections:rectify", args=key)
            actions.append(pages.Action("提交整改", url, primary=True))
        if rechecks:
            actions.append(pages.Action("转交", reverse("inspections:hand_over", args=key)))
    if rechecks and queries.rechecks_waiting_for(request.actor).filter(pk=found.pk).exists():
        url = reverse("inspections:pass_finding", args=key)
        actions.append(pages.Action("复查通过", url, primary=True, post=True))
        actions.append(pages.Action("退回", reverse("inspections:send_back", args=key)))
    return actions
