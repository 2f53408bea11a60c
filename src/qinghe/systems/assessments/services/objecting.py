"""Objections to marks: made within their days, answered by somebody who did not give the marks."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.lib.workdays import workday_after
from qinghe.systems.assessments import models, queries, rules
from qinghe.systems.assessments.access import Act

Mark = models.Mark
Objection = models.Objection
State = models.Objection.State


@transaction.atomic
def object_to(*, mark: Mark, reason: str, at: datetime, by: Actor) -> Objection:
    """Object to the marks of one item, for the organisation that was given them.

    Raises Refused: not_allowed, wrong_state, too_late, reason_needed, already_objected.
    """
    rules.check_reason(reason)
    sheet = queries.held(by, mark.assessment)
    actors.require(by, Act.SELF_SCORE, at=sheet.org)
    scheme, today = sheet.scheme, local_day(at)
    if scheme.state != models.Scheme.State.SHOWN:
        raise Refused("wrong_state", "结果公示期间才能提出异议，没有提交。")
    rules.check_in_time(today=today, last=scheme.object_by)
    if mark.objections.exclude(state=State.WITHDRAWN).exists():
        raise Refused("already_objected", "这一项已经提出过异议，没有重复提交。")
    mark.refresh_from_db(fields=["final"])
    made = Objection.objects.create(
        mark=mark,
        reason=reason.strip(),
        filed_by_id=by.person_id,
        filed_on=today,
        answer_by=workday_after(today, count=scheme.answer_days),
        before=mark.final or 0,
    )
    audit.record(
        by=by, verb="assessments.object_to", subject=made, at=at, detail={"reason": reason.strip()}
    )
    return made


@transaction.atomic
def withdraw(*, objection: Objection, at: datetime, by: Actor) -> Objection:
    """Take an objection back. Raises Refused: not_allowed, wrong_state."""
    objection = _locked(objection, by=by)
    actors.require(by, Act.SELF_SCORE, at=objection.mark.assessment.org)
    rules.check_move(rules.OBJECTION_MOVES, now=objection.state, to=State.WITHDRAWN, what="异议")
    objection.state = State.WITHDRAWN
    objection.save(update_fields=["state"])
    audit.record(by=by, verb="assessments.withdraw", subject=objection, at=at)
    return objection


@transaction.atomic
def uphold(*, objection: Objection, marks: int, answer: str, at: datetime, by: Actor) -> Objection:
    """Grant an objection: the item gets other marks, and the total follows.

    Raises Refused: not_allowed, wrong_state, own_org, own_work, reason_needed, wrong_marks,
    nothing_changed.
    """
    objection = _answerable(objection, to=State.UPHELD, answer=answer, by=by)
    mark = objection.mark
    rules.check_marks(marks, full=mark.item.full)
    if marks == objection.before:
        raise Refused("nothing_changed", "采纳异议要改分；不改分请选“不采纳”。没有保存。")
    mark.final = marks
    mark.save(update_fields=["final"])
    sheet = mark.assessment
    sheet.total = queries.totals_of(by, sheet.scheme)[sheet.pk].whole
    sheet.save(update_fields=["total"])
    return _answered(objection, after=marks, answer=answer, at=at, by=by)


@transaction.atomic
def reject(*, objection: Objection, answer: str, at: datetime, by: Actor) -> Objection:
    """Leave the marks as they are, and say why.

    Raises Refused: not_allowed, wrong_state, own_org, own_work, reason_needed.
    """
    objection = _answerable(objection, to=State.REJECTED, answer=answer, by=by)
    return _answered(objection, after=objection.before, answer=answer, at=at, by=by)


def _locked(objection: Objection, *, by: Actor) -> Objection:
    queries.held(by, objection.mark.assessment)
    kept = Objection.objects.select_for_update(of=("self",))
    found = kept.select_related("mark__item", "mark__assessment__org")
    return found.select_related("mark__assessment__scheme__org").get(pk=objection.pk)


def _answerable(objection: Objection, *, to: State, answer: str, by: Actor) -> Objection:
    rules.check_reason(answer)
    found = _locked(objection, by=by)
    sheet = found.mark.assessment
    actors.require(by, Act.REVIEW, at=sheet.org)
    rules.check_move(rules.OBJECTION_MOVES, now=found.state, to=to, what="异议")
    queries.check_stranger(by, sheet.org)
    given = found.mark.reviews.values_list("reviewer_id", flat=True)
    rules.check_another(
        decides=by.person_id,
        others=[found.filed_by_id, *given],
        why="您复核过这一项或提出了这件异议，须由另一人答复，没有保存。",
    )
    found.state = to
    return found


def _answered(
    objection: Objection, *, after: int, answer: str, at: datetime, by: Actor
) -> Objection:
    objection.after, objection.answer = after, answer.strip()
    objection.answered_by_id, objection.answered_on = by.person_id, local_day(at)
    objection.save()
    notices.notify(
        person_ids=[objection.filed_by_id],
        kind=Kind.RESULT,
        title="考核异议已答复",
        text=f"{objection.mark.item.name}：{objection.get_state_display()}",
        url=reverse("assessments:objection", args=[objection.pk]),
        at=at,
    )
    verb = "assessments.uphold" if objection.state == State.UPHELD else "assessments.reject"
    detail = {"marks": rules.difference(objection.before, after), "reason": answer.strip()}
    audit.record(by=by, verb=verb, subject=objection, at=at, detail=detail)
    return objection
