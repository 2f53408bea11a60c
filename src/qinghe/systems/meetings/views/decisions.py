"""Decisions: written down, carried out by a list of work or by their owner, accepted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib import sentences
from qinghe.systems.meetings import forms, queries, services
from qinghe.systems.meetings.access import Act
from qinghe.systems.meetings.queries import Decision

from .sittings import back_to, found_or_404, url_of
from .tables import TONES, DecisionTable

TITLE = "议定事项"


def decisions(request: Request) -> HttpResponse:
    """Show the decisions in sight."""
    doors.require_anywhere(request.actor, Act.SEE, Act.ANSWER)
    return pages.list_page(
        request,
        title=TITLE,
        table=DecisionTable,
        rows=queries.decisions_seen_by(request.actor),
        filterset=forms.DecisionFilter,
    )


def decision(request: Request, decision_id: int) -> HttpResponse:
    """Show one decision, and what lists of work say became of it."""
    found = _found(request, decision_id)
    state = Decision.State(found.state)
    is_late = state == Decision.State.OPEN and found.due_on < timezone.localdate()
    tag = pages.Tag("已超期", pages.Tone.LATE) if is_late else pages.Tag(state.label, TONES[state])
    followed: list[tuple[str, pages.Cell | pages.Kept]] = [
        (f"列入清单：{one.label}", pages.Link(one.state, one.url))
        for one in queries.followed(request.actor, found)
    ]
    if not followed:
        followed = [
            ("列入清单", "还没有清单列入；在“任务清单”里打开一份清单，用“从报告和会议列入”选取")
        ]
    return pages.record_page(
        request,
        title=f"议定事项{found.place}",
        record=found,
        state=tag,
        facts=[
            ("议定事项", found.text),
            ("会议", _sitting_cell(request, found)),
            ("议题", found.item.title if found.item else "—"),
            ("承办单位", found.owner.name),
            ("配合单位", found.helpers or "—"),
            ("完成时限", found.due_on.isoformat()),
            ("完成情况和佐证", found.evidence or "—"),
            ("报结日期", found.reported_on.isoformat() if found.reported_on else "—"),
            ("验收日期", found.accepted_on.isoformat() if found.accepted_on else "—"),
            ("退回或作废原因", found.reason or "—"),
            *followed,
        ],
        actions=_actions(request, found),
        back=pages.Link(TITLE, reverse("meetings:decisions")),
    )


def decision_new(request: Request, sitting_id: int) -> HttpResponse:
    """Write down what was decided."""
    sitting = found_or_404(request, sitting_id)
    act = Act.REGISTER if sitting.body.is_above else Act.RUN
    actors.require(request.actor, act, at=sitting.body.org)
    form = forms.DecisionForm(request.POST or None, actor=request.actor, sitting=sitting)

    def do() -> str:
        services.record_decision(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, "已登记，承办单位在待办里看到，“任务清单”里也可以选取。")
        return url_of(sitting)

    return pages.act_page(
        request,
        title=f"登记议定事项：{sitting.title}",
        form=form,
        do=do,
        back=back_to(sitting),
    )


def decision_report(request: Request, decision_id: int) -> HttpResponse:
    """Say that a decision is carried out."""
    found = _found(request, decision_id)
    if not actors.may(request.actor, Act.ANSWER, at=found.owner):
        actors.require(request.actor, Act.RUN, at=found.owner)
    form = forms.ReportForm(request.POST or None)

    def do() -> str:
        services.report_decision(
            decision=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        messages.success(request, "已报结，等会议办公室验收。")
        return _url(found)

    return pages.act_page(
        request,
        title="报结议定事项",
        note=f"{sentences.inside(found.text)}。照片和文件在报结后到议定事项页上传。",
        form=form,
        do=do,
        submit="报结",
        back=_back(found),
    )


@require_POST
def decision_accept(request: Request, decision_id: int) -> HttpResponse:
    """Accept what was reported."""
    found = _found(request, decision_id)
    services.accept_decision(decision=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已验收办结。")
    return redirect(_url(found))


def decision_send_back(request: Request, decision_id: int) -> HttpResponse:
    """Send back what is not done yet."""
    found = _for_the_office(request, decision_id)
    return pages.reason_page(
        request,
        title="退回承办单位",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.send_back_decision(
            decision=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定退回",
        back=_back(found),
    )


def decision_void(request: Request, decision_id: int) -> HttpResponse:
    """Take a decision off."""
    found = _for_the_office(request, decision_id)
    return pages.reason_page(
        request,
        title="作废议定事项",
        note="登记有误或不再执行的作废；记录保留，不计入办结率。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.void_decision(
            decision=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定作废",
        back=_back(found),
    )


def _found(request: Request, decision_id: int) -> Decision:
    return get_object_or_404(queries.decisions_seen_by(request.actor), pk=decision_id)


def _for_the_office(request: Request, decision_id: int) -> Decision:
    found = _found(request, decision_id)
    actors.require(request.actor, _office_act(found), at=found.sitting.body.org)
    return found


def _office_act(found: Decision) -> Act:
    return Act.REGISTER if found.sitting.body.is_above else Act.RUN


def _url(found: Decision) -> str:
    return reverse("meetings:decision", args=[found.pk])


def _back(found: Decision) -> pages.Link:
    return pages.Link(TITLE, _url(found))


def _sitting_cell(request: Request, found: Decision) -> pages.Cell:
    """Lead to the sitting, if its page is in sight: an owner may see no more than the decision."""
    seen = queries.sittings_seen_by(request.actor).filter(pk=found.sitting_id).first()
    return pages.Link(seen.title, url_of(seen)) if seen else found.sitting.title


def _actions(request: Request, found: Decision) -> list[pages.Action]:
    key = [found.pk]
    is_office = actors.may(request.actor, _office_act(found), at=found.sitting.body.org)
    owns = actors.may(request.actor, Act.ANSWER, at=found.owner)
    owns = owns or actors.may(request.actor, Act.RUN, at=found.owner)
    actions = []
    if found.state == Decision.State.OPEN and owns:
        url = reverse("meetings:decision_report", args=key)
        actions.append(pages.Action("报结", url, primary=True))
    if found.state == Decision.State.REPORTED and is_office:
        url = reverse("meetings:decision_accept", args=key)
        actions.append(pages.Action("验收办结", url, primary=True, post=True))
        actions.append(pages.Action("退回", reverse("meetings:decision_send_back", args=key)))
    if found.state in (Decision.State.OPEN, Decision.State.REPORTED) and is_office:
        actions.append(pages.Action("作废", reverse("meetings:decision_void", args=key)))
    return actions
