"""A volunteer founds a team on the phone: the application, who has said yes, how far it is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, limits, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.queries import MemberState, Team, TeamState

NAMING = "team_founders"
MOST_NAMED = 60  # tries from one address within the window: numbers are not to be guessed


@never_cache
def own_team_new(request: Request) -> HttpResponse:
    """Apply for a team in one's own name."""
    volunteer = queries.own_volunteer(request.actor)
    if volunteer is None:
        raise doors.closed()
    scheme = queries.team_scheme_on(request.actor, local_day(timezone.now()))
    form = forms.OwnTeamForm(
        request.POST if request.method == "POST" else None,
        initial={"org": volunteer.org_id},
        actor=request.actor,
        least=scheme.least_members,
    )
    if request.method == "POST":
        limits.check(request, what=NAMING, most=MOST_NAMED)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.propose_team(new=form.as_new(), at=timezone.now(), by=request.actor)
            messages.success(request, "已提交，并请各位发起成员答复。")
            return redirect("volunteering:own_team", made.pk)
    return pages.page(
        request,
        "volunteering/own_team_new.html",
        status=422 if form.errors else 200,
        title="申请成立队伍",
        form=form,
        number=volunteer.number,
        least=scheme.least_members,
        notice_days=scheme.notice_days,
    )


@never_cache
def own_team(request: Request, team_id: int) -> HttpResponse:
    """Show how far one's own application is, and ask one more to be a founder."""
    found = _own(request, team_id)
    form = forms.FounderForm(
        request.POST if request.method == "POST" else None, actor=request.actor
    )
    if request.method == "POST":
        limits.check(request, what=NAMING, most=MOST_NAMED)
    if form.is_valid():
        with pages.refusals_on(form):
            services.invite_founder(
                team=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            messages.success(request, "已邀请，对方同意后计入发起成员。")
            return redirect("volunteering:own_team", found.pk)
    answers = queries.answers_of(request.actor, found)
    least = queries.team_scheme_on(request.actor, found.applied_on).least_members
    waits = found.state == TeamState.APPLIED
    return pages.page(
        request,
        "volunteering/own_team.html",
        status=422 if form.errors else 200,
        title=found.name,
        form=form,
        team=found,
        founders=queries.founders_of(request.actor, found),
        answers=answers,
        least=least,
        waits=waits,
        gathering=waits and (answers.agreed < least or not answers.head_agreed),
        member=MemberState,
        state=TeamState,
    )


@require_POST
def own_team_take_back(request: Request, team_id: int) -> HttpResponse:
    """Take one's own application back."""
    found = _own(request, team_id)
    services.take_back_team(team=found, at=timezone.now(), by=request.actor)
    messages.success(request, "申请已撤回，可以改好后重新申请。")
    return redirect("volunteering:own_teams")


def _own(request: Request, team_id: int) -> Team:
    return get_object_or_404(queries.own_applications(request.actor), pk=team_id)
