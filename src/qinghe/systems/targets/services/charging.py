"""Entering who carries what, once a list is published, shared out or claimed."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.systems.targets.models import Charge, Item, Share, TaskList

from . import watching


@transaction.atomic
def enter_charges(*, task_list: TaskList | None = None, at: datetime, by: object) -> int:
    """Enter what organisations carry on lists in force and was not entered yet; return how much.

    Safe to repeat. Of a number that is shared out each share is carried; of any other item, by who
    leads it. Whoever leads an item now is entered beside who led it before and is not pressed any more.
    """
    items = Item.objects.filter(
        task_list__state=TaskList.State.PUBLISHED, dropped_on__isnull=True
    ).select_related("task_list")
    if task_list is not None:
        items = items.filter(task_list=task_list)
    last = Charge.objects.aggregate(last=Max("pk"))["last"] or 0
    today = local_day(at)
    shared = [
        Charge(
            item_id=share.item_id,
            org_id=share.org_id,
            above_id=share.parent.org_id if share.parent else share.item.task_list.org_id,
            share=share,
            entered_on=today,
        )
        for share in Share.objects.filter(item__in=items, charge__isnull=True).select_related(
            "parent", "item__task_list"
        )
    ]
    _take_over(shared)
    led = [
        Charge(item=item, org=item.lead, above_id=item.task_list.org_id, entered_on=today)
        for item in items.filter(shares__isnull=True).select_related("lead")
        if item.lead is not None
    ]
    Charge.objects.bulk_create([*shared, *led], ignore_conflicts=True)
    entered = list(Charge.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True))
    audit.record_many(by=by, verb="targets.enter_charges", model=Charge, ids=entered, at=at)
    return len(entered)


@transaction.atomic
def enter_and_look(*, task_list: TaskList, items: Iterable[int], at: datetime, by: object) -> None:
    """Enter what organisations carry now, and let it have its light at once, not at the next hour."""
    enter_charges(task_list=task_list, at=at, by=by)
    watching.look(items=items, at=at, by=by)


def _take_over(shared: list[Charge]) -> None:
    """Let what was carried whole be carried as a share, once the number is shared out."""
    items = {one.item_id for one in shared}
    whole = {
        (one.item_id, one.org_id): one
        for one in Charge.objects.filter(item__in=items, share__isnull=True)
    }
    for one in shared:
        if known := whole.get((one.item_id, one.org_id)):
            known.share_id, known.above_id = one.share_id, one.above_id
            known.save(update_fields=["share", "above"])
