"""Subscribing, resting, going on, ending, trying out, sending again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.secrets import services as secrets
from qinghe.lib import sentences

from . import models, queries, rules
from .access import Act
from .events import TEST

State = models.Subscription.State
Waiting = models.Dispatch.State


@dataclass(frozen=True)
class NewSubscription:
    """Which address is to be told of which events of an organisation and all below it."""

    org: Org
    name: str
    address: str
    events: Sequence[str]


@transaction.atomic
def subscribe(*, new: NewSubscription, at: datetime, by: Actor) -> tuple[models.Subscription, str]:
    """Have an address told from now on; return the subscription and its secret, shown once.

    Raises Refused: not_allowed, bad_address, not_https, no_event, too_many.
    """
    actors.require(by, Act.SUBSCRIBE, at=new.org)
    rules.check_address(new.address, plain_allowed=settings.QINGHE_HOOKS_HTTP)
    offered = [event.code for event in queries.events_for(by, at=new.org)]
    rules.check_events(new.events, known=offered)
    standing = models.Subscription.objects.filter(org=new.org).exclude(state=State.ENDED)
    rules.check_not_too_many(standing.count())
    made = models.Subscription.objects.create(
        org=new.org,
        person_id=by.person_id,
        name=new.name,
        address=new.address,
        events=sorted(new.events),
        made_at=at,
    )
    secret = rules.new_secret()
    made.secret = secrets.seal(secret, about=secrets.place(made, "secret"))
    made.save(update_fields=["secret"])
    events = "、".join(map(queries.words_of, made.events))
    detail = {"name": new.name, "address": new.address, "events": events}
    audit.record(by=by, verb="hooks.subscribe", subject=made, at=at, detail=detail)
    return made, secret


@transaction.atomic
def pause(*, subscription: models.Subscription, at: datetime, by: Actor) -> models.Subscription:
    """Send nothing until it goes on; what happens meanwhile waits. Raises Refused: not_allowed,
    wrong_state.
    """
    return _moved(subscription, to=State.PAUSED, why="由管理人暂停", at=at, by=by)


@transaction.atomic
def resume(*, subscription: models.Subscription, at: datetime, by: Actor) -> models.Subscription:
    """Go on, first with what waited; whoever says so answers for it from now on.

    Raises Refused: not_allowed, no_event, wrong_state.
    """
    offered = [event.code for event in queries.events_for(by, at=subscription.org)]
    rules.check_events(subscription.events, known=offered)
    kept = _moved(subscription, to=State.ACTIVE, why="", at=at, by=by)
    kept.person_id = by.person_id
    kept.save(update_fields=["person"])
    kept.dispatches.filter(state=Waiting.WAITING).update(next_try=at, tries=0)
    return kept


@transaction.atomic
def end(*, subscription: models.Subscription, at: datetime, by: Actor) -> models.Subscription:
    """End it for good; what still waits is not sent. Raises Refused: not_allowed, wrong_state."""
    return _moved(subscription, to=State.ENDED, why="", at=at, by=by)


@transaction.atomic
def try_out(*, subscription: models.Subscription, at: datetime, by: Actor) -> models.Dispatch:
    """Send something that means nothing, to see whether it arrives.

    Raises Refused: not_allowed, not_active.
    """
    kept = _locked(subscription, by=by)
    rules.check_active(kept.state)
    happening = models.Happening.objects.create(
        event=TEST, org=kept.org, told={"subscription": kept.name}, at=at, spread=True
    )
    made = models.Dispatch.objects.create(subscription=kept, happening=happening, next_try=at)
    audit.record(by=by, verb="hooks.try_out", subject=kept, at=at)
    return made


@transaction.atomic
def send_again(*, dispatch: models.Dispatch, at: datetime, by: Actor) -> models.Dispatch:
    """Send one thing once more, under the same event id. Raises Refused: not_allowed, not_active."""
    kept = _locked(dispatch.subscription, by=by)
    rules.check_active(kept.state)
    again = models.Dispatch.objects.select_for_update(of=("self",)).get(pk=dispatch.pk)
    again.state, again.tries, again.next_try = Waiting.WAITING, 0, at
    again.save(update_fields=["state", "tries", "next_try"])
    detail = {"dispatch": again.pk}
    audit.record(by=by, verb="hooks.send_again", subject=kept, at=at, detail=detail)
    return again


@transaction.atomic
def rest(*, subscription: models.Subscription, why: str, at: datetime, by: str) -> None:
    """Pause what does not get through, or may not any more, and tell who answers for it."""
    moved = models.Subscription.objects.filter(pk=subscription.pk, state=State.ACTIVE)
    if not moved.update(state=State.PAUSED, why=why):
        return
    audit.record(by=by, verb="hooks.rest", subject=subscription, at=at, detail={"why": why})
    notices.notify(
        person_ids=[subscription.person_id],
        kind=Kind.JOB,
        title="事件推送已暂停",
        text=f"“{subscription.name}”已暂停：{sentences.inside(why)}。这段时间的事件保留30天，恢复后补发。",
        url=f"/hooks/{subscription.pk}/",
        at=at,
    )


def _moved(
    subscription: models.Subscription, *, to: State, why: str, at: datetime, by: Actor
) -> models.Subscription:
    kept = _locked(subscription, by=by)
    rules.check_move(now=kept.state, to=to)
    kept.state, kept.why = to, why
    kept.save(update_fields=["state", "why"])
    verb = {State.PAUSED: "pause", State.ACTIVE: "resume", State.ENDED: "end"}[to]
    audit.record(by=by, verb=f"hooks.{verb}", subject=kept, at=at)
    return kept


def _locked(subscription: models.Subscription, *, by: Actor) -> models.Subscription:
    found = models.Subscription.objects.select_for_update(of=("self",)).select_related("org")
    kept = found.get(pk=subscription.pk)
    actors.require(by, Act.SUBSCRIBE, at=kept.org)
    return kept
