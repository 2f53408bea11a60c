"""Plans for other programs: the same queries as the pages, to be read only."""

from datetime import date, datetime

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.reorganising import queries
from qinghe.systems.reorganising.access import Act

router = Router(tags=["机构调整"])


class ReorganisingPlanOut(Schema):
    id: int
    org: Code
    title: str
    document: str
    on: date
    state: str
    step_count: int
    carried_out_at: datetime | None


class ReorganisingStepOut(Schema):
    place: int
    kind: str
    code: str
    to_code: str
    name: str
    words: str


class ReorganisingPreviewOut(Schema):
    made_at: datetime
    trouble: str
    content: dict[str, object]


class ReorganisingPlanWhole(Schema):
    plan: ReorganisingPlanOut
    reason: str
    steps: list[ReorganisingStepOut]
    preview: ReorganisingPreviewOut | None


@router.get("/plans", response=list[ReorganisingPlanOut])
@paginate(ByKey, order=["-pk"])
def plans_of_reorganising(request: Request, state: str = "") -> object:
    """List the plans in the caller's sight, newest first; of one state where it is named."""
    doors.require_anywhere(request.actor, Act.SEE)
    found = queries.plans_seen_by(request.actor)
    return found.filter(state=state) if state else found


@router.get("/plans/{int:reorg_plan_id}", response=ReorganisingPlanWhole)
def plan_of_reorganising(request: Request, reorg_plan_id: int) -> object:
    """Show a plan with its steps in order and what was foreseen of it: numbers and no persons."""
    doors.require_anywhere(request.actor, Act.SEE)
    found = get_object_or_404(queries.plans_seen_by(request.actor), pk=reorg_plan_id)
    steps = [
        ReorganisingStepOut(
            place=step.place,
            kind=step.kind,
            code=step.code,
            to_code=step.to_code,
            name=step.name,
            words=words,
        )
        for step, words in queries.lines_of(request.actor, found)
    ]
    return {
        "plan": found,
        "reason": found.reason,
        "steps": steps,
        "preview": queries.preview_of(request.actor, found),
    }
