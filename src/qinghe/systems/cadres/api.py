"""Tenures and secondments for other programs: the same queries as the pages; no reserve."""

from datetime import date

from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.cadres import queries
from qinghe.systems.cadres.access import Act

router = Router(tags=["团干部"])


class TenureOut(Schema):
    id: int
    org: Code
    held_on: date
    years: int
    term_ends_on: date
    warn_on: date


class SecondmentOut(Schema):
    id: int
    number: str
    home: Code
    host: Code
    service: str
    title: str
    starts_on: date
    ends_on: date
    state: str

    @staticmethod
    def resolve_number(found: queries.Secondment) -> str:
        """Tell who it is by their number."""
        return found.person.number


@router.get("/tenures", response=list[TenureOut])
@paginate(ByKey, order=["-pk"])
def tenures(request: Request) -> object:
    """List the tenures that run in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.tenures_seen_by(request.actor)


@router.get("/secondments", response=list[SecondmentOut])
@paginate(ByKey, order=["-pk"])
def secondments(request: Request) -> object:
    """List the secondments in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.secondments_seen_by(request.actor)
