"""Who is in a team: the roll, one member, inviting, letting in, taking out, another head."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import (
    HeadChange,
    MemberState,
    Team,
    TeamMember,
    TeamPost,
    TeamState,
)

from .sessions import written

TONES: dict[str, pages.Tone] = {
    MemberState.ASKED: pages.Tone.WAIT,
    MemberState.INVITED: pages.Tone.WAIT,
    MemberState.FOUNDING: pages.Tone.INFO,
    MemberState.MEMBER: pages.Tone.GOOD,
    MemberState.REFUSED: pages.Tone.LATE,
    MemberState.LEFT: pages.Tone.PLAIN,
}
POST_TONES: dict[str, pages.Tone] = {
    TeamPost.Post.HEAD: pages.Tone.GOOD,
    TeamPost.Post.DEPUTY: pages.Tone.INFO,
}


class MemberTable(Table):
    """The people of one team."""

    number = Column(
        "志愿者编号", accessor="volunteer__number", linkify=("volunteering:member", [A("pk")])
    )
    name = columns.MaskedName(
        verbose_name="姓名", accessor="volunteer__person__name", at="team__org"
    )
    home = Column("主组织", accessor="volunteer__org__name")
    post = columns.State(verbose_name="职务", labels=dict(TeamPost.Post.choices), tones=POST_TONES)
    joined_on = columns.Day(verbose_name="加入日期")
    left_on = columns.Day(verbose_name="离队日期")
    state = columns.State(verbose_name="状态", labels=dict(MemberState.choices), tones=TONES)


def team_members(request: Request, team_id: int) -> HttpResponseBase:
    """Show everybody who is or was in a team."""
    found = _team(request, team_id)
    actions = []
    keeps = actors.may(request.actor, Act.KEEP_TEAM, at=found.org)
    if keeps and found.state == TeamState.APPROVED:
        url = reverse("volunteering:member_invite", args=[found.pk])
        actions.append(pages.Action("邀请成员", url, primary=True))
    actions.append(pages.Action("返回队伍", reverse("volunteering:team", args=[found.pk])))
    return pages.list_page(
        request,
        title=f"{found.name}成员",
        table=MemberTable,
        rows=queries.members_of(request.actor, found),
        actions=actions,
        sheet="volunteering.team_members",
    )


def member(request: Request, team_member_id: int) -> HttpResponse:
    """Show one member, and what may be done."""
    found = _found(request, team_member_id)
    state = MemberState(found.state)
    volunteer = found.volunteer
    name = levels.short_name(
        request.actor, volunteer.person, at=found.team.org, on=local_day(timezone.now())
    )
    return pages.record_page(
        request,
        title=f"{found.team.name} {name}",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("志愿者编号", volunteer.number),
            ("主组织", volunteer.org.name),
            ("职务", TeamPost.Post(found.post).label if found.post else "—"),  # type: ignore[attr-defined]
            ("提出日期", found.asked_on.isoformat()),
            ("加入日期", written(found.joined_on)),
            ("离队日期", written(found.left_on)),
            ("说明", found.words or "—"),
        ],
        actions=_actions(request, found),
        back=_back(found.team),
    )


def member_invite(request: Request, team_id: int) -> HttpResponse:
    """Invite a volunteer by their number."""
    found = _team(request, team_id)
    actors.require(request.actor, Act.KEEP_TEAM, at=found.org)
    form = forms.InviteForm(request.POST or None, actor=request.actor)

    def do() -> str:
        services.invite_member(
            team=found,
            volunteer=form.cleaned_data["volunteer"],
            at=timezone.now(),
            by=request.actor,
        )
        messages.success(request, "已邀请，等对方答复后入队。")
        return _back(found).url

    return pages.act_page(
        request,
        title=f"邀请志愿者加入{found.name}",
        form=form,
        do=do,
        submit="邀请",
        back=_back(found),
    )


@require_POST
def member_let_in(request: Request, team_member_id: int) -> HttpResponse:
    """Let in who asked."""
    return _done(request, team_member_id, services.let_in)


def member_turn_away(request: Request, team_member_id: int) -> HttpResponse:
    """Turn away who asked, and say why."""
    return _why(
        request,
        team_member_id,
        title="不同意入队",
        submit="确定不同意",
        do=services.turn_away,
    )


def member_take_out(request: Request, team_member_id: int) -> HttpResponse:
    """Take a member off the roll, and say why."""
    return _why(request, team_member_id, title="移出队伍", submit="确定移出", do=services.take_out)


@require_POST
def member_appoint(request: Request, team_member_id: int) -> HttpResponse:
    """Make a member a deputy."""
    return _done(request, team_member_id, services.appoint_deputy)


@require_POST
def member_dismiss(request: Request, team_member_id: int) -> HttpResponse:
    """End a deputy's post."""
    return _done(request, team_member_id, services.dismiss_deputy)


