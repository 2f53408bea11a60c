"""What sponsors give, by a program: entered by one, looked over by another (rules 2.7).

A till's address is made on the page alone: it is shown once, and no answer of the API is kept with it.
"""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

from .courtesy import CourtesyClaimOut, router

SPONSOR, ITEM = "/sponsors/{int:sponsor_id}", "/courtesy-items/{int:courtesy_item_id}"
CLAIM = "/courtesy-claims/{int:courtesy_claim_id}"


class SponsorOut(Schema):
    id: int
    name: str
    kind: str
    address: str
    org: Code
    agreed_from: date
    agreed_to: date
    state: str


class SponsorIn(Schema):
    name: str = Field(min_length=1, max_length=80)
    kind: queries.Sponsor.Kind
    address: str = Field(min_length=1, max_length=120)
    contact_name: str = Field(min_length=1, max_length=40)
    contact: str = Field(min_length=1, max_length=60)
    agreed_from: date
    agreed_to: date
    org: str


class OfferedCourtesyIn(Schema):
    sponsor_id: int
    title: str = Field(min_length=1, max_length=60)
    kind: queries.CourtesyItem.Kind
    about: str = Field(min_length=1, max_length=400)
    area: str = Field(description="适用范围的组织代码")
    opens_on: date
    closes_on: date
    weekdays: str = Field("1234567", pattern="^[1-7]{1,7}$")
    star: int = Field(0, ge=0, le=5)
    hours: int = Field(0, ge=0, le=10_000)
    months: int = Field(12, ge=1, le=120)
    stock: int | None = Field(None, ge=1, le=1_000_000)
    monthly: int | None = Field(None, ge=1, le=1_000_000)
    yearly: int = Field(1, ge=1, le=366)
    fen: int | None = Field(None, ge=1, le=100_000_000, description="约值，单位分")


class CourtesyStateOut(Schema):
    id: int
    state: str


@router.get("/sponsors", response=list[SponsorOut])
@paginate(ByKey, order=["-pk"])
def sponsors(request: Request) -> object:
    """List the sponsors in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.sponsors_seen_by(request.actor)


@router.post("/sponsors", response=SponsorOut)
def enter_sponsor(request: Request, body: SponsorIn) -> object:
    """Enter a sponsor; another hand looks it over."""
    doors.require_anywhere(request.actor, Act.KEEP_COURTESY)
    org = get_object_or_404(queries.orgs_for(request.actor, Act.KEEP_COURTESY), code=body.org)
    new = services.NewSponsor(**{**body.dict(), "org": org})
    return services.enter_sponsor(new=new, at=timezone.now(), by=request.actor)


@router.post(f"{SPONSOR}/approve", response=SponsorOut)
def approve_sponsor(request: Request, sponsor_id: int) -> object:
    """Let a sponsor give."""
    found = _sponsor(request, sponsor_id)
    return services.approve_sponsor(sponsor=found, at=timezone.now(), by=request.actor)


@router.post(f"{SPONSOR}/refuse", response=SponsorOut)
def refuse_sponsor(request: Request, sponsor_id: int, body: ReasonIn) -> object:
    """Turn a sponsor down."""
    found = _sponsor(request, sponsor_id)
    return services.refuse_sponsor(
        sponsor=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.post(f"{SPONSOR}/end", response=SponsorOut)
def end_sponsor(request: Request, sponsor_id: int, body: ReasonIn) -> object:
    """End what a sponsor gives; its tills close."""
    found = _sponsor(request, sponsor_id)
    return services.end_sponsor(
        sponsor=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.post("/courtesy-items", response=CourtesyStateOut)
def offer_courtesy(request: Request, body: OfferedCourtesyIn) -> object:
    """Enter what a sponsor gives; another hand publishes it."""
    actor, today = request.actor, local_day(timezone.now())
    doors.require_anywhere(actor, Act.KEEP_COURTESY)
    told = body.dict(exclude={"sponsor_id", "area", "hours"})
    new = services.NewCourtesy(
        sponsor=get_object_or_404(queries.sponsors_for(actor, today), pk=body.sponsor_id),
        area=get_object_or_404(queries.areas_for(actor), code=body.area),
        minutes=body.hours * 60,
        **told,
    )
    return services.offer_courtesy(new=new, at=timezone.now(), by=actor)


@router.post(f"{ITEM}/refuse", response=CourtesyStateOut)
def refuse_courtesy(request: Request, courtesy_item_id: int, body: ReasonIn) -> object:
    """Turn an item down."""
    found = _item(request, courtesy_item_id)
    return services.refuse_courtesy(
        item=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.post(f"{ITEM}/withdraw", response=CourtesyStateOut)
def withdraw_courtesy(request: Request, courtesy_item_id: int, body: ReasonIn) -> object:
    """Take an item back; what was claimed of it stands."""
    found = _item(request, courtesy_item_id)
    return services.withdraw_courtesy(
        item=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.post(f"{CLAIM}/cancel", response=CourtesyClaimOut)
def cancel_courtesy(request: Request, courtesy_claim_id: int) -> object:
    """Give back what the caller claimed and has not used."""
    found = get_object_or_404(queries.own_claims(request.actor), pk=courtesy_claim_id)
    return services.cancel_courtesy(claim=found, at=timezone.now(), by=request.actor)


@router.post(f"{CLAIM}/revoke", response=CourtesyClaimOut)
def revoke_courtesy(request: Request, courtesy_claim_id: int, body: ReasonIn) -> object:
    """Take a claim back, as who keeps the item."""
    return services.revoke_courtesy(
        claim=get_object_or_404(
            queries.courtesy_claims_seen_by(request.actor), pk=courtesy_claim_id
        ),
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


def _sponsor(request: Request, sponsor_id: int) -> queries.Sponsor:
    return get_object_or_404(queries.sponsors_seen_by(request.actor), pk=sponsor_id)


def _item(request: Request, courtesy_item_id: int) -> queries.CourtesyItem:
    return get_object_or_404(queries.courtesy_items_seen_by(request.actor), pk=courtesy_item_id)
