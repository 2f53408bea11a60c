"""Runs and their counts for other programs; who they are about is read on the pages only."""

from datetime import date

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.reconciling import queries
from qinghe.systems.reconciling.access import Act

router = Router(tags=["名册对账"])


class RunOut(Schema):
    id: int
    source: str
    org: Code
    state: str
    rows: int
    finished_on: date | None

    @staticmethod
    def resolve_source(found: queries.Run) -> str:
        """Name the source."""
        return found.source.name


class RunTallyOut(Schema):
    id: int
    org: Code
    members: int
    rows: int
    agreed: int
    changed: int
    extra: int
    missing: int
    unsure: int
    sent: int
    to_answer: int
    to_decide: int
    answered_on: date | None


@router.get("/runs", response=list[RunOut])
@paginate(ByKey, order=["-pk"])
def reconciling_runs(request: Request) -> object:
    """List the runs in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.runs_seen_by(request.actor)


@router.get("/runs/{int:run_id}/tallies", response=list[RunTallyOut])
@paginate(ByKey, order=["pk"])
def reconciling_tallies(request: Request, run_id: int) -> object:
    """List what a run in the caller's sight came to, organisation by organisation."""
    doors.require_anywhere(request.actor, Act.SEE)
    found = get_object_or_404(queries.runs_seen_by(request.actor), pk=run_id)
    return queries.tallies_of(request.actor, found)
