"""A district with a list of 35 measures that names every street and community, for the bench of lists."""

import statistics
import time
from datetime import date
from itertools import cycle

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Role
from qinghe.kernel.orgs.models import Org, Placement
from qinghe.kernel.people import services as people
from qinghe.systems.targets.models import Charge, Item, Joint, LightSpan, Share, TaskList
from qinghe.systems.targets.services.charging import enter_charges

CLERK = "bench"
SINCE = date(2010, 1, 1)
FIELDS, TASKS, SPLIT_EVERY = 4, 3, 4  # fields; tasks of a measure; every fourth number is split


def make(*, streets: int, communities: int, measures: int) -> TaskList:
    """Make the tree, its officer and a published list, all in bulk."""
    call_command("migrate", verbosity=0)
    top, below, under = _tree(streets=streets, communities=communities)
    now, today = timezone.now(), timezone.localdate()
    person = people.add_person(new=people.NewPerson("P001", "林青"), at=now, by=CLERK)
    access.give_role(
        person=person,
        role=Role.DISTRICT_OFFICER,
        org=top,
        starts_on=SINCE,
        at=now,
        by=CLERK,
    )
    access.open_account(person=person, username="linqing", at=now, by=CLERK)
    task_list = TaskList.objects.create(
        title="举措清单",
        org=top,
        kind=TaskList.Kind.REFORM,
        year=today.year,
        starts_on=date(today.year, 1, 1),
        ends_on=date(today.year, 12, 31),
        published_on=today,
        state=TaskList.State.PUBLISHED,
    )
    _fill(task_list, streets=below, communities=under, measures=measures)
    enter_charges(task_list=task_list, at=now, by=CLERK)
    lights = cycle(LightSpan.Shining.values)
    LightSpan.objects.bulk_create(
        LightSpan(charge=charge, light=light, since=today)
        for charge, light in zip(Charge.objects.order_by("pk"), lights, strict=False)
    )
    return task_list


def read(address: str, *, times: int) -> dict[str, float | int]:
    """Ask for a page again and again as a browser does, and return the middle time and its questions."""
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username="linqing"))
    client.get(address)
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        response = client.get(address)
        taken.append((time.perf_counter() - started) * 1000)
        if response.status_code != 200:
            raise ValueError(f"{address} answered {response.status_code}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    return {"milliseconds": statistics.median(taken), "questions": len(asked)}


def _tree(*, streets: int, communities: int) -> tuple[Org, list[Org], list[Org]]:
    top = _orgs(1, kind="district", level="district", above=[None])[0]
    below = _orgs(streets, kind="street", level="street", above=[top])
    under = _orgs(communities, kind="community", level="community", above=below)
    return top, below, under


def _orgs(many: int, *, kind: str, level: str, above: list[Org | None]) -> list[Org]:
    made = []
    for number, parent in zip(range(many), cycle(above), strict=False):
        code = f"{level[0].upper()}{number:04d}"
        path = f"{parent.path if parent else '/'}{code}/"
        made.append(
            Org(
                code=code, name=f"{level}{number}", kind=kind, level=level, parent=parent,
                path=path, opened_on=SINCE,
            )
        )  # fmt: skip
    Org.objects.bulk_create(made)
    Placement.objects.bulk_create(
        Placement(org=org, parent=org.parent, starts_on=SINCE) for org in made
    )
    return made


def _fill(
    task_list: TaskList, *, streets: list[Org], communities: list[Org], measures: int
) -> None:
    """Let each measure name a street, each task a community, and some numbers go all the way down."""
    leads, helpers = cycle(streets), cycle(communities)
    fields = [_item(task_list, f"{place:03d}.") for place in range(1, FIELDS + 1)]
    Item.objects.bulk_create(fields)
    steps = []
    for number in range(measures):
        field = fields[number % FIELDS]
        path = f"{field.path}{number // FIELDS + 1:03d}."
        steps.append(_item(task_list, path, parent=field, lead=next(leads)))
    Item.objects.bulk_create(steps)
    tasks = [
        _item(task_list, f"{step.path}{place:03d}.", parent=step, lead=next(helpers))
        for step in steps
        for place in range(1, TASKS + 1)
    ]
    Item.objects.bulk_create(tasks)
    Joint.objects.bulk_create(
        Joint(item=item, org=org) for item in (*steps, *tasks) for org in (next(helpers),)
    )
    for item in steps[::SPLIT_EVERY]:
        _split(item, top=task_list.org, streets=streets, communities=communities)


def _item(
    task_list: TaskList, path: str, *, parent: Item | None = None, lead: Org | None = None
) -> Item:
    return Item(
        task_list=task_list,
        path=path,
        level=path.count("."),
        parent=parent,
        title=f"第{path}项",
        lead=lead,
        entered_on=SINCE,
    )


def _split(item: Item, *, top: Org, streets: list[Org], communities: list[Org]) -> None:
    whole = Share.objects.create(item=item, org=top, number=len(communities), handed_on=SINCE)
    given = {
        org.pk: Share(item=item, org=org, parent=whole, number=len(communities) // len(streets),
                      handed_on=SINCE)
        for org in streets
    }  # fmt: skip
    Share.objects.bulk_create(given.values())
    Share.objects.bulk_create(
        Share(item=item, org=org, parent=given[org.parent_id], number=1, handed_on=SINCE)
        for org in communities
    )
