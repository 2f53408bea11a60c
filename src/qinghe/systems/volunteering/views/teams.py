"""Teams: list, record, founding, approval, refusal, closing."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Team, TeamState

from .sessions import FIRST, SessionTable, written

TONES: dict[str, pages.Tone] = {
    TeamState.APPLIED: pages.Tone.WAIT,
    TeamState.APPROVED: pages.Tone.GOOD,
    TeamState.REFUSED: pages.Tone.LATE,
    TeamState.CLOSED: pages.Tone.PLAIN,
}


class TeamTable(Table):
    """Teams."""

    name = Column("队伍名称", linkify=("volunteering:team", [A("pk")]))
    code = Column("队伍编号")
    org = Column("主组织", accessor="org__name", order_by="org__path")
    applied_on = columns.Day(verbose_name="申请日期")
    approved_on = columns.Day(verbose_name="审核日期")
    state = columns.State(verbose_name="状态", labels=dict(TeamState.choices), tones=TONES)


def teams(request: Request) -> HttpResponseBase:
    """Show the teams of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.FOUND_TEAM, at=request.scope.org):
        url = reverse("volunteering:team_new")
        actions.append(pages.Action("申请成立队伍", url, primary=True))
    return pages.list_page(
        request,
        title="志愿者队伍",
        table=TeamTable,
        rows=queries.teams_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.TeamFilter,
        actions=actions,
        sheet="volunteering.teams",
    )


def team(request: Request, team_id: int) -> HttpResponse:
    """Show one team and its latest sessions."""
    found = _found(request, team_id)
    state = TeamState(found.state)
    hosted = queries.sessions_seen_by(request.actor).filter(team=found)
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("队伍编号", found.code),
            ("主组织", found.org.name),
            ("申请日期", found.applied_on.isoformat()),
            ("审核日期", written(found.approved_on)),
            ("注销日期", written(found.closed_on)),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related(
                "最近的场次", tables.short(SessionTable, hosted[:FIRST]), empty="还没有活动场次"
            )
        ],
        back=pages.Link("志愿者队伍", reverse("volunteering:teams")),
    )


def team_new(request: Request) -> HttpResponse:
    """Apply for a team."""
    actors.require(request.actor, Act.FOUND_TEAM, at=request.scope.org)
    initial = {"org": request.scope.org.code}
    form = forms.TeamForm(request.POST or None, initial=initial, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.found_team(new=form.as_new(), at=timezone.now(), by=request.actor)
            return redirect("volunteering:team", made.pk)
    return pages.form_page(
        request,
        title="申请成立队伍",
        form=form,
        submit="提交申请",
        back=pages.Link("志愿者队伍", reverse("volunteering:teams")),
        draft="volunteering.team_new",
    )


@require_POST
def team_approve(request: Request, team_id: int) -> HttpResponse:
    """Let a team stand."""
    found = _found(request, team_id)
    services.approve_team(team=found, at=timezone.now(), by=request.actor)
    return redirect("volunteering:team", found.pk)


def team_refuse(request: Request, team_id: int) -> HttpResponse:
    """Turn a team down."""
    found = _to_approve(request, team_id)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title="不予成立",
        submit="确定不通过",
        back=_back(found),
        then=lambda reason: services.refuse_team(
            team=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def team_close(request: Request, team_id: int) -> HttpResponse:
    """End a team."""
    found = _to_approve(request, team_id)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"注销{found.name}",
        note="注销后不能再以此队伍发布活动，已有的场次和记录保留。",
        submit="确定注销",
        back=_back(found),
        then=lambda reason: services.close_team(
            team=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def _found(request: Request, team_id: int) -> Team:
    return get_object_or_404(queries.teams_seen_by(request.actor), pk=team_id)


def _to_approve(request: Request, team_id: int) -> Team:
    found = _found(request, team_id)
    actors.require(request.actor, Act.APPROVE_TEAM, at=found.org)
    return found


def _back(found: Team) -> pages.Link:
    return pages.Link(found.name, reverse("volunteering:team", args=[found.pk]))


def _actions(request: Request, found: Team) -> list[pages.Action]:
    if not actors.may(request.actor, Act.APPROVE_TEAM, at=found.org):
        return []
    key = [found.pk]
    if found.state == TeamState.APPLIED:
        return [
            pages.Action(
                "通过", reverse("volunteering:team_approve", args=key), primary=True, post=True
            ),
            pages.Action("不通过", reverse("volunteering:team_refuse", args=key)),
        ]
    if found.state == TeamState.APPROVED:
        return [pages.Action("注销", reverse("volunteering:team_close", args=key))]
    return []
