"""Returns for programs of schools and enterprises: the same queries and services as the pages."""

from datetime import date
from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request

from . import queries, services
from .access import Act

router = Router(tags=["统计报送"])


class FilingOut(Schema):
    id: int
    form: str
    version: int
    title: str
    period: str
    org: Code
    opens_on: date
    closes_on: date
    state: str
    late: bool

    @staticmethod
    def resolve_form(filing: queries.Filing) -> str:
        """Name the form by its slug."""
        return filing.round.slug

    @staticmethod
    def resolve_version(filing: queries.Filing) -> int:
        """Return which version of the form was asked."""
        return filing.round.form.version

    @staticmethod
    def resolve_title(filing: queries.Filing) -> str:
        """Return what the form is called."""
        return filing.round.form.title

    @staticmethod
    def resolve_period(filing: queries.Filing) -> str:
        """Return the period's name, such as 2022H1."""
        return filing.round.period

    @staticmethod
    def resolve_opens_on(filing: queries.Filing) -> date:
        """Return the first day on which it can be filled."""
        return filing.round.opens_on

    @staticmethod
    def resolve_closes_on(filing: queries.Filing) -> date:
        """Return the last day on which it is in time."""
        return filing.round.closes_on


class CellOut(Schema):
    code: str
    label: str
    unit: str
    kind: str
    meaning: str
    derived: bool
    reported: bool
    amount: Decimal | None
    not_applicable: bool
    text: str
    note: str


class QuestionOut(Schema):
    key: str
    code: str
    words: str
    answer: str


class SheetOut(Schema):
    filing: FilingOut
    cells: list[CellOut]
    questions: list[QuestionOut]


class ValueIn(Schema):
    code: str
    amount: Decimal | None = None
    not_applicable: bool = False
    text: str = ""
    note: str = ""


class ValuesIn(Schema):
    values: list[ValueIn]
    reason: str = ""


class ChangedOut(Schema):
    changed: list[str]


class SubmitIn(Schema):
    answers: dict[str, str] = {}
    late_reason: str = ""


@router.get("/filings", response=list[FilingOut])
@paginate(ByKey, order=["-round__ends_on", "round__slug", "org__path"])
def filings(request: Request) -> object:
    """List the filings in the caller's sight, the newest period first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.filings_seen_by(request.actor)


@router.get("/filings/{int:filing_id}", response=SheetOut)
def filing(request: Request, filing_id: int) -> object:
    """Read a filing: its cells, what stands in them, and what is asked about them."""
    found = _found(request, filing_id)
    sheet = queries.sheet_of(request.actor, found)
    return {
        "filing": found,
        "cells": [_cell(one) for one in sheet.cells],
        "questions": [
            {
                "key": one.key,
                "code": one.code,
                "words": one.words,
                "answer": sheet.answered.get(one.key, ""),
            }
            for one in sheet.questions
        ],
    }


@router.post("/filings/{int:filing_id}/values", response=ChangedOut)
def put_values(request: Request, filing_id: int, body: ValuesIn) -> object:
    """Keep values; all of them or, when one is refused, none."""
    changed = services.keep_values(
        filing=_found(request, filing_id),
        entries=[services.Entry(**one.dict()) for one in body.values],
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )
    return {"changed": changed}


@router.post("/filings/{int:filing_id}/submit", response=FilingOut)
def submit(request: Request, filing_id: int, body: SubmitIn) -> object:
    """Send a filing up, with words to what the numbers raise."""
    return services.submit(
        filing=_found(request, filing_id),
        answers=body.answers,
        late_reason=body.late_reason,
        at=timezone.now(),
        by=request.actor,
    )


def _found(request: Request, filing_id: int) -> queries.Filing:
    return get_object_or_404(queries.filings_seen_by(request.actor), pk=filing_id)


def _cell(one: queries.FilledCell) -> dict[str, object]:
    shown = one.figure.value if one.derived and one.figure else None
    return {
        "code": one.cell.code,
        "label": one.cell.label,
        "unit": one.cell.unit,
        "kind": one.cell.kind,
        "meaning": one.cell.meaning,
        "derived": one.derived,
        "reported": one.derived or one.worth.reported,
        "amount": shown if one.derived else one.worth.amount,
        "not_applicable": one.worth.not_applicable,
        "text": one.worth.text,
        "note": one.worth.note,
    }
