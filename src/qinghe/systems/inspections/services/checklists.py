"""Kinds of points and what is looked at there: versions that never change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.inspections import models, rules
from qinghe.systems.inspections.access import Act

Checklist = models.Checklist


@dataclass(frozen=True)
class NewChecklist:
    """A version to be set, for one kind of point or for all that have none of their own."""

    kind: models.Kind | None
    title: str
    source: str
    pass_mark: int
    starts_on: date
    items: Sequence[rules.ItemText]


@transaction.atomic
def set_checklist(*, new: NewChecklist, org: Org, at: datetime, by: Actor) -> Checklist:
    """Set the next version of a checklist; `org` is the district by whose right it is set.

    Raises Refused: not_allowed, day_is_over, no_items, too_many_items, item_twice, weight_unclear,
    days_unclear, mark_unclear.
    """
    actors.require(by, Act.KEEP_CHECKLISTS, at=org)
    rules.check_starts(starts_on=new.starts_on, today=local_day(at))
    rules.check_checklist(items=new.items, pass_mark=new.pass_mark)
    of_kind = Checklist.objects.filter(kind=new.kind)
    last = of_kind.aggregate(last=Max("version"))["last"] or 0
    made = Checklist.objects.create(
        kind=new.kind,
        version=last + 1,
        title=new.title,
        source=new.source,
        pass_mark=new.pass_mark,
        starts_on=new.starts_on,
    )
    models.Item.objects.bulk_create(
        models.Item(
            checklist=made,
            place=place,
            text=one.text.strip(),
            weight=one.weight,
            veto=one.veto,
            photo=one.photo,
            days=one.days,
        )
        for place, one in enumerate(new.items, start=1)
    )
    audit.record(by=by, verb="inspections.set_checklist", subject=made, at=at)
    return made


@transaction.atomic
def add_kind(*, slug: str, label: str, org: Org, at: datetime, by: Actor) -> models.Kind:
    """Add a kind of points. Raises Refused: not_allowed, name_taken."""
    actors.require(by, Act.KEEP_CHECKLISTS, at=org)
    kinds = models.Kind.objects
    if kinds.filter(slug=slug).exists() or kinds.filter(label=label).exists():
        raise Refused("name_taken", f"已经有“{label}”这个类别或标识{slug}，没有重复登记。")
    kind = kinds.create(slug=slug, label=label)
    audit.record(by=by, verb="inspections.add_kind", subject=kind, at=at)
    return kind
