"""Who sends a plan, who agrees to it, and the day on which it is done."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_move
from qinghe.systems.reorganising import queries, rules
from qinghe.systems.reorganising.access import Act
from qinghe.systems.reorganising.models import Plan

from . import foreseeing
from .carrying import Hand

State = Plan.State
WHAT = "这个方案"


@transaction.atomic
def submit_plan(*, plan: Plan, at: datetime, by: Actor) -> Plan:
    """Ask for a draft to be approved; it is looked ahead, and what cannot be done is not sent.

    Raises Refused: not_allowed, wrong_state, no_steps, day_passed, unfit.
    """
    kept = _held(plan, act=Act.PLAN, to=State.SUBMITTED, by=by)
    rules.check_steps(count=kept.steps.count())
    rules.check_day(on=kept.on, today=local_day(at))
    foreseeing.check_fits(plan=kept, at=at, by=by)
    kept.state, kept.submitted_by_id, kept.submitted_at = State.SUBMITTED, by.person_id, at
    kept.save()
    foreseeing.preview_plan(plan=kept, at=at, by=by)
    audit.record(by=by, verb="reorganising.submit_plan", subject=kept, at=at)
    return kept


@transaction.atomic
def approve_plan(*, plan: Plan, at: datetime, by: Actor) -> Plan:
    """Agree to a plan of another's; it is done at once if today is its day.

    Raises Refused: not_allowed, wrong_state, own_plan, day_passed, unfit.
    """
    kept = _for_decision(plan, to=State.APPROVED, by=by)
    today = local_day(at)
    rules.check_day(on=kept.on, today=today)
    kept.state, kept.decided_by_id, kept.decided_at = State.APPROVED, by.person_id, at
    if kept.on > today:
        foreseeing.check_fits(plan=kept, at=at, by=by)
    kept.save()
    audit.record(by=by, verb="reorganising.approve_plan", subject=kept, at=at)
    if kept.on == today:
        return _carry_out(kept, at=at, by=by)
    _tell(kept, title="机构调整方案已批准", text=f"将于{kept.on.isoformat()}执行。", at=at)
    return kept


@transaction.atomic
def refuse_plan(*, plan: Plan, reason: str, at: datetime, by: Actor) -> Plan:
    """Turn a plan of another's down. Raises Refused: not_allowed, wrong_state, own_plan, reason_needed."""
    kept = _for_decision(plan, to=State.REFUSED, by=by)
    kept.answer = rules.check_why(reason)
    kept.state, kept.decided_by_id, kept.decided_at = State.REFUSED, by.person_id, at
    kept.save()
    told = {"reason": kept.answer}
    audit.record(by=by, verb="reorganising.refuse_plan", subject=kept, at=at, detail=told)
    _tell(kept, title="机构调整方案未通过", text=kept.answer, at=at)
    return kept


@transaction.atomic
def withdraw_plan(*, plan: Plan, reason: str, at: datetime, by: Actor) -> Plan:
    """Take back a plan that has not been carried out.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    kept = _held(plan, act=Act.PLAN, to=State.WITHDRAWN, by=by)
    kept.answer, kept.state = rules.check_why(reason), State.WITHDRAWN
    kept.save()
    told = {"reason": kept.answer}
    audit.record(by=by, verb="reorganising.withdraw_plan", subject=kept, at=at, detail=told)
    return kept


@transaction.atomic
def carry_out_due(*, plan: Plan, at: datetime, by: Actor | str) -> Plan:
    """Do what was approved, dated its day, if that has come; a second call changes nothing.

    What does not fit any more is refused whole and says why: nothing of it is done.
    """
    kept = queries.held_plan(by, plan)
    if kept.state != State.APPROVED or kept.on > local_day(at):
        return kept
    try:
        with transaction.atomic():
            return _carry_out(kept, at=at, by=by)
    except Refused as refusal:
        kept.refresh_from_db()
        kept.state = State.REFUSED
        kept.answer = f"到期未能执行，组织没有任何变动。{refusal.reason}"[:400]
        kept.save()
        told = {"reason": kept.answer}
        audit.record(by=by, verb="reorganising.refuse_plan", subject=kept, at=at, detail=told)
        _tell(kept, title="机构调整方案到期未能执行", text=kept.answer, at=at)
        return kept


def _carry_out(kept: Plan, *, at: datetime, by: Actor | str) -> Plan:
    steps = Hand.of(kept, at=at, by=by).do_all()
    kept.state, kept.carried_out_at = State.CARRIED_OUT, at
    kept.save()
    told = {"steps": len(steps), "on": kept.on.isoformat(), "document": kept.document}
    audit.record(by=by, verb="reorganising.carry_out", subject=kept, at=at, detail=told)
    _tell(kept, title="机构调整方案已执行", text=f"共{len(steps)}步，全部办结。", at=at)
    return kept


def _held(plan: Plan, *, act: Act, to: str, by: Actor) -> Plan:
    kept = queries.held_plan(by, plan)
    actors.require(by, act, at=kept.org)
    check_move(rules.PLAN_MOVES, now=kept.state, to=to, what=WHAT)
    return kept


def _for_decision(plan: Plan, *, to: str, by: Actor) -> Plan:
    kept = queries.held_plan(by, plan)
    actors.require(by, Act.APPROVE, at=kept.org)
    rules.check_waiting(state=kept.state)
    check_move(rules.PLAN_MOVES, now=kept.state, to=to, what=WHAT)
    hands = frozenset({kept.made_by_id, kept.submitted_by_id or 0})
    rules.check_other_eyes(decider=by.person_id, hands=hands)
    return kept


def _tell(kept: Plan, *, title: str, text: str, at: datetime) -> None:
    """Tell those whose plan it is."""
    concerned = sorted({kept.made_by_id, kept.submitted_by_id or kept.made_by_id})
    notices.notify(
        person_ids=concerned,
        kind=Kind.RESULT,
        title=title,
        text=f"{kept.title}：{text}",
        url=reverse("reorganising:plan", args=[kept.pk]),
        at=at,
    )
