"""What was decided: recorded with owner and limit, reported done, accepted or sent back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.lib.workdays import workday_after
from qinghe.systems.meetings import models, queries, rules
from qinghe.systems.meetings.access import Act

from .common import _check_clear, _sitting_of

Decision = models.Decision
State = models.Decision.State


@dataclass(frozen=True)
class NewDecision:
    """A decision to be written down."""

    sitting: models.Sitting
    text: str
    owner: Org
    due_on: date
    item: models.AgendaItem | None = None
    helpers: str = ""


@transaction.atomic
def record_decision(*, new: NewDecision, at: datetime, by: Actor) -> Decision:
    """Write down what was decided. Its number follows the last.

    Raises Refused: not_allowed, not_held, wrong_order, not_an_item, not_below.
    """
    above = new.sitting.body.is_above
    sitting = _sitting_of(new.sitting, act=Act.REGISTER if above else Act.RUN, by=by)
    rules.check_decides(state=sitting.state)
    rules.check_limit(due_on=new.due_on, made_on=sitting.day)
    if new.item is not None:
        if new.item.sitting_id != sitting.pk:
            raise Refused("not_an_item", "这个议题不属于这次会议，没有保存。")
        _check_clear(by, [new.item])
    if not new.owner.path.startswith(sitting.body.org.path):
        raise Refused("not_below", "承办单位不在会议办公室所在单位的范围内，没有保存。")
    last = sitting.decisions.aggregate(last=Max("place"))["last"] or 0
    made = Decision.objects.create(
        sitting=sitting,
        item=new.item,
        place=last + 1,
        text=new.text.strip(),
        owner=new.owner,
        helpers=new.helpers.strip(),
        made_on=sitting.day,
        due_on=new.due_on,
    )
    audit.record(by=by, verb="meetings.record_decision", subject=made, at=at)
    return made


@transaction.atomic
def report_decision(*, decision: Decision, evidence: str, at: datetime, by: Actor) -> Decision:
    """Say that a decision is carried out, with evidence; the office has to accept it.

    Raises Refused: not_allowed, wrong_state, evidence_needed.
    """
    kept = _kept(decision, by=by)
    if not _owns(by, kept):
        actors.require(by, Act.RUN, at=kept.owner)
    if not evidence.strip():
        raise Refused("evidence_needed", "请写明完成情况和佐证，没有报结。")
    rules.check_move(rules.DECISION_MOVES, now=kept.state, to="reported", what="议定事项")
    today = local_day(at)
    days = queries.terms_on(by, today).accept_days
    kept.state, kept.evidence, kept.reported_on = State.REPORTED, evidence.strip(), today
    kept.accept_by, kept.reason = workday_after(today, count=days), ""
    kept.reported_by_id = by.person_id
    kept.save(
        update_fields=["state", "evidence", "reported_on", "reported_by", "accept_by", "reason"]
    )
    audit.record(by=by, verb="meetings.report_decision", subject=kept, at=at)
    return kept


@transaction.atomic
def accept_decision(*, decision: Decision, at: datetime, by: Actor) -> Decision:
    """Accept what another reported; done on time is what was reported by its limit.

    Raises Refused: not_allowed, own_report, wrong_state.
    """
    kept = _for_the_office(decision, by=by)
    rules.check_not_own(decider_id=by.person_id, reporter_id=kept.reported_by_id)
    rules.check_move(rules.DECISION_MOVES, now=kept.state, to="accepted", what="议定事项")
    kept.state, kept.accepted_on = State.ACCEPTED, local_day(at)
    kept.save(update_fields=["state", "accepted_on"])
    audit.record(by=by, verb="meetings.accept_decision", subject=kept, at=at)
    return kept


@transaction.atomic
def send_back_decision(*, decision: Decision, reason: str, at: datetime, by: Actor) -> Decision:
    """Send back what is not done yet. Raises Refused: not_allowed, wrong_state, reason_needed."""
    check_reason(reason)
    kept = _for_the_office(decision, by=by)
    rules.check_move(rules.DECISION_MOVES, now=kept.state, to="open", what="议定事项")
    kept.state, kept.reason = State.OPEN, reason.strip()
    kept.save(update_fields=["state", "reason"])
    audit.record(by=by, verb="meetings.send_back_decision", subject=kept, at=at)
    return kept


@transaction.atomic
def void_decision(*, decision: Decision, reason: str, at: datetime, by: Actor) -> Decision:
    """Take a decision off that was written down wrong or overtaken; it stays to be seen.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    check_reason(reason)
    kept = _for_the_office(decision, by=by)
    rules.check_move(rules.DECISION_MOVES, now=kept.state, to="void", what="议定事项")
    kept.state, kept.reason = State.VOID, reason.strip()
    kept.save(update_fields=["state", "reason"])
    audit.record(by=by, verb="meetings.void_decision", subject=kept, at=at)
    return kept


def _owns(by: Actor, decision: Decision) -> bool:
    return actors.may(by, Act.ANSWER, at=decision.owner)


def _for_the_office(decision: Decision, *, by: Actor) -> Decision:
    kept = _kept(decision, by=by)
    act = Act.REGISTER if kept.sitting.body.is_above else Act.RUN
    actors.require(by, act, at=kept.sitting.body.org)
    return kept


def _kept(decision: Decision, *, by: Actor) -> Decision:
    found = Decision.objects.select_for_update(of=("self",))
    kept = found.select_related("sitting__body__org", "item", "owner").get(pk=decision.pk)
    _check_clear(by, [kept.sitting, kept.item])
    return kept
