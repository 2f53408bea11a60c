"""What a team owes every year, and what came of a notice: confirming, suspending, objections."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib import sentences
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Team, TeamConfirmation, TeamObjection


def team_confirm(request: Request, team_id: int) -> HttpResponse:
    """Hand in a team's yearly confirmation."""
    found = _team(request, team_id)
    actors.require(request.actor, Act.KEEP_TEAM, at=found.org)
    form = forms.ConfirmForm(request.POST or None)

    def do() -> str:
        made = services.confirm_team(
            team=found,
            words=form.cleaned_data["words"],
            at=timezone.now(),
            by=request.actor,
        )
        messages.success(
            request,
            f"已提交{made.year}年度确认：成员{made.members}人、活动{made.sessions}场，待主组织审核。",
        )
        return _back(found).url

    span = queries.confirming(request.actor, local_day(timezone.now()))
    asked = f"现在办理{span.asked}年度确认。" if span.asked else "现在不在年度确认的月份。"
    return pages.act_page(
        request,
        title=f"{found.name}年度确认",
        form=form,
        do=do,
        submit="提交确认",
        note=f"{asked}负责人、成员数和年内活动场次由系统按记录计算；逾期年度先补办。",
        back=_back(found),
    )


@require_POST
def confirmation_accept(request: Request, team_confirmation_id: int) -> HttpResponse:
    """Accept a yearly confirmation."""
    found = _confirmation(request, team_confirmation_id)
    services.accept_confirmation(confirmation=found, at=timezone.now(), by=request.actor)
    return redirect("volunteering:team", found.team_id)


def confirmation_return(request: Request, team_confirmation_id: int) -> HttpResponse:
    """Send a yearly confirmation back, and say why."""
    found = _confirmation(request, team_confirmation_id)
    actors.require(request.actor, Act.APPROVE_TEAM, at=found.team.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"退回{found.team.name}{found.year}年度确认",
        submit="确定退回",
        back=_back(found.team),
        then=lambda reason: services.return_confirmation(
            confirmation=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def team_suspend(request: Request, team_id: int) -> HttpResponse:
    """Let a team publish no more until it has confirmed itself."""
    found = _team(request, team_id)
    actors.require(request.actor, Act.APPROVE_TEAM, at=found.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"停止{found.name}发布活动",
        note="只用于逾期未办年度确认的队伍；已发布的活动不受影响，补办并确认后自动恢复。",
        submit="确定停止",
        back=_back(found),
        then=lambda reason: services.suspend_team(
            team=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def team_resume(request: Request, team_id: int) -> HttpResponse:
    """Let a team publish again before it has confirmed itself."""
    found = _team(request, team_id)
    actors.require(request.actor, Act.APPROVE_TEAM, at=found.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"恢复{found.name}发布活动",
        submit="确定恢复",
        back=_back(found),
        then=lambda reason: services.resume_team(
            team=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def team_objection(request: Request, team_objection_id: int) -> HttpResponse:
    """Say what came of looking into an objection."""
    found: TeamObjection = get_object_or_404(
        queries.team_objections_seen_by(request.actor), pk=team_objection_id
    )
    form = forms.ObjectionForm(request.POST or None)

    def do() -> str:
        services.answer_team_objection(
            objection=found,
            verdict=TeamObjection.State(form.cleaned_data["verdict"]),
            answer=form.cleaned_data["answer"],
            at=timezone.now(),
            by=request.actor,
        )
        return _back(found.team).url

    return pages.act_page(
        request,
        title=f"核实对{found.team.name}的异议",
        form=form,
        do=do,
        submit="提交核实结论",
        note=f"{found.at.astimezone(TZ):%Y-%m-%d} 提出：{sentences.inside(found.words)}。"
        "核实后，公示期满可以准予成立；异议成立的，请办理不予成立。",
        back=_back(found.team),
    )


def _team(request: Request, team_id: int) -> Team:
    return get_object_or_404(queries.teams_seen_by(request.actor), pk=team_id)


def _confirmation(request: Request, team_confirmation_id: int) -> TeamConfirmation:
    return get_object_or_404(queries.confirmations_seen_by(request.actor), pk=team_confirmation_id)


def _back(found: Team) -> pages.Link:
    return pages.Link(found.name, reverse("volunteering:team", args=[found.pk]))
