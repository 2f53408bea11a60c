"""Meetings: the ledger, one of them, writing one down, calling one void."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs.models import Org
from qinghe.systems.branches import forms, queries, services
from qinghe.systems.branches.access import Act
from qinghe.systems.branches.queries import Meeting, MeetingState

from .tables import TONES, MeetingTable


def meetings(request: Request) -> HttpResponseBase:
    """Show the meetings of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.meetings_seen_by(request.actor)
    return pages.list_page(
        request,
        title="会议台账",
        table=MeetingTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.MeetingFilter,
        actions=[pages.Action("支部", reverse("branches:branches"))],
        sheet="branches.meetings",
    )


def meeting(request: Request, meeting_id: int) -> HttpResponse:
    """Show one meeting."""
    found = _found(request, meeting_id)
    state = MeetingState(found.state)
    may = found.state == MeetingState.HELD and actors.may(request.actor, Act.RECORD, at=found.org)
    url = reverse("branches:meeting_cancel", args=[found.pk])
    facts: list[tuple[str, pages.Cell]] = [
        ("支部", pages.Link(found.org.name, reverse("branches:branch", args=[found.org_id]))),
        ("类别", found.get_kind_display()),
        ("日期", found.day.isoformat()),
        ("地点", found.place or "—"),
        ("实到", f"{found.present}人，应到{found.entitled}人"),
        ("是否有效", "有效" if found.counts else "到会人数没有超过半数，不计（T-40）"),
        ("计入时段", found.slot or "按需要召开，不分时段"),
    ]
    if found.quarters:
        facts.append(("团课", f"{found.quarters / 4:g}学时，主讲人{found.speaker}"))
    facts.append(("会议记录", found.notes or "—"))
    if found.reason:
        facts.append(("作废原因", found.reason))
    return pages.record_page(
        request,
        title=found.topic,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=facts,
        actions=[pages.Action("作废重登", url)] if may else [],
        back=pages.Link(found.org.name, reverse("branches:branch", args=[found.org_id])),
    )


def meeting_new(request: Request, branch_id: int) -> HttpResponse:
    """Write a meeting down."""
    branch = get_object_or_404(queries.branches_seen_by(request.actor), pk=branch_id)
    actors.require(request.actor, Act.RECORD, at=branch)
    form = forms.MeetingForm(
        request.POST or None, request.FILES or None, initial=_begins_with(request, branch)
    )

    def do() -> str:
        upload = form.cleaned_data["evidence"]
        made = services.record_meeting(
            new=form.as_new(branch),
            evidence=[upload] if upload else [],
            at=timezone.now(),
            by=request.actor,
        )
        messages.success(request, _said(made))
        return reverse("branches:branch", args=[branch.pk])

    return pages.act_page(
        request,
        title=f"登记会议：{branch.name}",
        form=form,
        do=do,
        submit="保存",
        note=_note(request, branch),
        back=pages.Link(branch.name, reverse("branches:branch", args=[branch.pk])),
    )


def meeting_cancel(request: Request, meeting_id: int) -> HttpResponse:
    """Call a meeting void and go on to write it anew."""
    found = _found(request, meeting_id)
    actors.require(request.actor, Act.RECORD, at=found.org)
    form = forms.ReasonForm(request.POST or None)

    def do() -> str:
        services.cancel_meeting(
            meeting=found,
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
            by=request.actor,
        )
        messages.success(
            request, "已作废，原记录保留。请在这里登记正确的内容；不用重登的可以返回。"
        )
        return f"{reverse('branches:meeting_new', args=[found.org_id])}?from={found.pk}"

    return pages.act_page(
        request,
        title=f"作废：{found.topic}",
        form=form,
        do=do,
        submit="确定作废",
        note="登记错了的会议作废后重新登记，原记录和原因都保留，作废的不再计入统计。",
        back=pages.Link(found.topic, reverse("branches:meeting", args=[found.pk])),
    )


def _begins_with(request: Request, branch: Org) -> dict[str, object]:
    told = {"day": timezone.localdate(), "kind": request.GET.get("kind", "general")}
    asked = request.GET.get("from", "")
    rows = queries.meetings_seen_by(request.actor).filter(org=branch)
    before = rows.filter(pk=asked).first() if asked.isdecimal() else None
    if before:
        names = ("kind", "day", "topic", "present", "entitled", "place", "speaker", "notes")
        told |= {name: getattr(before, name) for name in names}
        told["hours"] = f"{before.quarters / 4:g}" if before.quarters else None
    return told


def _note(request: Request, branch: Org) -> str:
    today = timezone.localdate()
    roll = queries.entitled_on(request.actor, [branch.pk], kind="general", day=today)
    return (
        f"今日在册团员{roll.get(branch.pk, 0)}人。支部大会到会超过应到半数才有效（T-40）；"
        "人数不足的也登记，保留但不计入统计。"
    )


def _said(made: Meeting) -> str:
    return "已登记。" if made.counts else "已登记；到会人数没有超过半数，这次会议保留但不计入统计。"


def _found(request: Request, meeting_id: int) -> Meeting:
    return get_object_or_404(queries.meetings_seen_by(request.actor), pk=meeting_id)
