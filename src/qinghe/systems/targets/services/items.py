"""Items: written one by one, from a workbook, or taken over from what was promised elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from qinghe.analytics import catalogue
from qinghe.edges.handing import Offer
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.targets import models, rules
from qinghe.systems.targets.access import Act

from .charging import enter_and_look
from .lists import State, TaskList, _locked

Item = models.Item
LONGEST = 200


@dataclass(frozen=True)
class NewItem:
    """What an item says. `number` is its place as printed; without it, it goes to the end."""

    title: str
    number: str = ""
    lead: Org | None = None
    joints: Sequence[Org] = ()
    is_open: bool = False
    starts_on: date | None = None
    due_on: date | None = None
    deliverable: str = ""
    code: str = ""
    target: Decimal | None = None
    unit: str = ""
    offer_key: str = ""


@transaction.atomic
def add_item(
    *, task_list: TaskList, parent: Item | None, new: NewItem, at: datetime, by: Actor
) -> Item:
    """Put an item at the end of those under a field or a measure, or of the fields.

    Raises Refused: not_allowed, closed, dropped, too_deep, too_many, wrong_order, has_lead,
    unit_needed, target_needed, unknown_indicator, wrong_org.
    """
    kept = _kept(task_list, by=by)
    _check(new, task_list=kept)
    made = _put(kept, parent=parent, new=new, at=at)
    _carry(kept, [made], at=at, by=by)
    audit.record(by=by, verb="targets.add_item", subject=made, at=at)
    return made


@transaction.atomic
def change_item(*, item: Item, new: NewItem, reason: str, at: datetime, by: Actor) -> Item:
    """Correct an item; once its list is published, with a reason.

    Its place and what it was taken over from stay. A number that is shared out is changed by an
    adjustment. Raises Refused: not_allowed, closed, dropped, reason_needed, is_split and those of
    add_item.
    """
    kept = _kept(item.task_list, by=by)
    item = Item.objects.get(pk=item.pk)
    rules.check_standing(dropped_on=item.dropped_on)
    if kept.state != State.DRAFT:
        check_reason(reason)
    _check(new, task_list=kept)
    if item.shares.exists() and (item.target, item.unit) != (new.target, new.unit.strip()):
        raise Refused("is_split", "目标值已经分解，不能直接改，没有保存；请在分解页面提出调整。")
    changed = _changed(item, new)
    for name, value in _columns(new).items():
        setattr(item, name, value)
    item.save()
    item.joints.set(new.joints)
    _carry(kept, [item], at=at, by=by)
    detail = {"changed": changed, "reason": reason.strip()}
    audit.record(by=by, verb="targets.change_item", subject=item, at=at, detail=detail)
    return item


@transaction.atomic
def drop_item(*, item: Item, reason: str, at: datetime, by: Actor) -> Item:
    """Take an item and all under it off the list; its place in the list is not given again.

    Raises Refused: not_allowed, closed, dropped, reason_needed.
    """
    kept = _kept(item.task_list, by=by)
    item = Item.objects.get(pk=item.pk)
    check_reason(reason)
    rules.check_standing(dropped_on=item.dropped_on)
    under = kept.items.filter(path__startswith=item.path, dropped_on__isnull=True)
    under.update(dropped_on=local_day(at), reason=reason.strip(), is_open=False)
    item.refresh_from_db()
    _carry(kept, list(kept.items.filter(path__startswith=item.path)), at=at, by=by)
    audit.record(by=by, verb="targets.drop_item", subject=item, at=at, detail={"reason": reason})
    return item


@transaction.atomic
def take_over(
    *, task_list: TaskList, parent: Item | None, offers: Sequence[Offer], at: datetime, by: Actor
) -> list[Item]:
    """Put what was promised or decided elsewhere on a list, each with the key it came by (ADR 0060).

    Who was named to do it stays responsible where that organisation stands below the list's; else
    the keeper names somebody. Raises Refused: not_allowed, closed, nothing_chosen, taken_already,
    too_deep.
    """
    kept = _kept(task_list, by=by)
    if not offers:
        raise Refused("nothing_chosen", "没有选中任何一项，没有列入。")
    keys = [offer.key for offer in offers]
    if kept.items.filter(offer_key__in=keys, dropped_on__isnull=True).exists():
        raise Refused("taken_already", "有的已经列入本清单，没有重复列入，请刷新后再选。")
    made = [_put(kept, parent=parent, new=_from(offer, kept), at=at) for offer in offers]
    _carry(kept, made, at=at, by=by)
    audit.record_many(
        by=by,
        verb="targets.take_over",
        model=Item,
        ids=[one.pk for one in made],
        at=at,
        detail={"task_list": kept.pk},
    )
    return made


@dataclass(frozen=True)
class ReadyItem:
    """One line of a workbook: an item, and the list it goes on."""

    list_id: int
    new: NewItem


@transaction.atomic
def enter_items(
    *, ready: Sequence[ReadyItem], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Put a chunk of numbered items on lists; a field stands before what is in it.

    Raises Refused: not_allowed, closed, unknown_parent, place_taken and those of add_item.
    """
    lists = {key: _kept(TaskList(pk=key), by=by) for key in sorted({row.list_id for row in ready})}
    made = []
    for row in ready:
        _check(row.new, task_list=lists[row.list_id])
        made.append(_put_at(lists[row.list_id], new=row.new, at=at))
    for kept in lists.values():
        _carry(kept, [one for one in made if one.task_list_id == kept.pk], at=at, by=by)
    audit.record_many(
        by=by,
        verb="targets.enter_items",
        model=Item,
        ids=[one.pk for one in made],
        at=at,
        detail=source,
    )
    return len(ready)


