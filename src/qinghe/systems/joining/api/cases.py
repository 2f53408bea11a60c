"""Joining for other programs: the same queries and services as the pages."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, Number
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.joining import queries, rules, services
from qinghe.systems.joining.access import Act

router = Router(tags=["发展团员"])


class CaseOut(Schema):
    id: int
    person: Number
    org: Code
    opened_on: date
    stage: str
    step: int
    awaits: str
    due_on: date | None
    joined_on: date | None
    state: str

    @staticmethod
    def resolve_stage(found: queries.Case) -> str:
        """Name the stage of the next step."""
        return rules.STAGES[rules.stage_of(found.step)]


class MarkOut(Schema):
    number: int
    stage: str
    title: str
    state: str
    day: date | None
    who: str
    due_on: date | None


class ApplicationIn(Schema):
    org: str
    letter: str
    nationality: str = rules.NATION


class AppliedOut(Schema):
    id: int
    step: int
    due_on: date | None
    state: str


@router.get("/cases", response=list[CaseOut])
@paginate(ByKey, order=["-pk"])
def joining_cases(request: Request) -> object:
    """List the applications in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.cases_seen_by(request.actor)


@router.get("/cases/{joining_case_id}/steps", response=list[MarkOut])
def joining_steps(request: Request, joining_case_id: int) -> object:
    """Show the fifteen steps of an application in the caller's sight."""
    rows = queries.cases_seen_by(request.actor).prefetch_related("steps", "lessons", "objections")
    found = get_object_or_404(rows, pk=joining_case_id)
    return queries.track_of(request.actor, found, on=timezone.localdate())


@router.post("/applications", response=AppliedOut)
def apply_to_join(request: Request, body: ApplicationIn) -> object:
    """Hand in the caller's own application, today."""
    org = get_object_or_404(queries.orgs_to_join(request.actor), code=body.org)
    new = services.NewApplication(
        org=org, on=timezone.localdate(), letter=body.letter, nationality=body.nationality
    )
    return services.apply(new=new, at=timezone.now(), by=request.actor)
