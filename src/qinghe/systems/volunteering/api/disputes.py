"""What volunteers hold against their own hours, by a program."""

from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, Number
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

router = Router()


class DisputeOut(Schema):
    id: int
    kind: str
    volunteer: Number
    org: Code
    attendance_id: int | None
    served_on: date
    words: str
    asked_at: datetime
    due_on: date
    state: str
    answer: str


class WrongIn(Schema):
    words: str = Field(max_length=400)


class MissingIn(Schema):
    org: str
    day: date
    words: str = Field(max_length=400)


class DisputeAnswerIn(Schema):
    corrected: bool
    answer: str = Field(max_length=400)


@router.get("/hours-disputes", response=list[DisputeOut])
@paginate(ByKey, order=["-pk"])
def hours_disputes(request: Request) -> object:
    """List the disputes about hours in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.disputes_seen_by(request.actor)


@router.get("/hours-disputes/own", response=list[DisputeOut])
@paginate(ByKey, order=["-pk"])
def own_disputes(request: Request) -> object:
    """List what the caller held against their own hours."""
    _volunteer(request)
    return queries.own_disputes(request.actor)


@router.post("/attendances/{int:attendance_id}/disputes", response=DisputeOut)
def dispute_wrong(request: Request, attendance_id: int, body: WrongIn) -> object:
    """Say that one of the caller's own records is wrong."""
    served = get_object_or_404(queries.own_services(request.actor), pk=attendance_id)
    new = services.NewDispute(
        volunteer=served.volunteer,
        org=served.session.org,
        day=served.session.day,
        words=body.words,
        attendance=served,
    )
    return services.dispute_hours(new=new, at=timezone.now(), by=request.actor)


@router.post("/hours-disputes", response=DisputeOut)
def dispute_missing(request: Request, body: MissingIn) -> object:
    """Say that a record of the caller's own is missing."""
    volunteer = _volunteer(request)
    new = services.NewDispute(
        volunteer=volunteer,
        org=get_object_or_404(queries.hosts_for(request.actor, volunteer), code=body.org),
        day=body.day,
        words=body.words,
    )
    return services.dispute_hours(new=new, at=timezone.now(), by=request.actor)


@router.post("/hours-disputes/{int:hours_dispute_id}/withdraw", response=DisputeOut)
def withdraw_dispute(request: Request, hours_dispute_id: int) -> object:
    """Take the caller's own dispute back."""
    found = get_object_or_404(queries.own_disputes(request.actor), pk=hours_dispute_id)
    return services.withdraw_dispute(dispute=found, at=timezone.now(), by=request.actor)


@router.post("/hours-disputes/{int:hours_dispute_id}/answer", response=DisputeOut)
def answer_dispute(request: Request, hours_dispute_id: int, body: DisputeAnswerIn) -> object:
    """Answer a volunteer: what was put right, or why it stands."""
    states = queries.DisputeState
    return services.answer_dispute(
        dispute=get_object_or_404(queries.disputes_seen_by(request.actor), pk=hours_dispute_id),
        verdict=states.CORRECTED if body.corrected else states.EXPLAINED,
        answer=body.answer,
        at=timezone.now(),
        by=request.actor,
    )


def _volunteer(request: Request) -> queries.Volunteer:
    found = queries.own_volunteer(request.actor)
    if found is None:
        raise doors.closed()
    return found
