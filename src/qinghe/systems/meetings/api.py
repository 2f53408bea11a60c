"""Meetings for other programs: the same queries and services as the pages."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.meetings import queries, services
from qinghe.systems.meetings.access import Act

router = Router(tags=["会议"])


class SittingOut(Schema):
    id: int
    body: str
    org: str
    title: str
    kind: str
    number: int | None
    day: date
    place: str
    due: int | None
    came: int | None
    state: str

    @staticmethod
    def resolve_body(found: queries.Sitting) -> str:
        """Name the body."""
        return found.body.name

    @staticmethod
    def resolve_org(found: queries.Sitting) -> str:
        """Name the organisation of its office by its code."""
        return found.body.org.code


class DecisionOut(Schema):
    id: int
    key: str
    sitting: int
    text: str
    owner: Code
    helpers: str
    due_on: date
    reported_on: date | None
    accepted_on: date | None
    state: str

    @staticmethod
    def resolve_key(found: queries.Decision) -> str:
        """Give the key by which lists of work take it over."""
        return f"meetings.decision:{found.pk}"

    @staticmethod
    def resolve_sitting(found: queries.Decision) -> int:
        """Name the sitting by its key."""
        return found.sitting_id


class DecisionReportIn(Schema):
    evidence: str


@router.get("/sittings", response=list[SittingOut])
@paginate(ByKey, order=["-pk"])
def sittings(request: Request) -> object:
    """List the sittings in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE, Act.ANSWER)
    return queries.sittings_seen_by(request.actor)


@router.get("/decisions", response=list[DecisionOut])
@paginate(ByKey, order=["-pk"])
def decisions(request: Request) -> object:
    """List the decisions in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE, Act.ANSWER)
    return queries.decisions_seen_by(request.actor)


@router.post("/decisions/{int:decision_id}/report", response=DecisionOut)
def report_decision(request: Request, decision_id: int, body: DecisionReportIn) -> object:
    """Say that a decision of the caller's organisation is carried out, with evidence."""
    found = get_object_or_404(queries.decisions_seen_by(request.actor), pk=decision_id)
    return services.report_decision(
        decision=found, evidence=body.evidence, at=timezone.now(), by=request.actor
    )
