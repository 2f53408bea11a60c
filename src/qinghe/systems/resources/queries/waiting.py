"""What of resources waits for an actor: requests, arrivals, donations to look over."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.resources import models
from qinghe.systems.resources.access import Act


def allocations_waiting_for(actor: Actor) -> QuerySet[models.Allocation]:
    """Return the requests that this actor may agree to."""
    return models.Allocation.objects.filter(
        resource__org__in=actors.orgs_where(actor, Act.ALLOCATE),
        state=models.Allocation.State.ASKED,
    ).select_related("resource__org", "need__org")


def arrivals_waiting_for(actor: Actor) -> QuerySet[models.Allocation]:
    """Return what was agreed for this actor's organisations and has not arrived."""
    return models.Allocation.objects.filter(
        need__org__in=actors.orgs_where(actor, Act.ASK),
        state=models.Allocation.State.AGREED,
    ).select_related("resource__org", "need__org")


def donations_waiting_for(actor: Actor) -> QuerySet[models.Donation]:
    """Return the donations that this actor may look over."""
    return models.Donation.objects.filter(
        org__in=actors.orgs_where(actor, Act.TAKE_DONATION), state=models.Donation.State.BROUGHT
    ).select_related("org", "drive")


def allocation_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show requests as lines of the inbox."""
    return _items(allocations_waiting_for(actor).filter(pk__in=ids), what="申请")


def arrival_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show what has not arrived as lines of the inbox."""
    return _items(arrivals_waiting_for(actor).filter(pk__in=ids), what="待到位")


def _items(rows: QuerySet[models.Allocation], *, what: str) -> list[Item]:
    return [
        Item(
            pk=one.pk,
            title=f"{what}{one.resource.title} {one.quantity}{one.resource.unit}：{one.need.title}",
            org=one.need.org.name,
            url=reverse("resources:allocation", args=[one.pk]),
        )
        for one in rows
    ]


def donation_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show donations to look over as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.drive.title}：送来{one.quantity}{one.drive.unit}",
            org=one.org.name,
            url=reverse("resources:donation", args=[one.pk]),
        )
        for one in donations_waiting_for(actor).filter(pk__in=ids)
    ]
