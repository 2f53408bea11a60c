"""Pioneers for other programs: the same queries and services as the pages."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.pioneers import queries, services
from qinghe.systems.pioneers.access import Act

router = Router(tags=["少先队"])


class CeremonyOut(Schema):
    id: int
    kind: str
    org: Code
    day: date
    place: str
    people: int
    state: str


class CeremonyIn(Schema):
    kind: queries.CeremonyKind
    org: str
    day: date
    place: str
    people: int
    leaders: str
    steps: list[int]
    again: str = ""


class SlateOut(Schema):
    id: int
    round: str
    level: str
    org: Code
    submitted_on: date | None
    awarded_on: date | None
    put_up: int
    given: int
    state: str

    @staticmethod
    def resolve_round(found: queries.Slate) -> str:
        """Name the round."""
        return found.round.title

    @staticmethod
    def resolve_level(found: queries.Slate) -> str:
        """Say of which level the round is."""
        return found.round.level


@router.get("/slates", response=list[SlateOut])
@paginate(ByKey, order=["-pk"])
def slates(request: Request) -> object:
    """List what schools in the caller's sight put up, with both counters; no child among it."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.slates_seen_by(request.actor)


@router.get("/ceremonies", response=list[CeremonyOut])
@paginate(ByKey, order=["-pk"])
def ceremonies(request: Request) -> object:
    """List the ceremonies in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.ceremonies_seen_by(request.actor)


@router.post("/ceremonies", response=CeremonyOut)
def register_ceremony(request: Request, body: CeremonyIn) -> object:
    """Write down, as a draft, what a school of the caller's held; files are added on its page."""
    doors.require_anywhere(request.actor, Act.REGISTER)
    told = body.dict()
    org = get_object_or_404(queries.orgs_for(request.actor, Act.REGISTER), code=told.pop("org"))
    held = services.Held(org=org, **told)
    return services.register_ceremony(held=held, at=timezone.now(), by=request.actor)


@router.post("/ceremonies/{ceremony_id}/submit", response=CeremonyOut)
def submit_ceremony(request: Request, ceremony_id: int) -> object:
    """Hand in a draft that has its points and its evidence."""
    doors.require_anywhere(request.actor, Act.REGISTER)
    found = get_object_or_404(queries.ceremonies_seen_by(request.actor), pk=ceremony_id)
    return services.submit_ceremony(ceremony=found, at=timezone.now(), by=request.actor)
