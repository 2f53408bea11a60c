"""What lists of work leave at every organisation.

A list is kept by the organisation and names it as responsible; its open item is claimed by it, and
its number is shared with it.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.targets.models import Adjustment, Claim, Item, Share, ShareStep, TaskList

DAY, LAST = date(2022, 3, 1), date(2099, 12, 31)
AT = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def _list(at: Stands) -> TaskList:
    return TaskList.objects.get_or_create(
        org=at.org, year=2022, title=f"清单{at.mark}",
        defaults={
            "number": at.mark, "kind": "annual", "starts_on": DAY, "ends_on": LAST,
            "published_on": DAY, "state": "published",
        },
    )[0]  # fmt: skip


def _item(at: Stands) -> Item:
    field, _ = Item.objects.get_or_create(
        task_list=_list(at), path="001.",
        defaults={"level": 1, "title": f"方面{at.mark}", "entered_on": DAY},
    )  # fmt: skip
    found, made = Item.objects.get_or_create(
        task_list=_list(at), path="001.001.",
        defaults={
            "level": 2, "parent": field, "title": f"举措{at.mark}", "lead": at.org,
            "deliverable": at.mark, "target": 9, "unit": "个", "due_on": LAST, "entered_on": DAY,
        },
    )  # fmt: skip
    if made:
        found.joints.add(at.org)
    return found


def _claim(at: Stands) -> Claim:
    return Claim.objects.get_or_create(
        item=_item(at), org=at.org,
        defaults={"words": at.mark, "asked_by": at.person, "asked_on": DAY},
    )[0]  # fmt: skip


def _share(at: Stands) -> Share:
    found, made = Share.objects.get_or_create(
        item=_item(at), org=at.org, defaults={"number": 9, "handed_on": DAY}
    )
    if made:
        ShareStep.objects.create(
            share=found, at=AT, before=0, after=9, reason=at.mark, entered_by=at.person
        )
    return found


def _adjustment(at: Stands) -> Adjustment:
    return Adjustment.objects.get_or_create(
        share=_share(at),
        defaults={
            "before": 9, "after": 8, "reason": at.mark, "asked_by": at.person, "asked_on": DAY,
        },
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "task_list_id": lambda at: _list(at).pk,
    "list_item_id": lambda at: _item(at).pk,
    "item_claim_id": lambda at: _claim(at).pk,
    "share_id": lambda at: _share(at).pk,
    "share_adjustment_id": lambda at: _adjustment(at).pk,
}
