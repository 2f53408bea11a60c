from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, Number
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

router = Router()


class CourtesyItemOut(Schema):
    id: int
    title: str
    sponsor: str
    area: Code
    opens_on: date
    closes_on: date
    stock: int | None
    claimed: int
    used: int
    state: str

    @staticmethod
    def resolve_sponsor(item: queries.CourtesyItem) -> str:
        """Name the sponsor."""
        return item.sponsor.name


class OpenedOut(Schema):
    id: int
    state: str


class CourtesyClaimOut(Schema):
    """A claim without its code: that stands on its holder's phone only."""

    id: int
    item_id: int
    volunteer: Number
    org: Code
    claimed_at: datetime
    valid_until: date
    redeemed_at: datetime | None
    state: str


@router.get("/courtesy-items", response=list[CourtesyItemOut])
@paginate(ByKey, order=["-pk"])
def courtesy_items(request: Request) -> object:
    """List the courtesies of sponsors in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.courtesy_items_seen_by(request.actor)


@router.post("/courtesy-items/{int:courtesy_item_id}/open", response=OpenedOut)
def courtesy_open(request: Request, courtesy_item_id: int) -> object:
    """Publish an item that somebody else entered."""
    return services.open_courtesy(
        item=get_object_or_404(queries.courtesy_items_seen_by(request.actor), pk=courtesy_item_id),
        at=timezone.now(),
        by=request.actor,
    )


@router.get("/courtesy-claims", response=list[CourtesyClaimOut])
@paginate(ByKey, order=["-pk"])
def courtesy_claims(request: Request) -> object:
    """List what volunteers in the caller's sight took, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.courtesy_claims_seen_by(request.actor)
