"""Which branches below an organisation can be registered now, and what the others wait for."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.appraisals import models
from qinghe.systems.appraisals.access import Act

Roll = models.Roll
State = models.Roll.State
DONE_OR_READY = (State.APPROVED, State.REGISTERED)


@dataclass(frozen=True)
class Readiness:
    """How many branches are ready, how many were reviewed there, and how many are done or not ready."""

    ready: int
    members: int
    done: int
    waiting: int


def rolls_to_register(actor: Actor, campaign: models.Campaign, org: Org) -> QuerySet[Roll]:
    """Return the branches below an organisation whose grades are approved, for who keeps them."""
    mine = _kept_by(actor, campaign, org)
    return mine.filter(state=State.APPROVED).order_by("pk")


def rolls_not_ready(actor: Actor, campaign: models.Campaign, org: Org) -> QuerySet[Roll]:
    """Return the branches below an organisation that cannot be registered yet."""
    mine = _kept_by(actor, campaign, org).exclude(state__in=DONE_OR_READY)
    return mine.select_related("org__parent").order_by("org__path")


def readiness(actor: Actor, campaign: models.Campaign, org: Org) -> Readiness:
    """Return how far the branches below an organisation are, in one question."""
    ready, done = Q(state=State.APPROVED), Q(state=State.REGISTERED)
    found = (
        _kept_by(actor, campaign, org)
        .order_by()
        .aggregate(
            ready=Count("pk", filter=ready),
            members=Sum("graded", filter=ready, default=0),
            done=Count("pk", filter=done),
            waiting=Count("pk", filter=~(ready | done)),
        )
    )
    return Readiness(**found)


def _kept_by(actor: Actor, campaign: models.Campaign, org: Org) -> QuerySet[Roll]:
    below = Roll.objects.filter(campaign=campaign, org__path__startswith=org.path)
    return below.filter(actors.within_reach(actor, Act.KEEP))