def _carry(kept: TaskList, items: Sequence[Item], *, at: datetime, by: Actor) -> None:
    """Let what is put on a list in force, changed or dropped there, have its light at once."""
    if kept.state == State.PUBLISHED:
        enter_and_look(task_list=kept, items=[one.pk for one in items], at=at, by=by)


def _kept(task_list: TaskList, *, by: Actor) -> TaskList:
    kept = _locked(task_list)
    actors.require(by, Act.KEEP, at=kept.org)
    if kept.state == State.CLOSED:
        raise Refused("closed", "清单已经办结，没有改动。")
    return kept


def _check(new: NewItem, *, task_list: TaskList) -> None:
    rules.check_days(starts_on=new.starts_on, due_on=new.due_on)
    rules.check_leads(has_lead=new.lead is not None, is_open=new.is_open)
    rules.check_target(target=new.target, unit=new.unit, code=new.code)
    if new.code:
        catalogue.indicator(new.code)
    for org in (new.lead, *new.joints):
        if org is not None and not org.path.startswith(task_list.org.path):
            raise Refused("wrong_org", f"{org.name}不在{task_list.org.name}下面，没有保存。")
    if new.lead is not None and new.lead in new.joints:
        raise Refused("lead_is_joint", "牵头单位不用再列为配合单位，没有保存，请去掉一处。")


def _put(task_list: TaskList, *, parent: Item | None, new: NewItem, at: datetime) -> Item:
    if parent is not None:
        parent = task_list.items.get(pk=parent.pk)
        rules.check_standing(dropped_on=parent.dropped_on)
    begins = parent.path if parent else ""
    level = rules.level_of(begins) + 1
    taken = task_list.items.filter(path__startswith=begins, level=level)
    path = rules.next_path(begins, taken=taken.values_list("path", flat=True))
    return _create(task_list, parent=parent, path=path, new=new, at=at)


def _put_at(task_list: TaskList, *, new: NewItem, at: datetime) -> Item:
    path = rules.path_of(new.number)
    begins = rules.above(path)
    parent = (
        task_list.items.filter(path=begins, dropped_on__isnull=True).first() if begins else None
    )
    if begins and parent is None:
        raise Refused("unknown_parent", f"{new.number}的上一级不在清单里，没有列入。")
    if task_list.items.filter(path=path).exists():
        raise Refused("place_taken", f"{new.number}已经在清单里，没有重复列入。")
    return _create(task_list, parent=parent, path=path, new=new, at=at)


def _create(
    task_list: TaskList, *, parent: Item | None, path: str, new: NewItem, at: datetime
) -> Item:
    made = Item.objects.create(
        task_list=task_list,
        parent=parent,
        path=path,
        level=rules.level_of(path),
        entered_on=local_day(at),
        offer_key=new.offer_key,
        **_columns(new),
    )
    made.joints.set(new.joints)
    return made


def _columns(new: NewItem) -> dict[str, object]:
    return {
        "title": new.title.strip(),
        "lead": new.lead,
        "is_open": new.is_open,
        "starts_on": new.starts_on,
        "due_on": new.due_on,
        "deliverable": new.deliverable.strip(),
        "code": new.code,
        "target": new.target,
        "unit": new.unit.strip(),
    }


def _changed(item: Item, new: NewItem) -> dict[str, list[str]]:
    """Return what is to be other, as it was and as it becomes."""
    return {
        name: [str(getattr(item, name)), str(value)]
        for name, value in _columns(new).items()
        if getattr(item, name) != value
    }


def _from(offer: Offer, task_list: TaskList) -> NewItem:
    lead = offer.owner
    if lead is not None and not lead.path.startswith(task_list.org.path):
        lead = None
    code = offer.code if offer.target is not None and catalogue.knows(offer.code) else ""
    unit = catalogue.indicator(code).unit if code else "项"
    return NewItem(
        title=offer.title[:LONGEST],
        lead=lead,
        due_on=offer.due_on,
        code=code,
        target=offer.target,
        unit=unit if offer.target is not None else "",
        offer_key=offer.key,
    )
