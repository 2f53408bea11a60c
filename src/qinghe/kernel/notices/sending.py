"""Sending what is due. Called by tasks and by `manage deliver-notices`; safe to call at any time."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Person
from qinghe.lib import identifiers
from qinghe.lib.verdicts import Refused

from . import channels, models, rules
from .kinds import Channel, Kind

AT_ONCE = 200  # deliveries in one run
BROKEN_AFTER = 2  # failures after which a channel rests for this run
REST = timedelta(minutes=1)
LINES = 10  # titles named in one e-mail
State = models.Delivery.State


@dataclass(frozen=True)
class Run:
    """What one run did; `more` tells that something due was left for the next."""

    sent: int = 0
    failed: int = 0
    later: int = 0
    again: tuple[datetime, ...] = ()  # when another run is needed
    more: bool = False


def deliver_due(*, at: datetime) -> Run:
    """Send what is due: what waits for one person by one channel goes as one message."""
    parcels: dict[tuple[int, Channel], list[models.Delivery]] = defaultdict(list)
    claimed = _claimed(at=at)
    for delivery in claimed:
        parcels[delivery.notice.person_id, Channel(delivery.channel)].append(delivery)
    failures: Counter[Channel] = Counter()
    sent = failed = later = 0
    again: set[datetime] = set()
    for (_, channel), parcel in parcels.items():
        if failures[channel] >= BROKEN_AFTER:
            later += len(parcel)
            again |= _rest(parcel, at=at)
        elif _send(parcel, channel):
            sent += len(parcel)
            _sent(parcel, at=at)
        else:
            failed += len(parcel)
            failures[channel] += 1
            again |= _failed(parcel, at=at)
    return Run(sent, failed, later, tuple(sorted(again)), more=len(claimed) == AT_ONCE)


def _claimed(*, at: datetime) -> Sequence[models.Delivery]:
    """Take what is due for this run alone: for a while no other run sees it.

    A run that dies leaves it to the next one, which may then send something a second time; better
    twice than never.
    """
    due = models.Delivery.objects.filter(state=State.QUEUED, next_try__lte=at)
    mine = []
    for pk, seen in due.order_by("next_try", "pk").values_list("pk", "next_try")[:AT_ONCE]:
        taken = models.Delivery.objects.filter(pk=pk, state=State.QUEUED, next_try=seen)
        if taken.update(next_try=at + rules.LEASE, tries=F("tries") + 1):
            mine.append(pk)
    found = models.Delivery.objects.filter(pk__in=mine).select_related("notice__person")
    return list(found.order_by("pk"))


def _send(parcel: Sequence[models.Delivery], channel: Channel) -> bool:
    notices = [delivery.notice for delivery in parcel]
    person = notices[0].person
    to = _receiver(person, channel)
    if to is None:
        return False
    title, text = words(notices, channel=channel)
    return channels.send(channel, to=to, title=title, text=text)


def _receiver(person: Person, channel: Channel) -> str | None:
    """Return where to send; a robot speaks to its group and needs nobody's address."""
    if channel is Channel.EMAIL:
        kept = models.Preference.objects.filter(person=person).values_list("email", flat=True)
        return kept.first() or None
    if channel is Channel.SMS:
        return _phone_of(person)
    return identifiers.mask_name(person.name)


def _phone_of(person: Person) -> str | None:
    """Return where an SMS goes; a number whose key is not at hand is nowhere, for now."""
    try:
        return people.phones_to_reach([person.pk]).get(person.pk)
    except Refused:
        return None


def words(notices: Sequence[models.Notice], *, channel: Channel) -> tuple[str, str]:
    """Return title and text of a message: no more of anybody than needed to make them look.

    E-mail carries titles, which name nobody. SMS and robots carry kinds and counts only.
    """
    kinds = Counter(Kind(notice.kind).label for notice in notices)
    counted = "、".join(f"{label}{count}条" for label, count in kinds.items())
    where = f"请登录青禾查看：{settings.QINGHE_ADDRESS}/notices/"
    if not settings.QINGHE_ADDRESS:
        where = "请登录青禾，在“通知”中查看。"
    if channel is Channel.EMAIL:
        lines = [f"· {notice.title}" for notice in notices[:LINES]]
        if len(notices) > LINES:
            lines.append(f"· 另有{len(notices) - LINES}条")
        title = notices[0].title if len(notices) == 1 else f"{len(notices)}条新通知"
        return f"【青禾】{title}", "\n".join([*lines, "", where])
    if channel is Channel.SMS:
        return "", f"【青禾】您有新通知：{counted}。{where}"
    return (
        "",
        f"【青禾】{identifiers.mask_name(notices[0].person.name)}有新通知：{counted}。{where}",
    )


def _sent(parcel: Sequence[models.Delivery], *, at: datetime) -> None:
    _rows(parcel).update(state=State.SENT, sent_at=at)


@transaction.atomic
def _failed(parcel: Sequence[models.Delivery], *, at: datetime) -> set[datetime]:
    """Write when to try again, or that it is given up; return the moments of the next tries."""
    again = set()
    for tries in range(1, rules.MOST_TRIES):
        moment = rules.next_try(tries=tries, at=at)
        if moment and _rows(parcel).filter(tries=tries).update(next_try=moment):
            again.add(moment)
    _rows(parcel).filter(tries__gte=rules.MOST_TRIES).update(state=State.FAILED)
    return again


def _rest(parcel: Sequence[models.Delivery], *, at: datetime) -> set[datetime]:
    """Put back what was not tried because its channel does not answer."""
    _rows(parcel).update(next_try=at + REST, tries=F("tries") - 1)
    return {at + REST}


def _rows(parcel: Sequence[models.Delivery]) -> QuerySet[models.Delivery]:
    return models.Delivery.objects.filter(pk__in=[delivery.pk for delivery in parcel])
