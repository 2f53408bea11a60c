"""A resource goes to a need: one side asks, the other agrees, and the first says it has come.

What is taken of a resource is counted in the row itself, in one statement, so that two who agree at
once can never give away more than there is.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.resources import models, queries, rules
from qinghe.systems.resources.access import Act

Allocation = models.Allocation
Need = models.Need
Resource = models.Resource
State = models.Allocation.State


@transaction.atomic
def ask_for(
    *, need: Need, resource: Resource, quantity: int, words: str = "", at: datetime, by: Actor
) -> Allocation:
    """Ask for so much of a resource.

    Raises Refused: not_allowed, wrong_state, not_open_to, other_kind, nothing_asked, not_enough,
    asked_already.
    """
    actors.require(by, Act.ASK, at=need.org)
    resource = queries.resources_seen_by(by).filter(pk=resource.pk).first() or _refuse_reach()
    if need.state != Need.State.OPEN or resource.state != Resource.State.OFFERED:
        raise Refused("wrong_state", "需求已经办结，或资源已经撤下，没有申请。")
    if not need.org.path.startswith(resource.open_to.path):
        _refuse_reach()
    if need.kind != resource.kind:
        raise Refused("other_kind", "资源和需求不是同一类别，没有申请；请另选资源。")
    if quantity < 1:
        raise Refused("nothing_asked", "数量至少为1，请改正。")
    rules.check_enough(quantity=quantity, left=resource.left, unit=resource.unit)
    if need.allocations.filter(resource=resource, state__in=[State.ASKED, State.AGREED]).exists():
        raise Refused("asked_already", "已经为这项需求申请过这项资源，正在办理，没有重复申请。")
    allocation = Allocation.objects.create(
        resource=resource,
        need=need,
        quantity=quantity,
        words=words,
        asked_on=local_day(at),
        asked_by_id=by.person_id,
    )
    audit.record(by=by, verb="resources.ask_for", subject=allocation, at=at)
    return allocation


@transaction.atomic
def agree(*, allocation: Allocation, at: datetime, by: Actor) -> Allocation:
    """Give what another asked for.

    Raises Refused: not_allowed, own_request, wrong_state, not_enough.
    """
    allocation = _locked(allocation)
    actors.require(by, Act.ALLOCATE, at=allocation.resource.org)
    rules.check_not_own(decider_id=by.person_id, asker_id=allocation.asked_by_id)
    _move(allocation, to=State.AGREED)
    taken = Resource.objects.filter(
        pk=allocation.resource_id, quantity__gte=F("taken") + allocation.quantity
    ).update(taken=F("taken") + allocation.quantity)
    if not taken:
        rules.check_enough(
            quantity=allocation.quantity,
            left=allocation.resource.left,
            unit=allocation.resource.unit,
        )
    allocation.agreed_on = local_day(at)
    allocation.save(update_fields=["state", "agreed_on"])
    audit.record(by=by, verb="resources.agree", subject=allocation, at=at)
    return allocation


@transaction.atomic
def refuse(*, allocation: Allocation, reason: str, at: datetime, by: Actor) -> Allocation:
    """Keep what is asked for. Raises Refused: not_allowed, wrong_state, reason_needed."""
    check_reason(reason)
    allocation = _locked(allocation)
    actors.require(by, Act.ALLOCATE, at=allocation.resource.org)
    _move(allocation, to=State.REFUSED)
    allocation.words = reason
    allocation.save(update_fields=["state", "words"])
    _say(allocation, verb="resources.refuse", reason=reason, at=at, by=by)
    return allocation


@transaction.atomic
def cancel(*, allocation: Allocation, reason: str, at: datetime, by: Actor) -> Allocation:
    """Take back what was asked for or agreed, by whoever asked; the quantity is free again.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    check_reason(reason)
    allocation = _locked(allocation)
    actors.require(by, Act.ASK, at=allocation.need.org)
    was_agreed = allocation.state == State.AGREED
    _move(allocation, to=State.CANCELLED)
    if was_agreed:
        Resource.objects.filter(pk=allocation.resource_id).update(
            taken=F("taken") - allocation.quantity
        )
    allocation.words = reason
    allocation.save(update_fields=["state", "words"])
    _say(allocation, verb="resources.cancel", reason=reason, at=at, by=by)
    return allocation


@transaction.atomic
def deliver(*, allocation: Allocation, served: int, at: datetime, by: Actor) -> Allocation:
    """Say that it has come and how many people it served. Raises Refused: not_allowed, wrong_state."""
    allocation = _locked(allocation)
    actors.require(by, Act.ASK, at=allocation.need.org)
    _move(allocation, to=State.DELIVERED)
    allocation.delivered_on, allocation.served = local_day(at), served
    allocation.save(update_fields=["state", "delivered_on", "served"])
    audit.record(
        by=by, verb="resources.deliver", subject=allocation, at=at, detail={"served": served}
    )
    return allocation


def _locked(allocation: Allocation) -> Allocation:
    kept = Allocation.objects.select_for_update(of=("self",))
    return kept.select_related("resource__org", "need__org").get(pk=allocation.pk)


def _move(allocation: Allocation, *, to: State) -> None:
    rules.check_move(rules.ALLOCATION_MOVES, now=allocation.state, to=to, what="调配")
    allocation.state = to


def _say(allocation: Allocation, *, verb: str, reason: str, at: datetime, by: Actor) -> None:
    audit.record(by=by, verb=verb, subject=allocation, at=at, detail={"reason": reason})


def _refuse_reach() -> Resource:
    raise Refused("not_open_to", "这项资源不在本单位可用的范围内，没有申请；请另选资源。")
