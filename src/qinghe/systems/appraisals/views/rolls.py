"""Branches in a campaign: the list, one branch with its next step, what waits for approval."""

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages, timeline
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import forms, queries, rules, services
from qinghe.systems.appraisals.access import Act
from qinghe.systems.appraisals.queries import Line, Roll, RollState

from . import steps
from .tables import TONES, DecideTable, RollTable, is_late

PEERS_HIDDEN = frozenset({RollState.STUDY, RollState.RATING})


@dataclass(frozen=True)
class Row:
    """One member on the page of a branch, with what is entered for them."""

    line: Line
    name: str
    asked: bool
    entered: str


def rolls(request: Request) -> HttpResponseBase:
    """Show the branches of the chosen organisation and all below it."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    rows = queries.rolls_seen_by(request.actor)
    return pages.list_page(
        request,
        title="支部评议",
        table=RollTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path).order_by(
            "-campaign__year", "org__path"
        ),
        filterset=forms.RollFilter,
        actions=[
            pages.Action("团员评议名单", reverse("appraisals:lines")),
            pages.Action("年度评议", reverse("appraisals:campaigns")),
        ],
    )


def to_decide(request: Request) -> HttpResponseBase:
    """Show the grades that wait for this actor's approval."""
    doors.require_anywhere(request.actor, Act.APPROVE)
    now = timezone.now()
    return pages.list_page(
        request,
        title="待审批等次",
        table=DecideTable,
        rows=queries.rolls_waiting_for(request.actor).order_by("proposed_at"),
        actions=[
            pages.Bulk(
                "approve",
                "批准所选",
                lambda row: services.approve(roll=cast(Roll, row), at=now, by=request.actor),
            )
        ],
    )


def roll(request: Request, roll_id: int) -> HttpResponse:
    """Show one branch: its road, the one form of the next step, and its members."""
    found = get_object_or_404(queries.rolls_seen_by(request.actor), pk=roll_id)
    keeps = actors.may(request.actor, Act.KEEP, at=found.org)
    again = request.GET.get("step") == "meeting"
    step = steps.next_of(found, again=again) if keeps else None
    lines = steps.orders_of(request, found)
    beside = step.beside if step else ""
    entered = steps.typed(request.POST, beside=beside, lines=lines)
    form = step.form(request.POST or None, roll=found) if step else None
    if request.method == "POST":
        actors.require(request.actor, Act.KEEP, at=found.org)
        if step is None or form is None or request.POST.get("state") != found.state:
            raise Refused("wrong_step", "支部的进度已有变化，没有保存；请返回支部页面再办理。")
        if form.is_valid():
            with pages.refusals_on(form):
                messages.success(request, step.do(request, found, form, entered))
                return redirect("appraisals:roll", found.pk)
    rows = [_row(request, line, beside=beside, entered=entered) for line in lines]
    return _shown(request, found, step=step, form=form, rows=rows)


def _shown(
    request: Request,
    found: Roll,
    *,
    step: steps.Step | None,
    form: object,
    rows: list[Row],
) -> HttpResponse:
    bound = getattr(form, "is_bound", False)
    return pages.page(
        request,
        "appraisals/roll.html",
        status=422 if bound else 200,
        title=f"{found.org.name}{found.campaign.year}年度评议",
        state=_state(found),
        found=found,
        track=steps.track_of(found),
        step=step,
        form=form,
        rows=rows,
        most=found.most_top,
        grades=queries.Grade.choices,
        shows_votes=found.state not in PEERS_HIDDEN,
        may_redo=bool(step) and found.state == RollState.GRADING,
        decides=queries.rolls_waiting_for(request.actor).filter(pk=found.pk).exists()
        if found.state == RollState.PROPOSED
        else False,
        timeline=timeline.of(found, reader=request.actor),
        actions=_actions(request, found, keeps=bool(step)),
        back=pages.Link("支部评议", reverse("appraisals:rolls")),
    )


@require_POST
def roll_approve(request: Request, roll_id: int) -> HttpResponse:
    """Approve the grades of one branch."""
    found = get_object_or_404(queries.rolls_seen_by(request.actor), pk=roll_id)
    services.approve(roll=found, at=timezone.now(), by=request.actor)
    messages.success(request, "等次已批准，支部可以办理注册。")
    return redirect("appraisals:roll", found.pk)


def roll_send_back(request: Request, roll_id: int) -> HttpResponse:
    """Send the grades of one branch back to it."""
    found = get_object_or_404(queries.rolls_seen_by(request.actor), pk=roll_id)
    actors.require(request.actor, Act.APPROVE, at=found.org.parent or found.org)
    return pages.reason_page(
        request,
        title=f"退回{found.org.name}的等次",
        note="退回后由支部修改并再次上报；原因支部能看到。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.send_back(
            roll=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定退回",
        back=_back(found),
    )


def roll_add(request: Request, roll_id: int) -> HttpResponse:
    """Put a member of the branch who has no line yet on its roll."""
    found = get_object_or_404(queries.rolls_seen_by(request.actor), pk=roll_id)
    actors.require(request.actor, Act.KEEP, at=found.org)
    form = forms.AddForm(request.POST or None, actor=request.actor, roll=found)

    def do() -> str:
        person = form.cleaned_data["member"].person
        services.add_member(roll=found, person=person, at=timezone.now(), by=request.actor)
        messages.success(request, "已列入名单。")
        return reverse("appraisals:roll", args=[found.pk])

    return pages.act_page(
        request,
        title=f"补列名单：{found.org.name}",
        note="可以选的是本支部名册上、本年度还没有列入任何支部名单的团员。",
        form=form,
        do=do,
        submit="列入名单",
        back=_back(found),
    )


def _row(request: Request, line: Line, *, beside: str, entered: dict[int, str]) -> Row:
    name = levels.short_name(request.actor, line.person, at=line.roll.org, on=timezone.localdate())
    kept = entered.get(line.pk)
    return Row(
        line=line,
        name=name,
        asked=bool(beside) and steps.is_asked(line, beside=beside),
        entered=steps.first(line, beside=beside) if kept is None else kept,
    )


def _state(found: Roll) -> pages.Tag:
    state = RollState(found.state)
    if is_late(found, today=timezone.localdate()):
        return pages.Tag(f"逾期：{state.label}", pages.Tone.LATE)
    return pages.Tag(state.label, TONES[state])


def _actions(request: Request, found: Roll, *, keeps: bool) -> list[pages.Action]:
    if not keeps or not rules.is_open(found.state):
        return []
    return [pages.Action("补列名单", reverse("appraisals:roll_add", args=[found.pk]))]


def _back(found: Roll) -> pages.Link:
    return pages.Link(found.org.name, reverse("appraisals:roll", args=[found.pk]))
