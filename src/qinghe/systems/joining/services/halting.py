"""How a case stops before its end: refused, taken back, at rest, lapsed."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import models, queries, rules
from qinghe.systems.joining.access import Act

from .turns import BRANCH, Turn

Case = models.Case
State = models.Case.State
GOING = (State.OPEN, State.PAUSED)


@transaction.atomic
def refuse(*, case: Case, reason: str, at: datetime, by: Actor) -> Case:
    """End a case with no: by the branch in its own steps, by the committee in those that await it.

    Raises Refused: not_allowed, own_hand, reason_needed, wrong_state, admitted_already.
    """
    why = rules.check_reason(reason)
    kept = Turn.locked(case)
    Turn.require(by, kept, awaits=kept.awaits)
    rules.check_halt(state=kept.state, step=kept.step, wanted=GOING)
    kept = Turn.end(kept, to=State.REFUSED, reason=why, on=local_day(at), at=at, by=by)
    audit.record(by=by, verb="joining.refuse", subject=kept, at=at, detail={"reason": why})
    Turn.tell(kept, title="入团申请未通过", text=f"{kept.org.name}：{why}", at=at)
    return kept


@transaction.atomic
def withdraw(*, case: Case, reason: str, at: datetime, by: Actor) -> Case:
    """Take one's own application back, or for an applicant who asked the branch in writing.

    Raises Refused: not_allowed, reason_needed, wrong_state, admitted_already.
    """
    why = rules.check_reason(reason)
    kept = Turn.locked(case)
    if by.person_id != kept.person_id:
        actors.require(by, Act.RUN, at=kept.org)
    rules.check_halt(state=kept.state, step=kept.step, wanted=GOING)
    kept = Turn.end(kept, to=State.WITHDRAWN, reason=why, on=local_day(at), at=at, by=by)
    audit.record(by=by, verb="joining.withdraw", subject=kept, at=at, detail={"reason": why})
    return kept


@transaction.atomic
def lapse(*, case: Case, reason: str, at: datetime, by: Actor) -> Case:
    """Close a case as lapsed: the applicant is too old by now, or nothing happened for long.

    Raises Refused: not_allowed, own_hand, reason_needed, wrong_state, admitted_already, not_lapsed.
    """
    told = rules.check_reason(reason)
    kept = Turn.locked(case)
    Turn.require(by, kept, awaits=BRANCH)
    rules.check_halt(state=kept.state, step=kept.step, wanted=GOING)
    terms = queries.rules_of(by, queries.terms_of(by, kept))
    last = max(queries.standing_of(by, kept).days.values())
    today = local_day(at)
    why = rules.why_lapsed(
        birth_date=kept.person.birth_date, last_day=last, today=today, terms=terms
    )
    if why is None:
        raise Refused(
            "not_lapsed",
            f"申请人未满{terms.oldest}周岁，且{last}以来不满{terms.rest_months}个月，"
            "还不能作失效处理，没有改动；可以先暂停。",
        )
    kept = Turn.end(kept, to=State.LAPSED, reason=f"{why}：{told}", on=today, at=at, by=by)
    audit.record(by=by, verb="joining.lapse", subject=kept, at=at, detail={"reason": kept.reason})
    Turn.tell(kept, title="入团申请已失效", text=f"{kept.org.name}：{kept.reason}", at=at)
    return kept


@transaction.atomic
def pause(*, case: Case, reason: str, at: datetime, by: Actor) -> Case:
    """Let a case rest; limits stand still with it.

    Raises Refused: not_allowed, own_hand, reason_needed, wrong_state, admitted_already.
    """
    why = rules.check_reason(reason)
    kept = Turn.locked(case)
    Turn.require(by, kept, awaits=BRANCH)
    rules.check_halt(state=kept.state, step=kept.step, wanted=(State.OPEN,))
    kept.state, kept.paused_on, kept.reason = State.PAUSED, local_day(at), why
    kept.save(update_fields=["state", "paused_on", "reason"])
    audit.record(by=by, verb="joining.pause", subject=kept, at=at, detail={"reason": why})
    return kept


@transaction.atomic
def resume(*, case: Case, at: datetime, by: Actor) -> Case:
    """Go on with a case at rest; its limit is later by as many days as it rested.

    Raises Refused: not_allowed, own_hand, wrong_state.
    """
    kept = Turn.locked(case)
    Turn.require(by, kept, awaits=BRANCH)
    rules.check_halt(state=kept.state, step=kept.step, wanted=(State.PAUSED,))
    rested = local_day(at) - (kept.paused_on or local_day(at))
    if kept.due_on:
        kept.due_on += rested
        kept.steps.filter(number=kept.step).update(due_on=kept.due_on)
    kept.state, kept.paused_on, kept.reason = State.OPEN, None, ""
    kept.save(update_fields=["state", "paused_on", "reason", "due_on"])
    audit.record(by=by, verb="joining.resume", subject=kept, at=at, detail={"days": rested.days})
    return kept
