"""The pool: who offers, what is offered to whom, what is needed, and what went where."""

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.systems.resources import models, rules
from qinghe.systems.resources.access import Act
from qinghe.systems.resources.rules import Offer, Proposal, Wanted

Allocation = models.Allocation  # named here for the edges, which do not import models
Need = models.Need
Provider = models.Provider
Resource = models.Resource
AllocationState = models.Allocation.State
NeedState = models.Need.State
ResourceState = models.Resource.State


def orgs_for(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations in which this actor may do an act, for a form to offer."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True)


def orgs_above(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the organisations in which this actor may do an act, and those they stand under."""
    return Org.objects.filter(Exists(actors.reached(actor, act, under="path")))


def providers_seen_by(actor: Actor) -> QuerySet[models.Provider]:
    """Return the units entered where this actor may look."""
    seen = actors.orgs_where(actor, Act.SEE)
    return models.Provider.objects.filter(org__in=seen).select_related("org")


def resources_seen_by(actor: Actor) -> QuerySet[models.Resource]:
    """Return the resources kept where this actor may look, and those in the pool open to them."""
    seen = actors.orgs_where(actor, Act.SEE)
    open_to_me = Exists(actors.reached(actor, Act.SEE, under="open_to__path"))
    offered = Q(open_to_me, state=ResourceState.OFFERED)
    return models.Resource.objects.filter(Q(org__in=seen) | offered).select_related(
        "org", "open_to", "provider"
    )


def resources_of(actor: Actor, org: Org) -> QuerySet[models.Resource]:
    """Return what is kept at an organisation or below it, and what the pool opens to it."""
    above = codes_in(org.path)
    there = Q(org__path__startswith=org.path) | Q(open_to__code__in=above)
    return resources_seen_by(actor).filter(there)


def needs_seen_by(actor: Actor) -> QuerySet[models.Need]:
    """Return the needs raised where this actor may look, the most pressing first."""
    seen = actors.orgs_where(actor, Act.SEE)
    return models.Need.objects.filter(org__in=seen).select_related("org")


def allocations_seen_by(actor: Actor) -> QuerySet[models.Allocation]:
    """Return the allocations of which this actor may see either side."""
    seen = actors.orgs_where(actor, Act.SEE)
    either = Q(resource__org__in=seen) | Q(need__org__in=actors.orgs_where(actor, Act.SEE))
    return models.Allocation.objects.filter(either).select_related("resource__org", "need__org")


def proposals_for(actor: Actor, need: models.Need) -> list[tuple[models.Resource, Proposal]]:
    """Return the resources that would do for a need, the best first, each with its reasons."""
    served = models.Allocation.objects.filter(
        resource=OuterRef("pk"), need__org=need.org_id, state=AllocationState.DELIVERED
    )
    fitting = resources_seen_by(actor).filter(
        kind=need.kind, state=ResourceState.OFFERED, quantity__gt=F("taken")
    )
    by_key = {
        one.pk: one
        for one in fitting.annotate(known=Exists(served))
        if need.org.path.startswith(one.open_to.path)
    }
    streets = _streets()
    wanted = Wanted(
        kind=need.kind,
        quantity=need.quantity,
        unit=need.unit,
        needed_by=need.needed_by,
        org_id=need.org_id,
        street=_street_of(need.org, streets),
    )
    offers = [_offer(one, streets) for one in by_key.values()]
    return [(by_key[one.resource_id], one) for one in rules.propose(wanted, offers)]


def _offer(one: models.Resource, streets: Sequence[str]) -> Offer:
    return Offer(
        resource_id=one.pk,
        kind=one.kind,
        left=one.left,
        unit=one.unit,
        free_until=one.free_until,
        org_id=one.org_id,
        street=_street_of(one.org, streets),
        known=one.known,  # type: ignore[attr-defined]
    )


def _streets() -> list[str]:
    return list(Org.objects.filter(kind=OrgKind.STREET).values_list("path", flat=True))


def _street_of(org: Org, streets: Sequence[str]) -> str:
    return next((path for path in streets if org.path.startswith(path)), "")


# ── Records behind a figure ──────────────────────────────────────────────────────────────────────


def provider_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return units behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.name,
            cells=(("登记单位", one.org.name), ("加入日期", one.joined_on.isoformat())),
            url=reverse("resources:provider", args=[one.pk]),
        )
        for one in providers_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def resource_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return resources behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.title,
            cells=(
                ("管理单位", one.org.name),
                ("类别", one.get_kind_display()),
                ("入库日期", one.offered_on.isoformat()),
            ),
            url=reverse("resources:resource", args=[one.pk]),
        )
        for one in resources_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def need_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return needs behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.title,
            cells=(
                ("提出单位", one.org.name),
                ("提出日期", one.raised_on.isoformat()),
                ("状态", one.get_state_display()),
            ),
            url=reverse("resources:need", args=[one.pk]),
        )
        for one in needs_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def allocation_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return allocations behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.resource.title}：{one.quantity}{one.resource.unit}",
            cells=(
                ("需求", one.need.title),
                ("使用单位", one.need.org.name),
                ("到位日期", one.delivered_on.isoformat() if one.delivered_on else ""),
            ),
            url=reverse("resources:allocation", args=[one.pk]),
        )
        for one in allocations_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
