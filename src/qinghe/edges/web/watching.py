"""How many records about people an account opens in an hour, and the alarm when it is too many (bar 27).

Reading in bulk leaves no file and so no entry in the register of exports: it shows only as very many
pages. They are counted by account in slots of ten minutes, so that no clock hour can be straddled.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Model, Sum
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access import levels
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day

from .models import Looking

MOST = 500
WINDOW = timedelta(hours=1)
SLOT_MINUTES = 10
LASTS = timedelta(days=2)


def note_record(actor: Actor, record: Model) -> None:
    """Count a page of one record, if its table is about people."""
    if record._meta.label in {row.model for row in levels.REGISTER}:
        note_person(actor, at=timezone.now())


def note_person(actor: Actor, *, at: datetime) -> None:
    """Count one look at a person's record; the first that is too many raises the alarm."""
    if not actor.person_id:
        return
    with transaction.atomic():
        slot = _count(actor.person_id, since=_slot_of(at))
        recent = Looking.objects.filter(person_id=actor.person_id, since__gt=at - WINDOW)
        looks = recent.aggregate(all=Sum("looks"))["all"]
        if looks > MOST and not recent.filter(alarmed_at__gt=at - WINDOW).exists():
            Looking.objects.filter(person_id=actor.person_id, since=slot).update(alarmed_at=at)
            _raise_alarm(actor, looks=looks, at=at)


def drop_old(*, at: datetime) -> int:
    """Forget the counts that no hour needs any longer."""
    count, _ = Looking.objects.filter(since__lte=at - LASTS).delete()
    return count


def _count(person_id: int, *, since: datetime) -> datetime:
    slot = Looking.objects.filter(person_id=person_id, since=since)
    if not slot.update(looks=F("looks") + 1):
        _, made = Looking.objects.get_or_create(person_id=person_id, since=since)
        if not made:  # another page was quicker
            slot.update(looks=F("looks") + 1)
    return since


def _slot_of(at: datetime) -> datetime:
    return at.replace(minute=at.minute - at.minute % SLOT_MINUTES, second=0, microsecond=0)


def _raise_alarm(actor: Actor, *, looks: int, at: datetime) -> None:
    watchers = access.holdings_on(local_day(at)).filter(role=Role.SECADMIN)
    notices.notify(
        person_ids=set(watchers.values_list("person_id", flat=True)),
        kind=Kind.SECURITY,
        title=f"有账号一小时内打开个人记录超过{MOST}次",
        text=f"{actor}在一小时内打开了{looks:,}条与个人有关的记录。"
        "账号没有停用；请核实是否本人、是否工作需要，必要时结束其任职，并请系统管理员停用账号。",
        url=reverse("web:notices"),
        at=at,
    )
    audit.record(
        by=actor,
        verb="people.many_looks",
        subject=Person.objects.get(pk=actor.person_id),
        at=at,
        detail={"looks": looks},
    )
