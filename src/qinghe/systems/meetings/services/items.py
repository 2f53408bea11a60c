"""Items of an agenda: called for, proposed, listed in their order, declined."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.meetings import models, rules
from qinghe.systems.meetings.access import Act

from .common import _check_clear, _locked, _name_first_reader, _sitting_of, _speaks_for

AgendaItem = models.AgendaItem
State = models.AgendaItem.State


@dataclass(frozen=True)
class NewItem:
    """An item to be proposed: by a unit, or by the office itself."""

    sitting: models.Sitting
    title: str
    theme: str
    about: str = ""
    length: int = 15
    member: models.MemberUnit | None = None
    is_internal: bool = False


@transaction.atomic
def propose_item(*, new: NewItem, at: datetime, by: Actor) -> AgendaItem:
    """Propose an item; a unit until the call is over, the office until the sitting is held.

    Raises Refused: not_allowed, call_closed, wrong_state, item_already, not_a_unit.
    """
    sitting = _locked(new.sitting)
    is_office = actors.may(by, Act.RUN, at=sitting.body.org)
    if not is_office and not (new.member and _speaks_for(by, new.member)):
        actors.require(by, Act.RUN, at=sitting.body.org)
    _check_clear(by, [sitting])
    if is_office:
        rules.check_agenda_open(state=sitting.state)
    else:
        rules.check_items_open(state=sitting.state, items_by=sitting.items_by, today=local_day(at))
    if new.member and (new.member.body_id != sitting.body_id or new.member.left_on):
        raise Refused("not_a_unit", "这个单位不是本会议的成员单位，没有提交。")
    if sitting.items.filter(title=new.title.strip()).exists():
        raise Refused("item_already", "这次会议已有同名议题，没有重复提交。")
    made = AgendaItem.objects.create(
        sitting=sitting,
        title=new.title.strip(),
        about=new.about.strip(),
        theme=new.theme,
        member=new.member,
        length=new.length,
        proposed_on=local_day(at),
        is_internal=new.is_internal,
        state=State.PROPOSED,
    )
    if new.is_internal:
        _name_first_reader(by, record=made)
    audit.record(by=by, verb="meetings.propose_item", subject=made, at=at)
    return made


@transaction.atomic
def list_item(*, item: AgendaItem, at: datetime, by: Actor) -> AgendaItem:
    """Put an item last on the agenda. Raises Refused: not_allowed, wrong_state."""
    sitting, kept = _kept(item, by=by)
    rules.check_move(rules.ITEM_MOVES, now=kept.state, to="listed", what="议题")
    last = sitting.items.filter(state=State.LISTED).count()
    kept.state, kept.place, kept.reason = State.LISTED, last + 1, ""
    kept.save(update_fields=["state", "place", "reason"])
    audit.record(by=by, verb="meetings.list_item", subject=kept, at=at)
    return kept


@transaction.atomic
def decline_item(*, item: AgendaItem, reason: str, at: datetime, by: Actor) -> AgendaItem:
    """Leave an item out, and say why; those after it move up.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    check_reason(reason)
    sitting, kept = _kept(item, by=by)
    rules.check_move(rules.ITEM_MOVES, now=kept.state, to="declined", what="议题")
    kept.state, kept.place, kept.reason = State.DECLINED, None, reason.strip()
    kept.save(update_fields=["state", "place", "reason"])
    _renumber(list(sitting.items.filter(state=State.LISTED).order_by("place")))
    audit.record(by=by, verb="meetings.decline_item", subject=kept, at=at)
    return kept


@transaction.atomic
def order_items(
    *, sitting: models.Sitting, order: Sequence[int], at: datetime, by: Actor
) -> models.Sitting:
    """Put the listed items into an order, by their keys.

    Raises Refused: not_allowed, wrong_state, wrong_places.
    """
    kept = _sitting_of(sitting, by=by)
    rules.check_agenda_open(state=kept.state)
    listed = {one.pk: one for one in kept.items.filter(state=State.LISTED)}
    rules.check_order(given=order, listed=list(listed))
    _renumber([listed[key] for key in order])
    audit.record(by=by, verb="meetings.order_items", subject=kept, at=at)
    return kept


def _kept(item: AgendaItem, *, by: Actor) -> tuple[models.Sitting, AgendaItem]:
    sitting = _sitting_of(item.sitting, by=by)
    rules.check_agenda_open(state=sitting.state)
    kept = AgendaItem.objects.select_for_update().get(pk=item.pk)
    _check_clear(by, [kept])
    return sitting, kept


def _renumber(items: Sequence[AgendaItem]) -> None:
    for place, item in enumerate(items, start=1):
        item.place = place
    AgendaItem.objects.bulk_update(items, ["place"])
