"""The public notice: up for some working days, objections heard and answered (step 8)."""

from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import models, rules
from qinghe.systems.joining.access import Act

from .turns import Turn

Case = models.Case
Objection = models.Objection


@transaction.atomic
def post_notice(*, case: Case, on: date, words: str = "", at: datetime, by: Actor) -> Case:
    """Put the notice up from a day on; it stays for as many working days as the terms say (8).

    Raises Refused: posted_already and what Turn.take raises.
    """
    turn = Turn.take(case, 8, on=on, at=at, by=by)
    step = turn.step
    if step.on:
        raise Refused("posted_already", f"已经公示，到{step.posted_until}为止，没有重复登记。")
    step.on, step.words, step.by_id = on, words.strip(), by.person_id
    step.posted_until = rules.notice_until(on, days=turn.terms.notice_days)
    step.save()
    detail = {"on": str(on), "until": str(step.posted_until)}
    audit.record(by=by, verb="joining.post_notice", subject=turn.case, at=at, detail=detail)
    return turn.case


@transaction.atomic
def close_notice(*, case: Case, on: date, at: datetime, by: Actor) -> Case:
    """Take the notice down once it has run out and every objection is answered (8).

    Raises Refused: not_posted and what Turn.take raises.
    """
    turn = Turn.take(case, 8, on=on, at=at, by=by)
    if turn.step.on is None:
        raise Refused("not_posted", "还没有公示，没有保存；请先登记公示日期。")
    kept = turn.settle(on=on)
    kept.save()
    audit.record(by=by, verb="joining.close_notice", subject=kept, at=at, detail={"on": str(on)})
    return kept


@transaction.atomic
def object_to(
    *, case: Case, on: date, words: str, raised_by: str = "", at: datetime, by: Actor
) -> Objection:
    """Write down what was brought forward while the notice was up, by letter, call or in person.

    Raises Refused: not_allowed, own_hand, not_posted, reason_needed, in_future, wrong_order.
    """
    told = rules.check_reason(words)
    kept = Turn.locked(case)
    _require_either(by, kept)
    step = kept.steps.filter(number=8).first()
    if kept.state != Case.State.OPEN or kept.step != 8 or step is None or step.on is None:
        raise Refused("not_posted", "现在没有在公示，不能登记异议，没有保存。")
    check_not_future(day=on, today=local_day(at), what="异议提出")
    if on < step.on:
        raise Refused(
            "wrong_order", f"异议提出日期（{on}）不能早于公示开始日期（{step.on}），没有保存。"
        )
    made = Objection.objects.create(case=kept, on=on, words=told, raised_by=raised_by.strip())
    audit.record(by=by, verb="joining.object_to", subject=kept, at=at, detail={"on": str(on)})
    return made


@transaction.atomic
def answer_objection(
    *, objection: Objection, words: str, upheld: bool, at: datetime, by: Actor
) -> Objection:
    """Write down what was found out about an objection, and whether it holds.

    Raises Refused: not_allowed, own_hand, reason_needed, answered_already.
    """
    told = rules.check_reason(words)
    kept = Turn.locked(objection.case)
    _require_either(by, kept)
    row = Objection.objects.select_for_update().get(pk=objection.pk)
    if row.answered_on:
        raise Refused("answered_already", "这条异议已经答复，没有改动。")
    row.answer, row.upheld, row.answered_on = told, upheld, local_day(at)
    row.save(update_fields=["answer", "upheld", "answered_on"])
    audit.record(
        by=by, verb="joining.answer_objection", subject=kept, at=at, detail={"upheld": upheld}
    )
    return row


def _require_either(by: Actor, case: Case) -> None:
    """Refuse who acts neither for the branch nor for the committee above it."""
    above = case.org.parent
    if above is None or not actors.may(by, Act.APPROVE, at=above):
        actors.require(by, Act.RUN, at=case.org)
    rules.check_other_hand(by=by.person_id, prepared_by=(), applicant=case.person_id)
