"""Telling those who can act, once, that something they wait on themselves is past its limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from qinghe.edges import inbox as queues
from qinghe.edges.inbox import Queue
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.notices.models import Reminder
from qinghe.lib.periods import local_day

from . import inbox

ONE_BY_ONE = 3  # more newly late things of one queue become one notice
MOST = 500  # of one queue for one person in one run; the next run takes the rest


@dataclass(frozen=True)
class Words:
    """What a notice says."""

    title: str
    text: str
    url: str


def remind(*, at: datetime) -> int:
    """Tell those who can act of each thing that is newly late, and return how many notices it took.

    What was told once is not told again, however long nothing ran; what became late meanwhile is
    told now.
    """
    return sum(
        _remind(actor, queue, at=at)
        for actor in access.actors_on(local_day(at))
        for queue in inbox.queues_of(actor)
    )


@transaction.atomic
def _remind(actor: Actor, queue: Queue, *, at: datetime) -> int:
    """Tell one person of what is newly late in one queue: notices and their marks together."""
    new = _newly_late(actor, queue, on=local_day(at))
    if not new:
        return 0
    notices.remember(
        reminders=[
            Reminder(person_id=actor.person_id, queue=queue.code, record_id=pk, due=due, at=at)
            for pk, due in new.items()
        ]
    )
    told = _words(actor, queue, new)
    for words in told:
        notices.notify(
            person_ids=[actor.person_id],
            kind=Kind.LATE,
            title=words.title,
            text=words.text,
            url=words.url,
            at=at,
        )
    return len(told)


def _newly_late(actor: Actor, queue: Queue, *, on: date) -> dict[int, date]:
    """Return what is late and was not told, with its limit; what has a new limit is told again."""
    rows = queue.in_order(queue.late(queue.waiting(actor), on=on))
    fields = ["pk", queue.since, *([queue.due] if queue.due else [])]
    late: dict[int, date] = {}
    for pk, since, *rest in rows.values_list(*fields)[:MOST]:
        began = local_day(queues.moment_of(since))
        due = queue.due_of(since=began, due=queues.day_of(rest[0]) if rest else None)
        if due is not None:
            late[pk] = due
    told = Reminder.objects.filter(
        person_id=actor.person_id, queue=queue.code, record_id__in=list(late)
    ).values_list("record_id", "due")
    for pk, due in told:
        if late.get(pk) == due:
            del late[pk]
    return late


def _words(actor: Actor, queue: Queue, new: Mapping[int, date]) -> list[Words]:
    """Word one notice for each thing, or one for all when there are many. Titles name nobody."""
    if len(new) > ONE_BY_ONE:
        title = f"{queue.label}：{len(new)}项已过时限"
        return [Words(title, "请尽快办理；办完的事项会自动离开待办。", _of_queue(queue))]
    return [
        Words(
            f"{queue.label}：1项已过时限" + (f"（{item.org}）" if item.org else ""),
            f"{item.title}。时限 {new[item.pk].isoformat()}。",
            item.url,
        )
        for item in queue.items(actor, list(new))
    ]


def _of_queue(queue: Queue) -> str:
    return f"{reverse('web:inbox')}?queue={queue.code}"
