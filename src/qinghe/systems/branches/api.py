"""The meetings of branches for other programs: the same queries and services as the pages."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.branches import queries, services
from qinghe.systems.branches.access import Act

router = Router(tags=["支部工作"])


class MeetingOut(Schema):
    id: int
    org: Code
    kind: str
    day: date
    topic: str
    place: str
    entitled: int
    present: int
    counts: bool
    slot: str
    quarters: int | None
    speaker: str
    state: str


class MeetingIn(Schema):
    org: str
    kind: queries.MeetingKind
    day: date
    topic: str
    present: int
    entitled: int | None = None
    place: str = ""
    quarters: int | None = None
    speaker: str = ""
    notes: str = ""


@router.get("/meetings", response=list[MeetingOut])
@paginate(ByKey, order=["-pk"])
def meetings(request: Request) -> object:
    """List the meetings in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.meetings_seen_by(request.actor)


@router.post("/meetings", response=MeetingOut)
def record_meeting(request: Request, body: MeetingIn) -> object:
    """Write down a meeting of a branch; without `entitled`, the roll of that day says it."""
    doors.require_anywhere(request.actor, Act.RECORD)
    told = body.dict()
    org = get_object_or_404(queries.branches_seen_by(request.actor), code=told.pop("org"))
    new = services.NewMeeting(org=org, **told)
    return services.record_meeting(new=new, at=timezone.now(), by=request.actor)
