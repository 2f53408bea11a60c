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


class FindingOut(Schema):
    id: int
    kind: str
    org: Code
    words: str
    found_at: datetime
    state: str


@router.get("/findings", response=list[FindingOut])
@paginate(ByKey, order=["-pk"])
def findings(request: Request) -> object:
    """List what the checks of hours found in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.findings_seen_by(request.actor)
