"""A volunteer rates a session; its organiser evaluates the volunteer, who may object (V-03)."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

State = models.Evaluation.State
MINE = "/volunteering/mine/feedback/"


@transaction.atomic
def rate_session(
    *, attendance: models.Attendance, score: int, words: str, at: datetime, by: Actor
) -> models.Rating:
    """Let a volunteer rate a session they served at; a second word takes the place of the first.

    Raises Refused: not_own, not_served, too_late.
    """
    served = _served(attendance)
    if served.volunteer.person_id != by.person_id:
        raise Refused("not_own", "只能评价本人参加的活动，没有提交。")
    rules.check_served_through(state=served.state, ends_at=served.session.ends_at, at=at)
    rules.check_soon_enough(since=served.session.ends_at, within=rules.RATED_WITHIN, at=at)
    kept, _ = models.Rating.objects.update_or_create(
        attendance=served, defaults={"score": score, "words": words.strip(), "at": at}
    )
    detail = {"score": score}
    audit.record(by=by, verb="volunteering.rate_session", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def evaluate(
    *,
    attendance: models.Attendance,
    traits: tuple[str, ...],
    words: str,
    at: datetime,
    by: Actor,
) -> models.Evaluation:
    """Let the organiser say how somebody served, once; they are told and may object.

    Raises Refused: not_allowed, own_service, not_served, no_trait, evaluated.
    """
    served = _served(attendance)
    actors.require(by, Act.EVALUATE, at=served.session.org)
    rules.check_not_oneself(speaker_id=by.person_id, subject_id=served.volunteer.person_id)
    rules.check_served_through(state=served.state, ends_at=served.session.ends_at, at=at)
    if models.Evaluation.objects.filter(attendance=served).exists():
        raise Refused("evaluated", "这次服务已经评价过，没有重复提交。")
    made = models.Evaluation.objects.create(
        attendance=served,
        org=served.session.org,
        traits=rules.check_traits(traits),
        words=words.strip(),
        given_by_id=by.person_id,
        at=at,
    )
    audit.record(by=by, verb="volunteering.evaluate", subject=made, at=at)
    _tell(made, title="主办方评价了您的一次服务", text=served.session.title, at=at)
    return made


@transaction.atomic
def object_to_evaluation(
    *, evaluation: models.Evaluation, words: str, at: datetime, by: Actor
) -> models.Evaluation:
    """Let its subject hold something against an evaluation, while it is fresh.

    Raises Refused: not_own, reason_needed, too_late, wrong_state.
    """
    rules.check_reason(words)
    kept = _locked(evaluation)
    if kept.attendance.volunteer.person_id != by.person_id:
        raise Refused("not_own", "只能对本人的评价提出异议，没有提交。")
    rules.check_soon_enough(since=kept.at, within=rules.OBJECTED_WITHIN, at=at)
    _move(kept, to=State.OBJECTED)
    kept.objection, kept.objected_at = words.strip(), at
    kept.save(update_fields=["state", "objection", "objected_at"])
    audit.record(by=by, verb="volunteering.object_to_evaluation", subject=kept, at=at)
    return kept


@transaction.atomic
def answer_evaluation(
    *,
    evaluation: models.Evaluation,
    verdict: models.Evaluation.State,
    answer: str,
    at: datetime,
    by: Actor,
) -> models.Evaluation:
    """Decide on an objection: the evaluation stands, or it is withdrawn; its giver does not decide.

    Raises Refused: not_allowed, reason_needed, own_entry, own_service, wrong_state.
    """
    rules.check_reason(answer)
    kept = _locked(evaluation)
    actors.require(by, Act.ANSWER_FEEDBACK, at=kept.org)
    rules.check_not_own_entry(decider_id=by.person_id, enterer_id=kept.given_by_id)
    rules.check_not_oneself(speaker_id=by.person_id, subject_id=kept.attendance.volunteer.person_id)
    _move(kept, to=verdict)
    kept.answer, kept.answered_by_id, kept.answered_at = answer.strip(), by.person_id, at
    kept.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    detail = {"verdict": verdict.value}
    audit.record(by=by, verb="volunteering.answer_evaluation", subject=kept, at=at, detail=detail)
    _tell(kept, title=f"您对评价的异议已答复：{verdict.label}", text=kept.answer, at=at)
    return kept


def _served(attendance: models.Attendance) -> models.Attendance:
    found = models.Attendance.objects.select_for_update(of=("self",))
    return found.select_related("session__org", "volunteer").get(pk=attendance.pk)


def _locked(evaluation: models.Evaluation) -> models.Evaluation:
    found = models.Evaluation.objects.select_for_update(of=("self",))
    return found.select_related("org", "attendance__volunteer").get(pk=evaluation.pk)


def _move(evaluation: models.Evaluation, *, to: models.Evaluation.State) -> None:
    rules.check_move(rules.EVALUATION_MOVES, now=evaluation.state, to=to, what="评价")
    evaluation.state = to


def _tell(evaluation: models.Evaluation, *, title: str, text: str, at: datetime) -> None:
    notices.notify(
        person_ids=[evaluation.attendance.volunteer.person_id],
        kind=Kind.RESULT,
        title=title,
        text=text,
        url=MINE,
        at=at,
    )
