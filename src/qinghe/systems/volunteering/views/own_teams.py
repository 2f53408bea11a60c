"""A volunteer's own teams, those near by, and the public notice of teams to be founded."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, limits, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import MemberState, TeamMember, TeamState

NOTICE = "team_notice"


@never_cache
def own_teams(request: Request) -> HttpResponse:
    """Show one's teams, what one has learnt, and the teams near by that one may ask to join."""
    volunteer = queries.own_volunteer(request.actor)
    if volunteer is None:
        raise doors.closed()
    scheme = queries.team_scheme_on(request.actor, local_day(timezone.now()))
    return pages.page(
        request,
        "volunteering/own_teams.html",
        title="我的队伍",
        org=volunteer.org.name,
        mine=queries.own_memberships(request.actor),
        keeps=set(queries.orgs_for(request.actor, Act.KEEP_TEAM).values_list("pk", flat=True)),
        least=scheme.least_members,
        notice_days=scheme.notice_days,
        near=queries.teams_near(request.actor),
        earned=[
            (one, rules.credit_hours(one.quarters))
            for one in queries.credits_about(request.actor, volunteer)
        ],
        applied=set(queries.own_applications(request.actor).values_list("pk", flat=True)),
        state=MemberState,
        standing=TeamState.APPROVED,
    )


@require_POST
def own_team_ask(request: Request, team_id: int) -> HttpResponse:
    """Ask to be let into a team."""
    found = get_object_or_404(queries.teams_to_join(request.actor), pk=team_id)
    return _told(
        request,
        lambda: services.ask_to_join(team=found, words="", at=timezone.now(), by=request.actor),
        done=f"已申请加入{found.name}，队伍答复后会通知您。",
    )


@require_POST
def own_team_accept(request: Request, team_member_id: int) -> HttpResponse:
    """Join the team that invited one."""
    found = _own(request, team_member_id)
    return _told(
        request,
        lambda: services.accept_invitation(member=found, at=timezone.now(), by=request.actor),
        done=f"您已加入{found.team.name}。",
    )


@require_POST
def own_team_decline(request: Request, team_member_id: int) -> HttpResponse:
    """Say no, or take one's own question back."""
    found = _own(request, team_member_id)
    return _told(
        request,
        lambda: services.decline_invitation(member=found, at=timezone.now(), by=request.actor),
        done="已办理，以后仍可申请加入。",
    )


@require_POST
def own_team_leave(request: Request, team_member_id: int) -> HttpResponse:
    """Leave a team."""
    found = _own(request, team_member_id)
    return _told(
        request,
        lambda: services.leave_team(member=found, at=timezone.now(), by=request.actor),
        done=f"您已退出{found.team.name}，以前的服务记录不受影响。",
    )


@never_cache
@require_safe
def team_notice(request: Request) -> HttpResponse:
    """Show anybody which teams are to be founded, and until when something may be said."""
    limits.check(request, what=NOTICE, most=120)
    return pages.page(
        request,
        "volunteering/team_notice.html",
        title="志愿队伍成立公示",
        rows=queries.teams_on_notice(request.actor, local_day(timezone.now())),
    )


def own_team_object(request: Request, team_id: int) -> HttpResponse:
    """Hold something against a team on notice, in one's own name."""
    today = local_day(timezone.now())
    found = get_object_or_404(queries.teams_on_notice(request.actor, today), pk=team_id)
    form = forms.WordsForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.object_to_team(
                team=found,
                words=form.cleaned_data["words"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, "异议已提交，由主组织的上级核实。")
            return redirect("volunteering:team_notice")
    return pages.page(
        request,
        "volunteering/team_object.html",
        status=422 if form.errors else 200,
        title="提出异议",
        form=form,
        team=found,
    )


def _own(request: Request, team_member_id: int) -> TeamMember:
    return get_object_or_404(queries.own_memberships(request.actor), pk=team_member_id)


def _told(request: Request, do: Callable[[], object], *, done: str) -> HttpResponse:
    try:
        do()
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect("volunteering:own_teams")