def member_lead(request: Request, team_member_id: int) -> HttpResponse:
    """Ask that a member leads the team."""
    return _why(
        request,
        team_member_id,
        title="申请变更负责人",
        submit="提交申请",
        do=services.ask_for_head,
        note="由主组织审核；通过后现任负责人即行卸任，申请人和拟任负责人本人不能审核。",
    )


@require_POST
def head_approve(request: Request, head_change_id: int) -> HttpResponse:
    """Agree to another head."""
    found = _change(request, head_change_id)
    services.approve_head(change=found, at=timezone.now(), by=request.actor)
    return redirect("volunteering:team", found.team_id)


def head_refuse(request: Request, head_change_id: int) -> HttpResponse:
    """Leave the head as it is, and say why."""
    found = _change(request, head_change_id)
    actors.require(request.actor, Act.APPROVE_TEAM, at=found.team.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title="不同意变更负责人",
        submit="确定不同意",
        back=pages.Link(found.team.name, reverse("volunteering:team", args=[found.team_id])),
        then=lambda reason: services.refuse_head(
            change=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def _team(request: Request, team_id: int) -> Team:
    return get_object_or_404(queries.teams_seen_by(request.actor), pk=team_id)


def _found(request: Request, team_member_id: int) -> TeamMember:
    return get_object_or_404(queries.members_seen_by(request.actor), pk=team_member_id)


def _change(request: Request, head_change_id: int) -> HeadChange:
    return get_object_or_404(queries.head_changes_seen_by(request.actor), pk=head_change_id)


def _back(found: Team) -> pages.Link:
    return pages.Link(f"{found.name}成员", reverse("volunteering:team_members", args=[found.pk]))


def _done(request: Request, team_member_id: int, do: Callable[..., object]) -> HttpResponse:
    found = _found(request, team_member_id)
    do(member=found, at=timezone.now(), by=request.actor)
    return redirect("volunteering:team_members", found.team_id)


def _why(
    request: Request,
    team_member_id: int,
    *,
    title: str,
    submit: str,
    do: Callable[..., object],
    note: str = "",
) -> HttpResponse:
    found = _found(request, team_member_id)
    actors.require(request.actor, Act.KEEP_TEAM, at=found.team.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"{found.team.name}：{title}",
        submit=submit,
        note=note,
        back=_back(found.team),
        then=lambda reason: do(member=found, reason=reason, at=timezone.now(), by=request.actor),
    )


def _actions(request: Request, found: TeamMember) -> list[pages.Action]:
    if not actors.may(request.actor, Act.KEEP_TEAM, at=found.team.org):
        return []
    key = [found.pk]

    def action(label: str, name: str, *, post: bool = False) -> pages.Action:
        return pages.Action(label, reverse(f"volunteering:{name}", args=key), post=post)

    if found.state == MemberState.ASKED:
        return [
            action("同意入队", "member_let_in", post=True),
            action("不同意", "member_turn_away"),
        ]
    if found.state != MemberState.MEMBER:
        return []
    post = found.post  # type: ignore[attr-defined]
    if post == TeamPost.Post.HEAD:
        return []
    first = (
        action("卸任副负责人", "member_dismiss", post=True)
        if post == TeamPost.Post.DEPUTY
        else action("任副负责人", "member_appoint", post=True)
    )
    return [first, action("申请任负责人", "member_lead"), action("移出队伍", "member_take_out")]
