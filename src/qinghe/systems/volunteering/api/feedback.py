"""Ratings, evaluations, objections and their answers, by a program (V-03)."""

from datetime import datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

router = Router()


class ToRateOut(Schema):
    id: int
    session_id: int
    title: str
    score: int | None

    @staticmethod
    def resolve_title(served: queries.Attendance) -> str:
        """Say what it was."""
        return served.session.title

    @staticmethod
    def resolve_score(served: queries.Attendance) -> int | None:
        """Tell the score that was given before."""
        rating = getattr(served, "rating", None)
        return rating.score if rating else None


class RatingIn(Schema):
    score: int = Field(ge=1, le=5)
    words: str = Field("", max_length=400)


class RatingOut(Schema):
    id: int
    score: int
    words: str
    at: datetime


class EvaluationIn(Schema):
    traits: list[str] = Field(max_length=8)
    words: str = Field("", max_length=400)


class EvaluationOut(Schema):
    id: int
    session_id: int
    org: Code
    traits: list[str]
    words: str
    state: str
    at: datetime
    objection: str
    answer: str

    @staticmethod
    def resolve_session_id(evaluation: queries.Evaluation) -> int:
        """Say which session it is about."""
        return evaluation.attendance.session_id

    @staticmethod
    def resolve_traits(evaluation: queries.Evaluation) -> list[str]:
        """Return the codes of the words."""
        return evaluation.traits.split(",")


class WordsIn(Schema):
    words: str = Field(max_length=400)


class EvaluationAnswerIn(Schema):
    withdrawn: bool
    answer: str = Field(max_length=400)


@router.get("/to-rate", response=list[ToRateOut])
@paginate(ByKey, order=["-pk"])
def to_rate(request: Request) -> object:
    """List the caller's own services that may be rated now."""
    _require_volunteer(request)
    return queries.to_rate(request.actor, timezone.now())


@router.post("/attendances/{int:attendance_id}/rating", response=RatingOut)
def rate(request: Request, attendance_id: int, body: RatingIn) -> object:
    """Rate a session that the caller served at; a second word takes the place of the first."""
    now = timezone.now()
    return services.rate_session(
        attendance=get_object_or_404(queries.to_rate(request.actor, now), pk=attendance_id),
        score=body.score,
        words=body.words,
        at=now,
        by=request.actor,
    )


@router.get("/sessions/{int:session_id}/ratings", response=list[RatingOut])
@paginate(ByKey, order=["-at"])
def ratings(request: Request, session_id: int) -> object:
    """List what volunteers said of a session in sight; not by whom."""
    found = get_object_or_404(queries.sessions_seen_by(request.actor), pk=session_id)
    return queries.ratings_of(request.actor, found)


@router.get("/evaluations", response=list[EvaluationOut])
@paginate(ByKey, order=["-pk"])
def evaluations(request: Request) -> object:
    """List the evaluations that organisations in the caller's sight gave."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.evaluations_seen_by(request.actor)


@router.get("/evaluations/own", response=list[EvaluationOut])
@paginate(ByKey, order=["-pk"])
def own_evaluations(request: Request) -> object:
    """List what organisers said of the caller."""
    _require_volunteer(request)
    return queries.own_evaluations(request.actor)


@router.post("/attendances/{int:attendance_id}/evaluation", response=EvaluationOut)
def evaluate(request: Request, attendance_id: int, body: EvaluationIn) -> object:
    """Say, once, how somebody served."""
    return services.evaluate(
        attendance=get_object_or_404(queries.attendances_seen_by(request.actor), pk=attendance_id),
        traits=tuple(body.traits),
        words=body.words,
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/evaluations/{int:evaluation_id}/objection", response=EvaluationOut)
def object_to_evaluation(request: Request, evaluation_id: int, body: WordsIn) -> object:
    """Hold something against what was said of the caller."""
    return services.object_to_evaluation(
        evaluation=get_object_or_404(queries.own_evaluations(request.actor), pk=evaluation_id),
        words=body.words,
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/evaluations/{int:evaluation_id}/answer", response=EvaluationOut)
def answer_evaluation(request: Request, evaluation_id: int, body: EvaluationAnswerIn) -> object:
    """Decide on an objection: the evaluation stands, or it is withdrawn."""
    states = queries.EvaluationState
    return services.answer_evaluation(
        evaluation=get_object_or_404(queries.evaluations_seen_by(request.actor), pk=evaluation_id),
        verdict=states.WITHDRAWN if body.withdrawn else states.CONFIRMED,
        answer=body.answer,
        at=timezone.now(),
        by=request.actor,
    )


def _require_volunteer(request: Request) -> None:
    if queries.own_volunteer(request.actor) is None:
        raise doors.closed()
