"""Points, visits and findings for other programs: the same queries and services as the pages."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.inspections import queries, services
from qinghe.systems.inspections.access import Act

router = Router(tags=["巡查督导"])


class PointOut(Schema):
    id: int
    code: str
    name: str
    kind: str
    org: Code
    address: str
    opened_on: date
    closed_on: date | None
    last_on: date | None

    @staticmethod
    def resolve_kind(point: queries.Point) -> str:
        """Name the kind by its slug."""
        return point.kind.slug


class VisitOut(Schema):
    id: int
    point: Code
    org: Code
    day: date
    scored: int
    full: int
    passed: bool
    state: str


class ProblemOut(Schema):
    id: int
    words: str
    org: Code
    found_on: date
    due_on: date
    closed_on: date | None
    returned: int
    state: str


class ReturnIn(Schema):
    reason: str


@router.get("/points", response=list[PointOut])
@paginate(ByKey, order=["-pk"])
def points(request: Request) -> object:
    """List the points in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.points_seen_by(request.actor)


@router.get("/visits", response=list[VisitOut])
@paginate(ByKey, order=["-pk"])
def visits(request: Request) -> object:
    """List the visits handed in in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.visits_seen_by(request.actor)


@router.get("/findings", response=list[ProblemOut])
@paginate(ByKey, order=["-pk"])
def problems(request: Request) -> object:
    """List the findings in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.findings_seen_by(request.actor)


@router.post("/findings/{int:problem_id}/return", response=ProblemOut)
def send_back(request: Request, problem_id: int, body: ReturnIn) -> object:
    """Send back what was not put right, with the reason."""
    doors.require_anywhere(request.actor, Act.RECHECK)
    found = get_object_or_404(queries.findings_seen_by(request.actor), pk=problem_id)
    return services.send_back(
        finding=found, reason=body.reason, at=timezone.now(), by=request.actor
    )
