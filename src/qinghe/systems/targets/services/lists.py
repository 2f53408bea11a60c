"""Lists: made, published, closed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.targets import models, rules
from qinghe.systems.targets.access import Act

from .charging import enter_and_look
from .watching import look

TaskList = models.TaskList
State = models.TaskList.State
Charge = models.Charge


@dataclass(frozen=True)
class NewList:
    """What a list says about itself."""

    title: str
    org: Org
    kind: str
    year: int
    starts_on: date
    ends_on: date
    number: str = ""


@transaction.atomic
def make_list(*, new: NewList, at: datetime, by: Actor) -> TaskList:
    """Begin a list as a draft of the organisation that keeps it.

    Raises Refused: not_allowed, org_closed, wrong_order, title_taken.
    """
    actors.require(by, Act.KEEP, at=new.org)
    orgs.check_takes_new(org=new.org)
    rules.check_days(starts_on=new.starts_on, due_on=new.ends_on)
    _check_title(new, besides=None)
    made = TaskList.objects.create(**_columns(new))
    audit.record(by=by, verb="targets.make_list", subject=made, at=at)
    return made


@transaction.atomic
def change_list(*, task_list: TaskList, new: NewList, at: datetime, by: Actor) -> TaskList:
    """Correct what a draft says about itself.

    Raises Refused: not_allowed, not_draft, other_org, wrong_order, title_taken.
    """
    kept = _locked(task_list)
    actors.require(by, Act.KEEP, at=kept.org)
    if kept.state != State.DRAFT:
        raise Refused("not_draft", "清单已经发布，名称、文号和期限不再改动。")
    if new.org.pk != kept.org_id:
        raise Refused("other_org", "清单建立后不能换单位，没有保存；建错的请不要发布，另建一份。")
    rules.check_days(starts_on=new.starts_on, due_on=new.ends_on)
    _check_title(new, besides=kept.pk)
    for name, value in _columns(new).items():
        setattr(kept, name, value)
    kept.save()
    audit.record(by=by, verb="targets.change_list", subject=kept, at=at)
    return kept


@transaction.atomic
def publish(*, task_list: TaskList, day: date, at: datetime, by: Actor) -> TaskList:
    """Give a list out: from now on who is named in it sees it, and it counts from its day.

    Raises Refused: not_allowed, wrong_state, in_future, empty_list.
    """
    kept = _locked(task_list)
    actors.require(by, Act.KEEP, at=kept.org)
    rules.check_draft(state=kept.state)
    rules.check_move(rules.LIST_MOVES, now=kept.state, to=State.PUBLISHED, what="清单")
    rules.check_published_on(day=day, today=local_day(at))
    rules.check_ready(items=kept.items.filter(dropped_on__isnull=True).count())
    kept.state, kept.published_on = State.PUBLISHED, day
    kept.save(update_fields=["state", "published_on"])
    kept.items.filter(dropped_on__isnull=True).update(entered_on=day)  # they stand from that day
    enter_and_look(task_list=kept, items=_keys(kept), at=at, by=by)
    audit.record(by=by, verb="targets.publish", subject=kept, at=at)
    return kept


@transaction.atomic
def close(*, task_list: TaskList, reason: str, at: datetime, by: Actor) -> TaskList:
    """Close a list: it stays to be read and counts no longer.

    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    kept = _locked(task_list)
    actors.require(by, Act.KEEP, at=kept.org)
    check_reason(reason)
    rules.check_move(rules.LIST_MOVES, now=kept.state, to=State.CLOSED, what="清单")
    kept.state, kept.closed_on = State.CLOSED, local_day(at)
    kept.save(update_fields=["state", "closed_on"])
    look(items=_keys(kept), at=at, by=by)  # dark from today on
    audit.record(by=by, verb="targets.close", subject=kept, at=at, detail={"reason": reason})
    return kept


@transaction.atomic
def reopen_list(*, task_list: TaskList, reason: str, at: datetime, by: Actor) -> TaskList:
    """Take a closed list up again, with a reason: it counts and shines from today on.

    What shone before it was closed stays as it was; the days between are not made up for.
    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    kept = _locked(task_list)
    actors.require(by, Act.KEEP, at=kept.org)
    check_reason(reason)
    rules.check_closed(state=kept.state)
    rules.check_move(rules.LIST_MOVES, now=kept.state, to=State.PUBLISHED, what="清单")
    detail = {"reason": reason.strip(), "closed_on": str(kept.closed_on)}
    kept.state, kept.closed_on = State.PUBLISHED, None
    kept.save(update_fields=["state", "closed_on"])
    Charge.objects.filter(item__task_list=kept).update(seen_on=None)
    enter_and_look(task_list=kept, items=_keys(kept), at=at, by=by)
    audit.record(by=by, verb="targets.reopen_list", subject=kept, at=at, detail=detail)
    return kept


def _keys(kept: TaskList) -> list[int]:
    return list(kept.items.filter(dropped_on__isnull=True).values_list("pk", flat=True))


def _locked(task_list: TaskList) -> TaskList:
    """Return a list as it stands, held until the end: whatever changes its items holds it."""
    kept = TaskList.objects.select_for_update(of=("self",)).select_related("org")
    return kept.get(pk=task_list.pk)


def _columns(new: NewList) -> dict[str, object]:
    return {**vars(new), "title": new.title.strip(), "number": new.number.strip()}


def _check_title(new: NewList, *, besides: int | None) -> None:
    there = TaskList.objects.filter(org=new.org, year=new.year, title=new.title.strip())
    if there.exclude(pk=besides or 0).exists():
        raise Refused("title_taken", f"{new.year}年已有同名的清单，没有保存，请换一个名称。")
