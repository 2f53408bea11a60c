"""The pool by a program: offers, needs, proposals with their reasons, what goes where (S097, S103)."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.resources import queries, rules, services
from qinghe.systems.resources.access import Act
from qinghe.systems.resources.forms.pool import MOST

router = Router()

PROVIDER, OFFER = "/providers/{int:provider_id}", "/pool/{int:resource_id}"
NEED, ALLOCATION = "/needs/{int:need_id}", "/allocations/{int:allocation_id}"


class ResourceOut(Schema):
    id: int
    title: str
    kind: str
    org: Code
    left: int
    unit: str
    free_until: date | None
    state: str


class NeedOut(Schema):
    id: int
    title: str
    kind: str
    org: Code
    quantity: int
    unit: str
    needed_by: date
    state: str


class ProviderOut(Schema):
    id: int
    name: str
    org: Code
    joined_on: date
    left_on: date | None


class ProviderIn(Schema):
    name: str = Field(min_length=1, max_length=80)
    org: str
    about: str = Field("", max_length=400)


class OfferIn(Schema):
    title: str = Field(min_length=1, max_length=80)
    kind: rules.Kind
    org: str
    open_to: str = Field(description="使用范围：管理单位自己或它的上级的代码")
    quantity: int = Field(ge=1, le=MOST)
    unit: str = Field(min_length=1, max_length=8)
    provider_id: int | None = None
    free_until: date | None = None
    about: str = Field("", max_length=400)


class NeedIn(Schema):
    title: str = Field(min_length=1, max_length=80)
    kind: rules.Kind
    org: str
    quantity: int = Field(ge=1, le=MOST)
    unit: str = Field(min_length=1, max_length=8)
    needed_by: date
    about: str = Field("", max_length=400)


class ProposedOut(Schema):
    """A resource that would do for a need, and why."""

    resource: ResourceOut
    reasons: list[str]


class AskIn(Schema):
    resource_id: int
    quantity: int = Field(ge=1, le=MOST)
    words: str = Field("", max_length=200)


class ArrivalIn(Schema):
    served: int = Field(ge=0, le=MOST, description="受益人次")


class AllocationOut(Schema):
    id: int
    resource_id: int
    need_id: int
    quantity: int
    state: str
    asked_on: date
    agreed_on: date | None
    delivered_on: date | None
    served: int | None


@router.get("/pool", response=list[ResourceOut])
@paginate(ByKey, order=["-pk"])
def pool(request: Request) -> object:
    """List the resources in the caller's sight or open to them, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.resources_seen_by(request.actor)


@router.get("/needs", response=list[NeedOut])
@paginate(ByKey, order=["-pk"])
def needs(request: Request) -> object:
    """List the needs in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.needs_seen_by(request.actor)


@router.get("/providers", response=list[ProviderOut])
@paginate(ByKey, order=["-pk"])
def providers(request: Request) -> object:
    """List the units that offer something, entered where the caller may look."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.providers_seen_by(request.actor)


@router.post("/providers", response=ProviderOut)
def take_in_provider(request: Request, body: ProviderIn) -> object:
    """Enter a unit that offers something."""
    doors.require_anywhere(request.actor, Act.OFFER)
    org = get_object_or_404(queries.orgs_for(request.actor, Act.OFFER), code=body.org)
    new = services.NewProvider(body.name, org, body.about)
    return services.take_in_provider(new=new, at=timezone.now(), by=request.actor)


