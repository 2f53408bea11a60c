"""Telling people what they should know, and carrying it out of the house."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time

from django.db import transaction
from django.db.models import QuerySet

from qinghe.kernel.audit import services as audit
from qinghe.lib.verdicts import Refused

from . import models, queries, rules, tasks
from .kinds import Channel, Kind
from .rules import Wish

MOST_TITLE, MOST_TEXT = 120, 500
State = models.Delivery.State


@transaction.atomic
def notify(
    *, person_ids: Collection[int], kind: Kind, title: str, text: str, url: str, at: datetime
) -> list[models.Notice]:
    """Tell some people something: in their list at once, outside as each of them chose.

    Nothing is sent here: no channel can fail or hold up the caller. `title` names nobody, for it
    may leave the house by e-mail; `text` stays inside. `url` is a path of ours.
    """
    told = models.Notice.objects.bulk_create(
        models.Notice(
            person_id=person_id,
            kind=Kind(kind),
            title=title[:MOST_TITLE],
            text=text[:MOST_TEXT],
            url=url,
            at=at,
        )
        for person_id in dict.fromkeys(person_ids)
    )
    chosen = models.Preference.objects.in_bulk([notice.person_id for notice in told])
    wishes = {pk: queries.wish_of(preference) for pk, preference in chosen.items()}
    _queue(told, wishes=wishes, at=at)
    return told


@transaction.atomic
def read(*, notices: QuerySet[models.Notice], at: datetime) -> int:
    """Mark a person's notices as read, and tell how many were not yet."""
    return notices.filter(read_at__isnull=True).update(read_at=at)


@transaction.atomic
def keep_preference(
    *,
    person_id: int,
    email: str,
    chosen: Mapping[str, Sequence[str]],
    quiet: tuple[time, time] | None,
    digest_at: time | None,
    at: datetime,
    by: object,
) -> models.Preference:
    """Keep how a person wants to be told. Raises Refused: email_needed, same_hours."""
    if not email and any(Channel.EMAIL in channels for channels in chosen.values()):
        raise Refused("email_needed", "选择了邮件通知，请填写接收通知的邮箱。")
    if quiet and quiet[0] == quiet[1]:
        raise Refused("same_hours", "免打扰的开始和结束时间不能相同，请改正。")
    quiet_from, quiet_until = quiet or (None, None)
    kept, _ = models.Preference.objects.update_or_create(
        person_id=person_id,
        defaults={
            "email": email,
            "chosen": {kind: sorted(channels) for kind, channels in chosen.items() if channels},
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "digest_at": digest_at,
        },
    )
    audit.record(by=by, verb="notices.keep_preference", subject=kept, at=at)
    return kept


@transaction.atomic
def remember(*, reminders: Collection[models.Reminder]) -> None:
    """Keep that these reminders have been given."""
    models.Reminder.objects.bulk_create(reminders, ignore_conflicts=True)


def _queue(told: Sequence[models.Notice], *, wishes: Mapping[int, Wish], at: datetime) -> None:
    """Queue what leaves the house, and a task for each moment at which some of it may go."""
    queued = [
        models.Delivery(
            notice=notice,
            channel=channel,
            next_try=rules.send_at(wish=wish, kind=Kind(notice.kind), at=at),
        )
        for notice in told
        if (wish := wishes.get(notice.person_id))
        for channel in wish.channels_for(Kind(notice.kind))
    ]
    moments = {delivery.next_try for delivery in queued}
    waiting = models.Delivery.objects.filter(state=State.QUEUED, next_try__in=moments)
    asked = set(waiting.values_list("next_try", flat=True).distinct())  # a task comes for these
    models.Delivery.objects.bulk_create(queued)
    for moment in sorted(moments - asked):
        tasks.deliver_at(moment)
