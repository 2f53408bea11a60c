"""What becomes of teams, by a program: review, notice, yearly confirmation, suspension, the end."""

from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Number, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

from .feedback import WordsIn
from .team_people import InviteIn
from .teams import ConfirmationOut, MemberOut, TeamOut, router

TEAM, MEMBER = "/teams/{int:team_id}", "/team-members/{int:team_member_id}"
CONFIRMATION = "/team-confirmations/{int:team_confirmation_id}"


class TeamObjectionOut(Schema):
    id: int
    team_id: int
    words: str
    at: datetime
    state: str
    answer: str


class TeamObjectionAnswerIn(Schema):
    upheld: bool
    answer: str = Field(max_length=400)


class TeamPostOut(Schema):
    id: int
    team_id: int
    volunteer: Number
    post: str
    starts_on: date


@router.get("/teams/own", response=list[TeamOut])
@paginate(ByKey, order=["-pk"])
def own_applications(request: Request) -> object:
    """List the teams that the caller applied for as a volunteer."""
    return queries.own_applications(request.actor)


@router.post(f"{TEAM}/founders", response=MemberOut)
def invite_founder(request: Request, team_id: int, body: InviteIn) -> object:
    """Ask one more volunteer to found a team that the caller applied for."""
    known = queries.registered_by_number(request.actor)
    return services.invite_founder(
        team=get_object_or_404(queries.own_applications(request.actor), pk=team_id),
        volunteer=get_object_or_404(known, number=body.volunteer),
        at=timezone.now(),
        by=request.actor,
    )


@router.post(f"{TEAM}/take-back", response=TeamOut)
def take_back_team(request: Request, team_id: int) -> object:
    """Take the caller's own application back."""
    found = get_object_or_404(queries.own_applications(request.actor), pk=team_id)
    return services.take_back_team(team=found, at=timezone.now(), by=request.actor)


@router.post(f"{TEAM}/refuse", response=TeamOut)
def refuse_team(request: Request, team_id: int, body: ReasonIn) -> object:
    """Turn an application down."""
    found = _team(request, team_id)
    return services.refuse_team(team=found, reason=body.reason, at=timezone.now(), by=request.actor)


@router.post(f"{TEAM}/withdraw", response=TeamOut)
def withdraw_team(request: Request, team_id: int) -> object:
    """Take an application back, as the host that made it."""
    return services.withdraw_team(team=_team(request, team_id), at=timezone.now(), by=request.actor)


@router.post(f"{TEAM}/suspend", response=TeamOut)
def suspend_team(request: Request, team_id: int, body: ReasonIn) -> object:
    """Let a team publish nothing for the time being."""
    found = _team(request, team_id)
    return services.suspend_team(
        team=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.post(f"{TEAM}/resume", response=TeamOut)
def resume_team(request: Request, team_id: int, body: ReasonIn) -> object:
    """Let a team go on."""
    found = _team(request, team_id)
    return services.resume_team(team=found, reason=body.reason, at=timezone.now(), by=request.actor)


@router.post(f"{TEAM}/close", response=TeamOut)
def close_team(request: Request, team_id: int, body: ReasonIn) -> object:
    """End a team; what it did stays."""
    found = _team(request, team_id)
    return services.close_team(team=found, reason=body.reason, at=timezone.now(), by=request.actor)


@router.get("/teams/noticed", response=list[TeamOut])
@paginate(ByKey, order=["-pk"])
def teams_on_notice(request: Request) -> object:
    """List the teams that are on notice: they are shown to everybody."""
    return queries.teams_on_notice(request.actor, local_day(timezone.now()))


@router.post(f"{TEAM}/objections", response=TeamObjectionOut)
def object_to_team(request: Request, team_id: int, body: WordsIn) -> object:
    """Hold something against a team while it is on notice, in one's own name."""
    shown = queries.teams_on_notice(request.actor, local_day(timezone.now()))
    return services.object_to_team(
        team=get_object_or_404(shown, pk=team_id),
        words=body.words,
        at=timezone.now(),
        by=request.actor,
    )


@router.get("/team-objections", response=list[TeamObjectionOut])
@paginate(ByKey, order=["-pk"])
def team_objections(request: Request) -> object:
    """List what was held against teams in the caller's sight."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.team_objections_seen_by(request.actor)


@router.post("/team-objections/{int:team_objection_id}/answer", response=TeamObjectionOut)
def answer_team_objection(
    request: Request, team_objection_id: int, body: TeamObjectionAnswerIn
) -> object:
    """Say whether an objection holds; one that does ends the application."""
    states = queries.TeamObjection.State
    return services.answer_team_objection(
        objection=get_object_or_404(
            queries.team_objections_seen_by(request.actor), pk=team_objection_id
        ),
        verdict=states.UPHELD if body.upheld else states.DISMISSED,
        answer=body.answer,
        at=timezone.now(),
        by=request.actor,
    )


@router.get("/team-confirmations", response=list[ConfirmationOut])
@paginate(ByKey, order=["-pk"])
def team_confirmations(request: Request) -> object:
    """List the yearly confirmations of teams in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.confirmations_seen_by(request.actor)


@router.post(f"{CONFIRMATION}/accept", response=ConfirmationOut)
def accept_confirmation(request: Request, team_confirmation_id: int) -> object:
    """Accept a yearly confirmation."""
    found = _confirmation(request, team_confirmation_id)
    return services.accept_confirmation(confirmation=found, at=timezone.now(), by=request.actor)


@router.post(f"{CONFIRMATION}/return", response=ConfirmationOut)
def return_confirmation(request: Request, team_confirmation_id: int, body: ReasonIn) -> object:
    """Send a yearly confirmation back."""
    return services.return_confirmation(
        confirmation=_confirmation(request, team_confirmation_id),
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@router.post(f"{MEMBER}/deputy", response=TeamPostOut)
def appoint_deputy(request: Request, team_member_id: int) -> object:
    """Let a member be deputy head."""
    found = _member(request, team_member_id)
    return services.appoint_deputy(member=found, at=timezone.now(), by=request.actor)


@router.post(f"{MEMBER}/deputy/end", response=MemberOut)
def dismiss_deputy(request: Request, team_member_id: int) -> object:
    """Let a deputy be a member like others again."""
    found = _member(request, team_member_id)
    return services.dismiss_deputy(member=found, at=timezone.now(), by=request.actor)


def _team(request: Request, team_id: int) -> queries.Team:
    return get_object_or_404(queries.teams_seen_by(request.actor), pk=team_id)


def _member(request: Request, team_member_id: int) -> queries.TeamMember:
    return get_object_or_404(queries.members_seen_by(request.actor), pk=team_member_id)


def _confirmation(request: Request, team_confirmation_id: int) -> queries.TeamConfirmation:
    return get_object_or_404(queries.confirmations_seen_by(request.actor), pk=team_confirmation_id)
