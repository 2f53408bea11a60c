"""What progress and supervision leave at every organisation: a charge of its own list, told and pressed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.targets.models import Charge, Item, Progress, Slip, TaskList

DAY, LAST = date(2022, 3, 1), date(2099, 12, 31)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def _item(at: Stands) -> Item:
    task_list, _ = TaskList.objects.get_or_create(
        org=at.org, year=2022, title=f"督办{at.mark}",
        defaults={
            "kind": "other", "starts_on": DAY, "ends_on": LAST, "state": "published",
            "published_on": DAY,
        },
    )  # fmt: skip
    return Item.objects.get_or_create(
        task_list=task_list, path="001.",
        defaults={"level": 1, "title": f"任务{at.mark}", "lead": at.org, "entered_on": DAY},
    )[0]  # fmt: skip


def _charge(at: Stands) -> Charge:
    return Charge.objects.get_or_create(
        item=_item(at), org=at.org, defaults={"above": at.org, "entered_on": DAY}
    )[0]


def _progress(at: Stands) -> Progress:
    return Progress.objects.get_or_create(
        charge=_charge(at), kind="progress",
        defaults={
            "day": DAY, "number": Decimal(10), "words": f"进展{at.mark}", "filed_by": at.person,
            "filed_on": DAY, "state": "submitted",
        },
    )[0]  # fmt: skip


def _slip(at: Stands) -> Slip:
    return Slip.objects.get_or_create(
        charge=_charge(at), issuer=at.org, year=2022, number=1,
        defaults={
            "day": DAY, "answer_by": LAST, "words": f"督办{at.mark}", "stood": at.mark,
            "issued_by": at.person,
        },
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "charge_id": lambda at: _charge(at).pk,
    "progress_id": lambda at: _progress(at).pk,
    "slip_id": lambda at: _slip(at).pk,
}