@router.post(f"{PROVIDER}/leave", response=ProviderOut)
def let_go_provider(request: Request, provider_id: int, body: ReasonIn) -> object:
    """Let a unit leave; what it gave stays on record."""
    return services.let_go_provider(
        provider=get_object_or_404(queries.providers_seen_by(request.actor), pk=provider_id),
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/pool", response=ResourceOut)
def offer_resource(request: Request, body: OfferIn) -> object:
    """Put a resource into the pool."""
    actor = request.actor
    doors.require_anywhere(actor, Act.OFFER)
    provider = None
    if body.provider_id is not None:
        provider = get_object_or_404(queries.providers_seen_by(actor), pk=body.provider_id)
    new = services.NewResource(
        title=body.title,
        kind=body.kind,
        org=get_object_or_404(queries.orgs_for(actor, Act.OFFER), code=body.org),
        open_to=get_object_or_404(queries.orgs_above(actor, Act.OFFER), code=body.open_to),
        quantity=body.quantity,
        unit=body.unit,
        provider=provider,
        about=body.about,
        free_until=body.free_until,
    )
    return services.offer_resource(new=new, at=timezone.now(), by=actor)


@router.post(f"{OFFER}/withdraw", response=ResourceOut)
def withdraw_resource(request: Request, resource_id: int, body: ReasonIn) -> object:
    """Take a resource out of the pool; what was agreed before stands."""
    return services.withdraw_resource(
        resource=_resource(request, resource_id),
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/needs", response=NeedOut)
def raise_need(request: Request, body: NeedIn) -> object:
    """Tell what is lacking."""
    doors.require_anywhere(request.actor, Act.ASK)
    org = get_object_or_404(queries.orgs_for(request.actor, Act.ASK), code=body.org)
    new = services.NewNeed(**{**body.dict(), "org": org})
    return services.raise_need(new=new, at=timezone.now(), by=request.actor)


@router.get(f"{NEED}/proposals", response=list[ProposedOut])
def proposals(request: Request, need_id: int) -> object:
    """Tell which resources would do for a need, the best first, each with its reasons."""
    found = queries.proposals_for(request.actor, _need(request, need_id))
    return [{"resource": one, "reasons": list(why.reasons)} for one, why in found]


@router.post(f"{NEED}/allocations", response=AllocationOut)
def ask_for(request: Request, need_id: int, body: AskIn) -> object:
    """Ask for so much of a resource for a need."""
    return services.ask_for(
        need=_need(request, need_id),
        resource=_resource(request, body.resource_id),
        quantity=body.quantity,
        words=body.words,
        at=timezone.now(),
        by=request.actor,
    )


@router.post(f"{NEED}/meet", response=NeedOut)
def meet_need(request: Request, need_id: int) -> object:
    """Say that a need is met."""
    return services.meet_need(need=_need(request, need_id), at=timezone.now(), by=request.actor)


@router.post(f"{NEED}/close", response=NeedOut)
def close_need(request: Request, need_id: int, body: ReasonIn) -> object:
    """Take a need back."""
    found = _need(request, need_id)
    return services.close_need(need=found, reason=body.reason, at=timezone.now(), by=request.actor)


@router.get("/allocations", response=list[AllocationOut])
@paginate(ByKey, order=["-pk"])
def allocations(request: Request) -> object:
    """List what was asked for and given on either side in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.allocations_seen_by(request.actor)


@router.post(f"{ALLOCATION}/agree", response=AllocationOut)
def agree_to_allocation(request: Request, allocation_id: int) -> object:
    """Give what is asked for; never more than there is."""
    found = _allocation(request, allocation_id)
    return services.agree(allocation=found, at=timezone.now(), by=request.actor)


@router.post(f"{ALLOCATION}/refuse", response=AllocationOut)
def refuse_allocation(request: Request, allocation_id: int, body: ReasonIn) -> object:
    """Keep what is asked for."""
    found = _allocation(request, allocation_id)
    return services.refuse(
        allocation=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.post(f"{ALLOCATION}/cancel", response=AllocationOut)
def cancel_allocation(request: Request, allocation_id: int, body: ReasonIn) -> object:
    """Take back what was asked for or agreed, by whoever asked."""
    found = _allocation(request, allocation_id)
    return services.cancel(
        allocation=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.post(f"{ALLOCATION}/deliver", response=AllocationOut)
def deliver_allocation(request: Request, allocation_id: int, body: ArrivalIn) -> object:
    """Say that it has come, and how many people it served."""
    found = _allocation(request, allocation_id)
    return services.deliver(
        allocation=found, served=body.served, at=timezone.now(), by=request.actor
    )


def _resource(request: Request, resource_id: int) -> queries.Resource:
    return get_object_or_404(queries.resources_seen_by(request.actor), pk=resource_id)


def _need(request: Request, need_id: int) -> queries.Need:
    return get_object_or_404(queries.needs_seen_by(request.actor), pk=need_id)


def _allocation(request: Request, allocation_id: int) -> queries.Allocation:
    return get_object_or_404(queries.allocations_seen_by(request.actor), pk=allocation_id)
