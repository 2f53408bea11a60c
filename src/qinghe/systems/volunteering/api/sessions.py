from datetime import datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

router = Router()


class SessionOut(Schema):
    id: int
    code: str
    title: str
    org: str
    place: str
    starts_at: datetime
    ends_at: datetime
    state: str
    turnout: int

    @staticmethod
    def resolve_org(session: queries.Session) -> str:
        """Name the host by its code."""
        return session.org.code


class CheckInIn(Schema):
    volunteer: str


class AttendanceOut(Schema):
    id: int
    session_id: int
    state: str
    minutes: int


@router.get("/sessions", response=list[SessionOut])
@paginate(ByKey, order=["-starts_at"])
def sessions(request: Request) -> object:
    """List the sessions in the caller's sight, newest first; refused to who may see none anywhere."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.sessions_seen_by(request.actor)


@router.post("/sessions/{int:session_id}/check-ins", response=AttendanceOut)
def check_in(request: Request, session_id: int, body: CheckInIn) -> object:
    """Check a volunteer in by the number on their card; a repeat changes nothing."""
    return services.check_in(
        session=get_object_or_404(queries.sessions_seen_by(request.actor), pk=session_id),
        volunteer=get_object_or_404(
            queries.volunteers_to_check_in(request.actor), number=body.volunteer
        ),
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/attendances/{int:attendance_id}/check-out", response=AttendanceOut)
def check_out(request: Request, attendance_id: int) -> object:
    """Check a volunteer out."""
    return services.check_out(
        attendance=get_object_or_404(queries.attendances_seen_by(request.actor), pk=attendance_id),
        at=timezone.now(),
        by=request.actor,
    )
