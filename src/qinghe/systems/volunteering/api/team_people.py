"""Who is in a team: inviting, answering, letting in, leaving, another head; by a program (V-23)."""

from collections.abc import Callable
from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Number, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

from .teams import MemberOut

router = Router()


class InviteIn(Schema):
    volunteer: str


class HeadChangeOut(Schema):
    id: int
    team_id: int
    volunteer: Number
    reason: str
    state: str
    applied_on: date


@router.get("/memberships", response=list[MemberOut])
@paginate(ByKey, order=["-pk"])
def memberships(request: Request) -> object:
    """List the teams that the caller is in, asked to join, or is invited to."""
    if queries.own_volunteer(request.actor) is None:
        raise doors.closed()
    return queries.own_memberships(request.actor)


@router.post("/teams/{int:team_id}/invitations", response=MemberOut)
def invite(request: Request, team_id: int, body: InviteIn) -> object:
    """Invite a registered volunteer by number."""
    team = get_object_or_404(queries.teams_seen_by(request.actor), pk=team_id)
    actors.require(request.actor, Act.KEEP_TEAM, at=team.org)
    return services.invite_member(
        team=team,
        volunteer=get_object_or_404(
            queries.volunteers_by_card(request.actor, Act.KEEP_TEAM), number=body.volunteer
        ),
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/team-members/{int:team_member_id}/accept", response=MemberOut)
def accept_invitation(request: Request, team_member_id: int) -> object:
    """Join, as the caller, a team that invited them."""
    return _own(request, team_member_id, services.accept_invitation)


@router.post("/team-members/{int:team_member_id}/decline", response=MemberOut)
def decline_invitation(request: Request, team_member_id: int) -> object:
    """Say no to an invitation, or take the caller's own question back."""
    return _own(request, team_member_id, services.decline_invitation)


@router.post("/team-members/{int:team_member_id}/leave", response=MemberOut)
def leave_team(request: Request, team_member_id: int) -> object:
    """Leave a team."""
    return _own(request, team_member_id, services.leave_team)


@router.post("/team-members/{int:team_member_id}/let-in", response=MemberOut)
def let_in(request: Request, team_member_id: int) -> object:
    """Let in who asked."""
    found = _kept(request, team_member_id)
    return services.let_in(member=found, at=timezone.now(), by=request.actor)


@router.post("/team-members/{int:team_member_id}/turn-away", response=MemberOut)
def turn_away(request: Request, team_member_id: int, body: ReasonIn) -> object:
    """Turn away who asked."""
    return services.turn_away(
        member=_kept(request, team_member_id),
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/team-members/{int:team_member_id}/take-out", response=MemberOut)
def take_out(request: Request, team_member_id: int, body: ReasonIn) -> object:
    """Take a member off the roll."""
    return services.take_out(
        member=_kept(request, team_member_id),
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@router.get("/head-changes", response=list[HeadChangeOut])
@paginate(ByKey, order=["-pk"])
def head_changes(request: Request) -> object:
    """List who was to lead which team in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.head_changes_seen_by(request.actor)


@router.post("/team-members/{int:team_member_id}/head-changes", response=HeadChangeOut)
def ask_for_head(request: Request, team_member_id: int, body: ReasonIn) -> object:
    """Ask that a member leads the team."""
    return services.ask_for_head(
        member=_kept(request, team_member_id),
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/head-changes/{int:head_change_id}/approve", response=HeadChangeOut)
def approve_head(request: Request, head_change_id: int) -> object:
    """Let another lead from today."""
    found = get_object_or_404(queries.head_changes_seen_by(request.actor), pk=head_change_id)
    return services.approve_head(change=found, at=timezone.now(), by=request.actor)


@router.post("/head-changes/{int:head_change_id}/refuse", response=HeadChangeOut)
def refuse_head(request: Request, head_change_id: int, body: ReasonIn) -> object:
    """Leave the head as it is."""
    found = get_object_or_404(queries.head_changes_seen_by(request.actor), pk=head_change_id)
    return services.refuse_head(
        change=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


def _own(request: Request, team_member_id: int, do: Callable[..., object]) -> object:
    found = get_object_or_404(queries.own_memberships(request.actor), pk=team_member_id)
    return do(member=found, at=timezone.now(), by=request.actor)


def _kept(request: Request, team_member_id: int) -> queries.TeamMember:
    return get_object_or_404(queries.members_seen_by(request.actor), pk=team_member_id)
