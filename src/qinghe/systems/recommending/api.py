"""Recommendations for other programs: read only, the person by their number."""

from datetime import date

from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, Number
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.recommending import queries
from qinghe.systems.recommending.access import Act

router = Router(tags=["推优"])


class RecommendationOut(Schema):
    id: int
    person: Number
    org: Code
    committee: Code
    way: str
    aim: str
    proposed_on: date
    agreed_on: date | None
    voted_on: date | None
    recommended_on: date | None
    valid_until: date | None
    state: str


@router.get("/recommendations", response=list[RecommendationOut])
@paginate(ByKey, order=["-pk"])
def recommendations(request: Request) -> object:
    """List the recommendations to the Party in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.recommendations_seen_by(request.actor)
