"""Teams: list, record, founding, approval, refusal, closing."""

from collections.abc import Callable, Sequence

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

from .sessions import SessionTable, ways
from .team_record import SHOWN, facts_of, related_of

TONES: dict[str, pages.Tone] = {
    TeamState.APPLIED: pages.Tone.WAIT,
    TeamState.NOTICED: pages.Tone.INFO,
    TeamState.APPROVED: pages.Tone.GOOD,
    TeamState.REFUSED: pages.Tone.LATE,
    TeamState.WITHDRAWN: pages.Tone.PLAIN,
    TeamState.CLOSED: pages.Tone.PLAIN,
}


class TeamTable(Table):
    """Teams."""

    name = Column("队伍名称", linkify=("volunteering:team", [A("pk")]))
    code = Column("队伍编号")
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    compound = Column("小区")
    org = Column("主组织", accessor="org__name", order_by="org__path")
    size = columns.Number(verbose_name="成员")
    applied_on = columns.Day(verbose_name="申请日期")
    approved_on = columns.Day(verbose_name="审核日期")
    suspended_on = columns.Day(verbose_name="停发日期")
    state = columns.State(verbose_name="状态", labels=dict(TeamState.choices), tones=TONES)


def teams(request: Request) -> HttpResponseBase:
    """Show the teams of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.FOUND_TEAM, at=request.scope.org):
        url = reverse("volunteering:team_new")
        actions.append(pages.Action("申请成立队伍", url, primary=True))
    actions.append(pages.Action("组织网", reverse("volunteering:net")))
    return pages.list_page(
        request,
        title="志愿者队伍",
        table=TeamTable,
        rows=queries.team_ledger(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.TeamFilter,
        actions=actions,
        sheet="volunteering.teams",
    )


def team(request: Request, team_id: int) -> HttpResponse:
    """Show one team: its people, its years, its latest sessions."""
    found = _found(request, team_id)
    state = TeamState(found.state)
    tag = pages.Tag(state.label, TONES[state])
    if found.suspended_on:
        tag = pages.Tag("停止发布活动", pages.Tone.LATE)
    hosted = queries.sessions_seen_by(request.actor).filter(team=found)
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        state=tag,
        facts=[
            *facts_of(request, found),
            (
                "登记方式",
                ways(queries.shares_of(request.actor, queries.of_team(request.actor, found))),
            ),
        ],
        actions=_actions(request, found),
        related=[
            *related_of(request, found),
            pages.Related(
                "最近的场次", tables.short(SessionTable, hosted[:SHOWN]), empty="还没有活动场次"
            ),
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
        groups=[
            ("队伍", ["code", "name", "kind", "compound", "scope"]),
            ("主组织", ["org"]),
            ("发起人", ["head", "founders"]),
        ],
        submit="提交申请",
        note="由主组织的上级审核，通过后公示，公示期满无异议的准予成立。",
        back=pages.Link("志愿者队伍", reverse("volunteering:teams")),
        draft="volunteering.team_new",
    )


@require_POST
def team_approve(request: Request, team_id: int) -> HttpResponse:
    """Agree to an application."""
    return _done(request, team_id, services.approve_team)


@require_POST
def team_stand(request: Request, team_id: int) -> HttpResponse:
    """Let a team stand whose notice is over."""
    return _done(request, team_id, services.stand_team)


@require_POST
def team_withdraw(request: Request, team_id: int) -> HttpResponse:
    """Take an application back."""
    return _done(request, team_id, services.withdraw_team)


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
        note="注销后不能再以此队伍发布活动，成员和负责人即行离任，已有的场次和记录保留。",
        submit="确定注销",
        back=_back(found),
        then=lambda reason: services.close_team(
            team=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def _found(request: Request, team_id: int) -> Team:
    return get_object_or_404(
        queries.teams_seen_by(request.actor).select_related("org__parent"), pk=team_id
    )


def _done(request: Request, team_id: int, do: Callable[..., object]) -> HttpResponse:
    found = _found(request, team_id)
    do(team=found, at=timezone.now(), by=request.actor)
    return redirect("volunteering:team", found.pk)


def _to_approve(request: Request, team_id: int) -> Team:
    found = _found(request, team_id)
    actors.require(request.actor, Act.APPROVE_TEAM, at=found.org.parent or found.org)
    return found


def _back(found: Team) -> pages.Link:
    return pages.Link(found.name, reverse("volunteering:team", args=[found.pk]))


def _actions(request: Request, found: Team) -> Sequence[pages.Action]:
    act = {
        TeamState.APPLIED: _of_application,
        TeamState.NOTICED: _of_notice,
        TeamState.APPROVED: _of_standing,
    }.get(TeamState(found.state))
    return act(request, found) if act else []


def _action(
    found: Team, label: str, name: str, *, post: bool = False, primary: bool = False
) -> pages.Action:
    url = reverse(f"volunteering:{name}", args=[found.pk])
    return pages.Action(label, url, post=post, primary=primary)


def _reviews(request: Request, found: Team) -> bool:
    return actors.may(request.actor, Act.APPROVE_TEAM, at=found.org.parent or found.org)


def _withdrawing(request: Request, found: Team) -> list[pages.Action]:
    if not actors.may(request.actor, Act.FOUND_TEAM, at=found.org):
        return []
    return [_action(found, "撤回申请", "team_withdraw", post=True)]


def _of_application(request: Request, found: Team) -> list[pages.Action]:
    actions = []
    if _reviews(request, found):
        actions = [
            _action(found, "通过", "team_approve", post=True, primary=True),
            _action(found, "不通过", "team_refuse"),
        ]
    return [*actions, *_withdrawing(request, found)]


def _of_notice(request: Request, found: Team) -> list[pages.Action]:
    actions = []
    if _reviews(request, found):
        actions = [
            _action(found, "准予成立", "team_stand", post=True, primary=True),
            _action(found, "不予成立", "team_refuse"),
        ]
    return [*actions, *_withdrawing(request, found)]


def _of_standing(request: Request, found: Team) -> list[pages.Action]:
    actions = []
    if actors.may(request.actor, Act.KEEP_TEAM, at=found.org):
        actions += [
            _action(found, "邀请成员", "member_invite"),
            _action(found, "年度确认", "team_confirm"),
        ]
    if actors.may(request.actor, Act.APPROVE_TEAM, at=found.org):
        name = "team_resume" if found.suspended_on else "team_suspend"
        label = "恢复发布活动" if found.suspended_on else "停止发布活动"
        actions.append(_action(found, label, name))
    if _reviews(request, found):
        actions.append(_action(found, "注销", "team_close"))
    return actions
