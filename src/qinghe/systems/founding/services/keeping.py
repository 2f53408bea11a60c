"""What happens to a unit on the roll: somebody looks after it, calls on it, lays it aside, ends it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.founding import models, queries, rules
from qinghe.systems.founding.access import Act

State = models.Unit.State
Unit = models.Unit


@dataclass(frozen=True)
class NewVisit:
    """A call on a unit, and when the next one is due."""

    unit: Unit
    day: date
    met: str
    words: str
    next_on: date | None = None


@transaction.atomic
def assign(*, unit: Unit, officer: Person, at: datetime, by: Actor) -> Unit:
    """Let somebody with a post over the unit's place look after it.

    Raises Refused: not_allowed, no_officer.
    """
    unit = _locked(unit, by=by)
    if not queries.officers_for(by, unit, local_day(at)).filter(pk=officer.pk).exists():
        raise Refused("no_officer", f"{officer.name}在这个街道没有职务，没有改动；请另选联系干部。")
    unit.officer = officer
    unit.save(update_fields=["officer"])
    audit.record(
        by=by, verb="founding.assign", subject=unit, at=at, detail={"person": officer.number}
    )
    return unit


@transaction.atomic
def visit(*, new: NewVisit, at: datetime, by: Actor) -> models.Visit:
    """Write down a call on a unit. Raises Refused: not_allowed, gone, in_future, wrong_order."""
    unit = _locked(new.unit, by=by)
    if unit.state == State.GONE:
        raise Refused("gone", "这个单位已经注销，没有保存。")
    rules.check_day(day=new.day, first=date(2000, 1, 1), today=local_day(at), what="走访日期")
    if new.next_on:
        rules.check_day_to_come(day=new.next_on, after=new.day, what="下次走访日期")
    made = models.Visit.objects.create(
        unit=unit,
        day=new.day,
        visitor_id=by.person_id,
        met=new.met.strip(),
        words=new.words.strip(),
        next_on=new.next_on,
    )
    if unit.visited_on is None or new.day >= unit.visited_on:
        unit.visited_on, unit.next_on = new.day, new.next_on
        unit.save(update_fields=["visited_on", "next_on"])
    audit.record(by=by, verb="founding.visit", subject=unit, at=at)
    return made


@transaction.atomic
def lay_aside(*, unit: Unit, reason: str, look_again_on: date, at: datetime, by: Actor) -> Unit:
    """Say that a unit cannot have a League organisation yet, and when that is looked at again.

    Raises Refused: not_allowed, wrong_state, reason_needed, wrong_order.
    """
    check_reason(reason)
    rules.check_day_to_come(day=look_again_on, after=local_day(at), what="复查日期")
    unit = _locked(unit, by=by)
    _move(unit, to=State.NOT_FIT)
    unit.reason, unit.look_again_on = reason.strip(), look_again_on
    unit.save(update_fields=["state", "reason", "look_again_on"])
    _say(unit, verb="founding.lay_aside", reason=reason, at=at, by=by)
    return unit


@transaction.atomic
def take_up_again(*, unit: Unit, at: datetime, by: Actor) -> Unit:
    """Put a unit that was laid aside among the open ones. Raises Refused: not_allowed, wrong_state."""
    unit = _locked(unit, by=by)
    if unit.state != State.NOT_FIT:
        raise Refused("wrong_state", "只有暂不具备条件的单位才重新列为未建，没有改动。")
    _open_again(unit)
    audit.record(by=by, verb="founding.take_up_again", subject=unit, at=at)
    return unit


@transaction.atomic
def reopen(*, unit: Unit, reason: str, at: datetime, by: Actor) -> Unit:
    """Put a unit whose League organisation is closed among the open ones again.

    Raises Refused: not_allowed, wrong_state, reason_needed, still_founded.
    """
    check_reason(reason)
    unit = _locked(unit, by=by)
    if unit.league_org is None:
        raise Refused("wrong_state", "这个单位没有建成的团组织，没有改动。")
    if unit.league_org.closed_on is None:
        raise Refused(
            "still_founded", f"{unit.league_org.name}还在，没有改动；先在组织中撤销它再退回名单。"
        )
    _open_again(unit)
    _say(unit, verb="founding.reopen", reason=reason, at=at, by=by)
    return unit


@transaction.atomic
def note_gone(*, unit: Unit, reason: str, at: datetime, by: Actor) -> Unit:
    """Take a unit off the roll that exists no more. Raises Refused: not_allowed, wrong_state, reason_needed."""
    check_reason(reason)
    unit = _locked(unit, by=by)
    _move(unit, to=State.GONE)
    unit.reason, unit.look_again_on, unit.next_on = reason.strip(), None, None
    unit.ended_on = local_day(at)
    unit.save(update_fields=["state", "reason", "look_again_on", "next_on", "ended_on"])
    _say(unit, verb="founding.note_gone", reason=reason, at=at, by=by)
    return unit


def _locked(unit: Unit, *, by: Actor) -> Unit:
    kept = Unit.objects.select_for_update(of=("self",)).select_related("org", "league_org")
    found = kept.get(pk=unit.pk)
    actors.require(by, Act.KEEP, at=found.org)
    return found


def _move(unit: Unit, *, to: State) -> None:
    rules.check_move(rules.UNIT_MOVES, now=unit.state, to=to, what="单位")
    unit.state = to


def _open_again(unit: Unit) -> None:
    _move(unit, to=State.OPEN)
    unit.reason, unit.look_again_on, unit.league_org, unit.ended_on = "", None, None, None
    unit.save(update_fields=["state", "reason", "look_again_on", "league_org", "ended_on"])


def _say(unit: Unit, *, verb: str, reason: str, at: datetime, by: Actor) -> None:
    audit.record(by=by, verb=verb, subject=unit, at=at, detail={"reason": reason})
