"""Subscriptions and what was sent for them, as somebody may see them."""

from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from qinghe.edges import system
from qinghe.kernel.access import actors
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day

from . import models
from .access import Act
from .events import TEST, Event

Subscription = models.Subscription
Dispatch = models.Dispatch


def subscriptions_seen_by(actor: Actor) -> QuerySet[models.Subscription]:
    """Return the subscriptions of organisations where this actor keeps them, newest first."""
    waits = Q(dispatches__state=Dispatch.State.WAITING)
    return (
        models.Subscription.objects.filter(actors.within_reach(actor, Act.SUBSCRIBE))
        .select_related("org", "person")
        .annotate(waiting=Count("dispatches", filter=waits), tried=Max("dispatches__tried_at"))
        .order_by("-made_at", "-pk")
    )


def dispatches_seen_by(actor: Actor) -> QuerySet[models.Dispatch]:
    """Return what was or will be sent for those subscriptions, newest first."""
    mine = actors.within_reach(actor, Act.SUBSCRIBE, path="subscription__org__path")
    found = models.Dispatch.objects.filter(mine)
    return found.select_related("subscription__org", "happening__org").order_by("-pk")


def orgs_for(actor: Actor) -> QuerySet[Org]:
    """Return the open organisations whose events this actor may have sent."""
    return actors.orgs_where(actor, Act.SUBSCRIBE).filter(closed_on__isnull=True)


def known_events() -> list[Event]:
    """Return every event that the installed systems declare, in the order of the menu."""
    return [event for installed in system.INSTALLED for event in installed.events]


def events_for(actor: Actor, *, at: Org) -> list[Event]:
    """Return the events that this actor may have sent of an organisation."""
    return [event for event in known_events() if actors.may(actor, event.act, at=at)]


def may_have(actor: Actor, dispatch: models.Dispatch) -> bool:
    """Test if what happened may still be told under this actor's name."""
    happening = dispatch.happening
    if not actors.may(actor, Act.SUBSCRIBE, at=dispatch.subscription.org):
        return False
    if happening.event == TEST:
        return True
    return any(event.code == happening.event for event in events_for(actor, at=happening.org))


def answering(subscription: models.Subscription, *, at: datetime) -> Actor:
    """Return who answers for a subscription, with the roles of the day; nobody without account."""
    account = access.account_of(subscription.person)
    return access.actor_of(account.user, local_day(at)) if account else access.NOBODY


def words_of(code: str) -> str:
    """Return what an event is called."""
    words = {event.code: event.label for event in known_events()}
    return "试推送" if code == TEST else words.get(code, code)
