from datetime import datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import queries
from qinghe.systems.volunteering.access import Act

router = Router()


class SessionOut(Schema):
    id: int
    code: str
    title: str
    org: Code
    place: str
    starts_at: datetime
    ends_at: datetime
    state: str
    turnout: int


@router.get("/sessions", response=list[SessionOut])
@paginate(ByKey, order=["-starts_at"])
def sessions(request: Request) -> object:
    """List the sessions in the caller's sight, newest first; refused to who may see none anywhere."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.sessions_seen_by(request.actor)
