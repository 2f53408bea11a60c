"""What an organisation says of itself: kept while it is typed, handed in, sent back, asked for."""

from collections.abc import Collection
from dataclasses import dataclass
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
from qinghe.systems.assessments import models, queries, rules
from qinghe.systems.assessments.access import Act

Assessment = models.Assessment
Mark = models.Mark
Item = models.Item
State = models.Assessment.State


@dataclass(frozen=True)
class Told:
    """What is typed so far of one item; marks in hundredths, or none yet."""

    marks: int | None
    reason: str


@transaction.atomic
def keep_mark(*, mark: Mark, told: Told, at: datetime, by: Actor) -> Mark:
    """Keep what is typed so far of one item; the trail is told of it when all is handed in.

    Raises Refused: not_allowed, wrong_state, not_self_scored, wrong_marks.
    """
    assessment = _own_draft(mark.assessment, by=by)
    if mark.item.way != Item.Way.SELF:
        raise Refused("not_self_scored", "这一项按数据计分，不用自评，没有保存。")
    if told.marks is not None:
        rules.check_marks(told.marks, full=mark.item.full)
    mark.self_marks, mark.self_reason = told.marks, told.reason.strip()
    mark.kept_at, mark.assessment = at, assessment
    mark.save(update_fields=["self_marks", "self_reason", "kept_at"])
    return mark


@transaction.atomic
def submit(*, assessment: Assessment, at: datetime, by: Actor) -> Assessment:
    """Hand a self-score in; after the last day it is taken too, and marked as late.

    A bonus that is not asked for is settled at nought. Raises Refused: not_allowed, wrong_state,
    not_complete, wrong_marks, evidence_needed.
    """
    assessment = _own_draft(assessment, by=by)
    marks = list(queries.marks_of(by, assessment).filter(item__way=Item.Way.SELF))
    files = queries.files_of(by, marks)
    rules.check_complete(
        rules.Entered(
            number=mark.item.number,
            marks=mark.self_marks,
            full=mark.item.full,
            is_needed=mark.item.sort == Item.Sort.NORMAL,
            reason=mark.self_reason,
            evidence_needed=mark.item.evidence_needed,
            files=len(files.get(mark.pk, ())),
        )
        for mark in marks
    )
    not_asked = assessment.marks.filter(item__way=Item.Way.SELF, item__sort=Item.Sort.BONUS)
    not_asked.exclude(self_marks__gt=0).update(final=0)
    today = local_day(at)
    rules.check_move(rules.ASSESSMENT_MOVES, now=assessment.state, to=State.SUBMITTED, what="自评")
    assessment.state, assessment.submitted_at = State.SUBMITTED, at
    assessment.submitted_by_id = by.person_id
    if assessment.first_on is None:
        assessment.first_on, assessment.is_late = today, today > assessment.due_on
    assessment.save()
    audit.record(
        by=by,
        verb="assessments.submit",
        subject=assessment,
        at=at,
        detail={"late": assessment.is_late},
    )
    return assessment


@transaction.atomic
def send_back(*, assessment: Assessment, reason: str, at: datetime, by: Actor) -> Assessment:
    """Send a self-score back to be mended; what was reviewed of it is reviewed again.

    When it was first handed in stays as it was. Raises Refused: not_allowed, wrong_state,
    reason_needed, own_org.
    """
    rules.check_reason(reason)
    assessment = queries.held(by, assessment)
    actors.require(by, Act.REVIEW, at=assessment.org)
    _check_open(assessment)
    queries.check_stranger(by, assessment.org)
    rules.check_move(rules.ASSESSMENT_MOVES, now=assessment.state, to=State.DRAFT, what="自评")
    models.Review.objects.filter(mark__assessment=assessment).delete()
    assessment.marks.filter(item__way=Item.Way.SELF).update(final=None)
    assessment.state, assessment.reason = State.DRAFT, reason.strip()
    assessment.save(update_fields=["state", "reason"])
    notices.notify(
        person_ids=queries.keepers_of(by, [assessment.org], local_day(at)),
        kind=Kind.RESULT,
        title="考核自评被退回补正",
        text=f"{assessment.scheme.name}：{reason.strip()}",
        url=reverse("assessments:fill", args=[assessment.pk]),
        at=at,
    )
    audit.record(
        by=by,
        verb="assessments.send_back",
        subject=assessment,
        at=at,
        detail={"reason": reason.strip()},
    )
    return assessment


@transaction.atomic
def note_missed(*, assessment: Assessment, reason: str, at: datetime, by: Actor) -> Assessment:
    """Note that an organisation did not hand in; what it typed is kept and it is reviewed so.

    Raises Refused: not_allowed, wrong_state, reason_needed, too_early.
    """
    rules.check_reason(reason)
    assessment = queries.held(by, assessment)
    actors.require(by, Act.MAKE, at=assessment.scheme.org)
    _check_open(assessment)
    if local_day(at) <= assessment.due_on:
        raise Refused("too_early", f"自评到{assessment.due_on.isoformat()}截止，还不能登记未提交。")
    rules.check_move(rules.ASSESSMENT_MOVES, now=assessment.state, to=State.MISSED, what="自评")
    assessment.state, assessment.reason = State.MISSED, reason.strip()
    assessment.save(update_fields=["state", "reason"])
    audit.record(
        by=by,
        verb="assessments.note_missed",
        subject=assessment,
        at=at,
        detail={"reason": reason.strip()},
    )
    return assessment


@transaction.atomic
def remind(*, assessment: Assessment, at: datetime, by: Actor) -> Collection[int]:
    """Remind whoever answers for an organisation that has not handed in; return whom.

    Raises Refused: not_allowed, wrong_state, already_reminded.
    """
    assessment = queries.held(by, assessment)
    actors.require(by, Act.MAKE, at=assessment.scheme.org)
    _check_open(assessment)
    if assessment.state != State.DRAFT:
        raise Refused("wrong_state", f"{assessment.org.name}已经提交，不用提醒。")
    if assessment.reminded_at and local_day(assessment.reminded_at) == local_day(at):
        raise Refused("already_reminded", f"{assessment.org.name}今天已经提醒过，没有重复提醒。")
    keepers = queries.keepers_of(by, [assessment.org], local_day(at))
    notices.notify(
        person_ids=keepers,
        kind=Kind.LATE if local_day(at) > assessment.due_on else Kind.TODO,
        title="请填报考核自评",
        text=f"{assessment.scheme.name}：自评到{assessment.due_on.isoformat()}截止，还没有提交。",
        url=reverse("assessments:fill", args=[assessment.pk]),
        at=at,
    )
    assessment.reminded_at = at
    assessment.save(update_fields=["reminded_at"])
    audit.record(by=by, verb="assessments.remind", subject=assessment, at=at)
    return keepers


def _own_draft(assessment: Assessment, *, by: Actor) -> Assessment:
    found = queries.held(by, assessment)
    actors.require(by, Act.SELF_SCORE, at=found.org)
    _check_open(found)
    if found.state != State.DRAFT:
        raise Refused("wrong_state", "自评已经提交或已截止，没有改动；如需修改，请联系团区委退回。")
    return found


def _check_open(assessment: Assessment) -> None:
    if assessment.scheme.state != models.Scheme.State.PUBLISHED:
        raise Refused("wrong_state", "这项考核不在自评和复核阶段，没有改动，请刷新后再看。")
