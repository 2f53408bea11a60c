"""Claims: seen, waiting, and for whom somebody may claim."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse

from qinghe.edges import inbox
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.targets import models
from qinghe.systems.targets.access import Act

from .lists import ListState

Claim = models.Claim
ClaimState = models.Claim.State


def claims_seen_by(actor: Actor) -> QuerySet[models.Claim]:
    """Return the claims on lists where this actor may look, and those of their own."""
    kept = actors.within_reach(actor, Act.SEE, path="item__task_list__org__path")
    own = actors.within_reach(actor, Act.CARRY)
    return models.Claim.objects.filter(kept | own).select_related(
        "item__task_list__org", "org", "asked_by", "decided_by"
    )


def claimants_for(actor: Actor, item: models.Item) -> QuerySet[Org]:
    """Return the organisations below a list's keeper for which this actor may claim an item."""
    keeper = item.task_list.org
    below = actors.orgs_where(actor, Act.CARRY).filter(path__startswith=keeper.path)
    taken = Q(pk__in=item.claims.filter(state__in=_LIVING).values("org"))
    return below.filter(closed_on__isnull=True).exclude(Q(pk=keeper.pk) | taken)


_LIVING = [ClaimState.ASKED, ClaimState.GRANTED]


def claims_to_grant(actor: Actor) -> QuerySet[models.Claim]:
    """Return what waits for this actor as the keeper of the list."""
    return models.Claim.objects.filter(
        actors.within_reach(actor, Act.KEEP, path="item__task_list__org__path"),
        state=ClaimState.ASKED,
        item__task_list__state=ListState.PUBLISHED,
    )


def claim_items(actor: Actor, ids: Sequence[int]) -> list[inbox.Item]:
    """Show claims as lines of the inbox; the keeper can grant one right there."""
    return [
        inbox.Item(
            pk=one.pk,
            title=f"{one.org.name}认领“{one.item.title}”",
            url=reverse("targets:item", args=[one.item_id]),
            org=one.org.name,
            steps=(inbox.Step("确认", reverse("targets:claim_grant", args=[one.pk])),),
        )
        for one in claims_seen_by(actor).filter(pk__in=ids)
    ]


def claim_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return claims behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.org.name}认领“{one.item.title}”",
            cells=(("确认日期", one.decided_on.isoformat() if one.decided_on else "—"),),
            url=reverse("targets:item", args=[one.item_id]),
        )
        for one in claims_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
