"""Who offers what, and who needs what."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.resources import models, rules
from qinghe.systems.resources.access import Act

Allocation = models.Allocation
Need = models.Need
Resource = models.Resource


@dataclass(frozen=True)
class NewProvider:
    """A unit that joins."""

    name: str
    org: Org
    about: str = ""


@dataclass(frozen=True)
class NewResource:
    """A resource that is offered."""

    title: str
    kind: str
    org: Org
    open_to: Org
    quantity: int
    unit: str
    provider: models.Provider | None = None
    about: str = ""
    free_until: date | None = None


@dataclass(frozen=True)
class NewNeed:
    """A need that is raised."""

    title: str
    kind: str
    org: Org
    quantity: int
    unit: str
    needed_by: date
    about: str = ""


@transaction.atomic
def take_in_provider(*, new: NewProvider, at: datetime, by: Actor) -> models.Provider:
    """Enter a unit that offers something. Raises Refused: not_allowed, org_closed, name_taken."""
    actors.require(by, Act.OFFER, at=new.org)
    orgs.check_takes_new(org=new.org)
    if models.Provider.objects.filter(org=new.org, name=new.name).exists():
        raise Refused("name_taken", f"“{new.name}”已经登记过，没有重复登记。")
    provider = models.Provider.objects.create(
        name=new.name, org=new.org, about=new.about, joined_on=local_day(at)
    )
    audit.record(by=by, verb="resources.take_in_provider", subject=provider, at=at)
    return provider


@transaction.atomic
def let_go_provider(
    *, provider: models.Provider, reason: str, at: datetime, by: Actor
) -> models.Provider:
    """Let a unit leave; what it gave stays on record.

    Raises Refused: not_allowed, reason_needed, already_left, still_offering.
    """
    check_reason(reason)
    kept = models.Provider.objects.select_for_update(of=("self",)).select_related("org")
    provider = kept.get(pk=provider.pk)
    actors.require(by, Act.OFFER, at=provider.org)
    if provider.left_on:
        raise Refused("already_left", "这家单位已经退出，没有改动。")
    if provider.resources.filter(state=Resource.State.OFFERED).exists():
        raise Refused("still_offering", "这家单位还有可调配的资源，请先撤下资源，再办理退出。")
    provider.left_on = local_day(at)
    provider.save(update_fields=["left_on"])
    audit.record(
        by=by, verb="resources.let_go_provider", subject=provider, at=at, detail={"reason": reason}
    )
    return provider


@transaction.atomic
def offer_resource(*, new: NewResource, at: datetime, by: Actor) -> Resource:
    """Put a resource into the pool.

    Raises Refused: not_allowed, org_closed, nothing_offered, not_open_to, provider_left.
    """
    actors.require(by, Act.OFFER, at=new.org)
    orgs.check_takes_new(org=new.org)
    if new.quantity < 1:
        raise Refused("nothing_offered", "数量至少为1，请改正。")
    if not new.org.path.startswith(new.open_to.path):
        raise Refused("not_open_to", "使用范围只能是管理单位自己或它的上级，请改选。")
    if new.provider and new.provider.left_on:
        raise Refused("provider_left", "这家单位已经退出，不能再以它的名义登记资源。")
    resource = Resource.objects.create(
        title=new.title,
        kind=new.kind,
        org=new.org,
        provider=new.provider,
        open_to=new.open_to,
        about=new.about,
        quantity=new.quantity,
        unit=new.unit,
        free_until=new.free_until,
        offered_on=local_day(at),
    )
    audit.record(by=by, verb="resources.offer_resource", subject=resource, at=at)
    return resource


@transaction.atomic
def withdraw_resource(*, resource: Resource, reason: str, at: datetime, by: Actor) -> Resource:
    """Take a resource out of the pool; what was agreed before stands.

    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    check_reason(reason)
    kept = Resource.objects.select_for_update(of=("self",)).select_related("org")
    resource = kept.get(pk=resource.pk)
    actors.require(by, Act.OFFER, at=resource.org)
    if resource.state != Resource.State.OFFERED:
        raise Refused("wrong_state", "这项资源已经撤下，没有改动。")
    resource.state = Resource.State.WITHDRAWN
    resource.withdrawn_on = local_day(at)
    resource.save(update_fields=["state", "withdrawn_on"])
    audit.record(
        by=by,
        verb="resources.withdraw_resource",
        subject=resource,
        at=at,
        detail={"reason": reason},
    )
    return resource


@transaction.atomic
def raise_need(*, new: NewNeed, at: datetime, by: Actor) -> Need:
    """Tell what is lacking. Raises Refused: not_allowed, org_closed, nothing_asked, wrong_order."""
    actors.require(by, Act.ASK, at=new.org)
    orgs.check_takes_new(org=new.org)
    if new.quantity < 1:
        raise Refused("nothing_asked", "数量至少为1，请改正。")
    rules.check_order(first=local_day(at), then=new.needed_by, what="希望到位日期")
    need = Need.objects.create(
        title=new.title,
        kind=new.kind,
        org=new.org,
        about=new.about,
        quantity=new.quantity,
        unit=new.unit,
        raised_on=local_day(at),
        needed_by=new.needed_by,
    )
    audit.record(by=by, verb="resources.raise_need", subject=need, at=at)
    return need


@transaction.atomic
def meet_need(*, need: Need, at: datetime, by: Actor) -> Need:
    """Say that a need is met: something has arrived for it, and nothing is on its way.

    Raises Refused: not_allowed, wrong_state, nothing_arrived, still_on_the_way.
    """
    need = _locked(need, by=by)
    rules.check_move(rules.NEED_MOVES, now=need.state, to="met", what="需求")
    if not need.allocations.filter(state=Allocation.State.DELIVERED).exists():
        raise Refused("nothing_arrived", "还没有资源到位，不能记为已满足；不再需要的请撤回。")
    _check_nothing_under_way(need)
    need.state, need.ended_on = Need.State.MET, local_day(at)
    need.save(update_fields=["state", "ended_on"])
    audit.record(by=by, verb="resources.meet_need", subject=need, at=at)
    return need


@transaction.atomic
def close_need(*, need: Need, reason: str, at: datetime, by: Actor) -> Need:
    """Take a need back.

    Raises Refused: not_allowed, reason_needed, wrong_state, still_on_the_way.
    """
    check_reason(reason)
    need = _locked(need, by=by)
    rules.check_move(rules.NEED_MOVES, now=need.state, to="closed", what="需求")
    _check_nothing_under_way(need)
    need.state, need.ended_on, need.reason = Need.State.CLOSED, local_day(at), reason
    need.save(update_fields=["state", "ended_on", "reason"])
    audit.record(by=by, verb="resources.close_need", subject=need, at=at, detail={"reason": reason})
    return need


def _locked(need: Need, *, by: Actor) -> Need:
    kept = Need.objects.select_for_update(of=("self",)).select_related("org").get(pk=need.pk)
    actors.require(by, Act.ASK, at=kept.org)
    return kept


def _check_nothing_under_way(need: Need) -> None:
    waiting = [Allocation.State.ASKED, Allocation.State.AGREED]
    if need.allocations.filter(state__in=waiting).exists():
        raise Refused("still_on_the_way", "还有资源在申请或调配途中，请先办结或取消，再办理。")
