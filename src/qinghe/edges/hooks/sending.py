"""Sending what is due. Called by the worker through `manage deliver-hooks`; safe to call any time."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from qinghe.kernel.secrets import services as secrets
from qinghe.lib.verdicts import Refused

from . import models, queries, rules, services, wire
from .wire import Answer

HANDS = 8  # subscriptions that are served side by side
SPREAD = 500  # happenings that are handed to subscriptions in one transaction
BY = "事件推送"
State = models.Dispatch.State
Active = models.Subscription.State
Clock = Callable[[], datetime]


class Post(Protocol):
    """A way to another house."""

    def __call__(self, address: str, *, body: bytes, headers: Mapping[str, str]) -> Answer: ...


@dataclass(frozen=True)
class Run:
    """What one run did; `more` tells that something due was left for the next."""

    sent: int = 0
    failed: int = 0
    more: bool = False


@dataclass(frozen=True)
class Letter:
    """One dispatch ready to go: a thread that carries it asks the database nothing."""

    dispatch: models.Dispatch
    address: str
    body: bytes
    secret: str


def deliver_due(*, clock: Clock = timezone.now, post: Post = wire.post) -> Run:
    """Hand out what happened to who listened, and send what is due, each subscription in turn."""
    while spread(at=clock()) == SPREAD:
        continue
    piles = _claimed(at=clock())
    letters = [ready for pile in piles if (ready := _ready(pile, at=clock()))]
    sent = failed = 0
    with ThreadPoolExecutor(max_workers=HANDS) as hands:
        carried = hands.map(lambda pile: _carry(pile, clock=clock, post=post), letters)
        for pile, answers in zip(letters, carried, strict=True):
            for letter, answer in zip(pile, answers, strict=False):
                _note(letter.dispatch, answer, at=clock())
            good = sum(answer.is_good for answer in answers)
            sent, failed = sent + good, failed + len(answers) - good
            _put_off(pile[len(answers) :], after=pile[len(answers) - 1].dispatch)
    return Run(sent, failed, more=any(len(pile) == rules.AT_ONCE for pile in piles))


def spread(*, at: datetime) -> int:
    """Give every subscription that listened its dispatch of what happened; return of how much.

    A plain look comes first: on SQLite a transaction waits in the line of writers from its start.
    """
    if not models.Happening.objects.filter(spread=False).exists():
        return 0
    return _spread(at=at)


@transaction.atomic
def _spread(*, at: datetime) -> int:
    fresh = list(
        models.Happening.objects.select_for_update(of=("self",))
        .filter(spread=False)
        .select_related("org")
        .order_by("pk")[:SPREAD]
    )
    listening = models.Subscription.objects.exclude(state=Active.ENDED).select_related("org")
    rows = [
        models.Dispatch(subscription=one, happening=happening, next_try=at)
        for one in listening
        for happening in fresh
        if happening.event in one.events and happening.org.path.startswith(one.org.path)
    ]
    models.Dispatch.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    models.Happening.objects.filter(pk__in=[one.pk for one in fresh]).update(spread=True)
    return len(fresh)


def _claimed(*, at: datetime) -> list[list[models.Dispatch]]:
    """Take what is due for this run alone, a pile for each subscription, the oldest first.

    A run that dies leaves its pile to the next one, which may send some of it a second time under
    the same event id; better twice than never.
    """
    due = models.Dispatch.objects.filter(
        state=State.WAITING, next_try__lte=at, subscription__state=Active.ACTIVE
    )
    piles: dict[int, list[int]] = defaultdict(list)
    for owner in due.order_by().values_list("subscription", flat=True).distinct():
        mine = due.filter(subscription=owner).order_by("pk")
        for pk, seen in mine.values_list("pk", "next_try")[: rules.AT_ONCE]:
            taken = models.Dispatch.objects.filter(pk=pk, state=State.WAITING, next_try=seen)
            if taken.update(next_try=at + rules.LEASE):
                piles[owner].append(pk)
    found = models.Dispatch.objects.select_related(
        "subscription__org", "subscription__person", "happening__org"
    )
    return [list(found.filter(pk__in=pks).order_by("pk")) for pks in piles.values()]


def _ready(pile: Sequence[models.Dispatch], *, at: datetime) -> list[Letter]:
    """Write the letters of one subscription; none when nobody answers for it any more."""
    subscription = pile[0].subscription
    actor = queries.answering(subscription, at=at)
    if not all(queries.may_have(actor, dispatch) for dispatch in pile):
        services.rest(subscription=subscription, why="负责人已无权查看这些事件", at=at, by=BY)
        return []
    try:
        secret = secrets.unseal(subscription.secret, about=secrets.place(subscription, "secret"))
    except Refused:  # the keys are not at hand: the lease brings it back
        return []
    return [
        Letter(
            dispatch=dispatch,
            address=subscription.address,
            body=rules.body_of(
                event=dispatch.happening.event,
                at=dispatch.happening.at,
                told=dispatch.happening.told,
            ),
            secret=secret,
        )
        for dispatch in pile
    ]


def _carry(pile: Sequence[Letter], *, clock: Clock, post: Post) -> list[Answer]:
    """Send one after the other, up to the first that does not arrive."""
    answers: list[Answer] = []
    for letter in pile:
        headers = rules.headers_of(
            key=letter.dispatch.happening.key, body=letter.body, secret=letter.secret, at=clock()
        )
        answers.append(post(letter.address, body=letter.body, headers=headers))
        if not answers[-1].is_good:
            break
    return answers


@transaction.atomic
def _note(dispatch: models.Dispatch, answer: Answer, *, at: datetime) -> None:
    """Write down what was answered, and when to try again if it was no yes."""
    dispatch.tries, dispatch.tried_at = dispatch.tries + 1, at
    dispatch.status, dispatch.said = answer.status or None, answer.said[:120]
    again = rules.next_try(tries=dispatch.tries, at=at)
    if answer.is_good:
        dispatch.state = State.SENT
    elif again:
        dispatch.next_try = again
    else:
        services.rest(
            subscription=dispatch.subscription,
            why=f"连续一天没有送达（{dispatch.said}）",
            at=at,
            by=BY,
        )
    dispatch.save(update_fields=["tries", "tried_at", "status", "said", "state", "next_try"])


def _put_off(pile: Sequence[Letter], *, after: models.Dispatch) -> None:
    """Let what stood behind one that did not arrive wait as long as that one; no try is counted."""
    keys = [letter.dispatch.pk for letter in pile]
    moment = after.next_try + timedelta(microseconds=1)
    models.Dispatch.objects.filter(pk__in=keys, state=State.WAITING).update(next_try=moment)
