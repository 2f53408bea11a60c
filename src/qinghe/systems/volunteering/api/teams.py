from datetime import date
from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, Number
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

router = Router()


class TeamOut(Schema):
    id: int
    code: str
    name: str
    org: Code
    kind: str
    compound: str
    state: str
    applied_on: date
    notice_until: date | None
    approved_on: date | None
    suspended_on: date | None


class TeamIn(Schema):
    code: str
    name: str
    org: str
    kind: queries.TeamKind = queries.TeamKind.GROUP
    compound: str = ""
    scope: str = ""
    head: str
    founders: list[str]


class OwnTeamIn(Schema):
    name: str
    org: str
    kind: queries.TeamKind = queries.TeamKind.GROUP
    compound: str = ""
    scope: str = ""
    head: str = ""
    founders: list[str]


class MemberOut(Schema):
    id: int
    team_id: int
    volunteer: Number
    state: str
    post: str | None
    joined_on: date | None
    left_on: date | None

    @staticmethod
    def resolve_post(member: queries.TeamMember) -> str | None:
        """Tell the post that was read with the list; who has just come has none."""
        return getattr(member, "post", None)


class ConfirmationIn(Schema):
    words: str = ""


class ConfirmationOut(Schema):
    id: int
    team_id: int
    year: int
    members: int
    sessions: int
    state: str


class TrainingOut(Schema):
    id: int
    title: str
    kind: str
    org: Code
    day: date
    quarters: int
    state: str


class TrainingIn(Schema):
    title: str
    kind: queries.TrainingKind
    org: str
    day: date
    credit_hours: Decimal


class RosterIn(Schema):
    volunteers: list[str]


class CreditedOut(Schema):
    credited: int


@router.get("/teams", response=list[TeamOut])
@paginate(ByKey, order=["-applied_on"])
def teams(request: Request) -> object:
    """List the teams in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.teams_seen_by(request.actor)


@router.post("/teams", response=TeamOut)
def found_team(request: Request, body: TeamIn) -> object:
    """Apply for a team; the head counts among the founders."""
    doors.require_anywhere(request.actor, Act.FOUND_TEAM)
    known = queries.volunteers_by_card(request.actor, Act.FOUND_TEAM)
    new = services.NewTeam(
        code=body.code,
        name=body.name,
        org=get_object_or_404(queries.orgs_for(request.actor, Act.FOUND_TEAM), code=body.org),
        kind=body.kind,
        compound=body.compound,
        scope=body.scope,
        head=get_object_or_404(known, number=body.head),
        founders=tuple(get_object_or_404(known, number=number) for number in body.founders),
    )
    return services.found_team(new=new, at=timezone.now(), by=request.actor)


@router.post("/teams/own", response=TeamOut)
def propose_team(request: Request, body: OwnTeamIn) -> object:
    """Apply for a team as a volunteer; whom one names is asked, and counts once they agree."""
    known = queries.registered_by_number(request.actor)
    new = services.OwnTeam(
        name=body.name,
        org=get_object_or_404(queries.hosts_near(request.actor), code=body.org),
        kind=body.kind,
        compound=body.compound,
        scope=body.scope,
        head=get_object_or_404(known, number=body.head) if body.head else None,
        founders=tuple(get_object_or_404(known, number=number) for number in body.founders),
    )
    return services.propose_team(new=new, at=timezone.now(), by=request.actor)


@router.post("/teams/{int:team_id}/approve", response=TeamOut)
def approve_team(request: Request, team_id: int) -> object:
    """Agree to an application: it goes on notice."""
    return services.approve_team(team=_team(request, team_id), at=timezone.now(), by=request.actor)


@router.post("/teams/{int:team_id}/stand", response=TeamOut)
def stand_team(request: Request, team_id: int) -> object:
    """Let a team stand whose notice is over."""
    return services.stand_team(team=_team(request, team_id), at=timezone.now(), by=request.actor)


@router.get("/teams/{int:team_id}/members", response=list[MemberOut])
@paginate(ByKey, order=["pk"])
def team_members(request: Request, team_id: int) -> object:
    """List who is or was in a team."""
    return queries.members_seen_by(request.actor).filter(team=_team(request, team_id))


@router.post("/teams/{int:team_id}/confirmations", response=ConfirmationOut)
def confirm_team(request: Request, team_id: int, body: ConfirmationIn) -> object:
    """Hand in a team's yearly confirmation."""
    return services.confirm_team(
        team=_team(request, team_id), words=body.words, at=timezone.now(), by=request.actor
    )


@router.post("/teams/{int:team_id}/join", response=MemberOut)
def join_team(request: Request, team_id: int) -> object:
    """Ask, as a volunteer, to be let into a team."""
    return services.ask_to_join(
        team=get_object_or_404(queries.teams_to_join(request.actor), pk=team_id),
        words="",
        at=timezone.now(),
        by=request.actor,
    )


@router.get("/trainings", response=list[TrainingOut])
@paginate(ByKey, order=["-day"])
def trainings(request: Request) -> object:
    """List the trainings in the caller's sight, latest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.trainings_seen_by(request.actor)


@router.post("/trainings", response=TrainingOut)
def enter_training(request: Request, body: TrainingIn) -> object:
    """Enter a training."""
    doors.require_anywhere(request.actor, Act.TRAIN)
    new = services.NewTraining(
        title=body.title,
        kind=body.kind,
        org=get_object_or_404(queries.orgs_for(request.actor, Act.TRAIN), code=body.org),
        day=body.day,
        credit_hours=body.credit_hours,
    )
    return services.enter_training(new=new, at=timezone.now(), by=request.actor)


@router.post("/trainings/{int:training_id}/credits", response=CreditedOut)
def credit(request: Request, training_id: int, body: RosterIn) -> object:
    """Credit a roster of volunteers by number; who was credited before is passed over."""
    training = get_object_or_404(queries.trainings_seen_by(request.actor), pk=training_id)
    known = queries.volunteers_by_card(request.actor, Act.TRAIN)
    made = services.credit(
        training=training,
        volunteers=[
            get_object_or_404(known, number=number) for number in dict.fromkeys(body.volunteers)
        ],
        at=timezone.now(),
        by=request.actor,
    )
    return {"credited": made}


def _team(request: Request, team_id: int) -> queries.Team:
    return get_object_or_404(queries.teams_seen_by(request.actor), pk=team_id)
