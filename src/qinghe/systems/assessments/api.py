"""Schemes and announced results for other programs: the same queries as the pages."""

from datetime import date
from decimal import Decimal

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.assessments import queries, rules
from qinghe.systems.assessments.access import Act

router = Router(tags=["考核评比"])


class AssessmentItemOut(Schema):
    number: str
    name: str
    sort: str
    way: str
    full: Decimal
    code: str

    @staticmethod
    def resolve_full(item: queries.Item) -> Decimal:
        """Give marks with two digits."""
        return rules.as_decimal(item.full)


class AssessmentSchemeOut(Schema):
    id: int
    name: str
    period: str
    audience: str
    version: int
    full: Decimal
    self_by: date
    announced_on: date | None
    state: str

    @staticmethod
    def resolve_full(scheme: queries.Scheme) -> Decimal:
        """Give marks with two digits."""
        return rules.as_decimal(scheme.full)


class AssessmentPlaceOut(Schema):
    org: str
    name: str
    rank: int
    tied: bool
    total: Decimal


class AssessmentRankingOut(Schema):
    number: int
    sha256: str
    places: list[AssessmentPlaceOut]


@router.get("/assessment-schemes", response=list[AssessmentSchemeOut])
@paginate(ByKey, order=["-pk"])
def assessment_schemes(request: Request) -> object:
    """List the schemes in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.schemes_seen_by(request.actor)


@router.get("/assessment-schemes/{scheme_id}/items", response=list[AssessmentItemOut])
def assessment_items(request: Request, scheme_id: int) -> object:
    """List what is marked by a scheme, in its order."""
    seen = queries.schemes_seen_by(request.actor)
    return queries.items_of(request.actor, get_object_or_404(seen, pk=scheme_id))


@router.get("/assessment-schemes/{scheme_id}/ranking", response=AssessmentRankingOut)
def assessment_ranking(request: Request, scheme_id: int) -> object:
    """Give the newest ranking that the caller may read."""
    seen = queries.schemes_seen_by(request.actor)
    found = get_object_or_404(seen, pk=scheme_id)
    newest = get_object_or_404(queries.rankings_seen_by(request.actor, found)[:1])
    return {
        "number": newest.number,
        "sha256": newest.sha256,
        "places": [
            {
                "org": place.org,
                "name": place.name,
                "rank": place.rank,
                "tied": place.tied,
                "total": rules.as_decimal(place.total),
            }
            for place in queries.places_of(request.actor, newest)
        ],
    }
