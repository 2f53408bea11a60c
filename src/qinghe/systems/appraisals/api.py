"""Review and registration for other programs: the same queries as the pages."""

from datetime import date
from decimal import Decimal

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.appraisals import queries
from qinghe.systems.appraisals.access import Act

router = Router(tags=["评议注册"])


class RollOut(Schema):
    id: int
    year: int
    org: Code
    state: str
    due: int
    took_part: int
    top: int
    graded: int
    registered: int
    deferred: int
    registered_on: date | None

    @staticmethod
    def resolve_year(found: queries.Roll) -> int:
        """Name the campaign by its year."""
        return found.campaign.year


class RatesOut(Schema):
    org: Code
    branches: int
    done: int
    due: int
    graded: int
    registered: int
    deferred: int
    graded_rate: Decimal | None
    registered_rate: Decimal | None


@router.get("/rolls", response=list[RollOut])
@paginate(ByKey, order=["-pk"])
def appraisal_rolls(request: Request) -> object:
    """List the branches in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.rolls_seen_by(request.actor)


@router.get("/rates/{org}", response=list[RatesOut])
def appraisal_rates(request: Request, org: str, year: int | None = None) -> object:
    """List how far an organisation has come in a year's review, and each one right below it.

    Without a year it is the latest one's.
    """
    doors.require_anywhere(request.actor, Act.SEE)
    at = get_object_or_404(actors.orgs_where(request.actor, Act.SEE), code=org)
    campaigns = queries.campaigns_seen_by(request.actor).order_by("-year", "-pk")
    campaign = (campaigns.filter(year=year) if year else campaigns).first()
    if campaign is None:
        raise Http404
    whole, below = queries.rates_below(request.actor, campaign, at)
    return [whole, *below]
