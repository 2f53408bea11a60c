"""What the pages of plans share: finding one, its colours, what can be done next."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.reorganising import queries
from qinghe.systems.reorganising.access import Act
from qinghe.systems.reorganising.queries import Plan, State

TONES: dict[str, pages.Tone] = {
    State.SUBMITTED: pages.Tone.WAIT,
    State.APPROVED: pages.Tone.INFO,
    State.CARRIED_OUT: pages.Tone.GOOD,
    State.REFUSED: pages.Tone.LATE,
}
ENDED = (State.CARRIED_OUT, State.REFUSED, State.WITHDRAWN)


def found(request: Request, plan_id: int) -> Plan:
    """Return a plan in the actor's sight."""
    return get_object_or_404(queries.plans_seen_by(request.actor), pk=plan_id)


def planned_by(request: Request, plan_id: int) -> Plan:
    """Return a plan that the actor may work on. Raises Refused: not_allowed."""
    plan = found(request, plan_id)
    actors.require(request.actor, Act.PLAN, at=plan.org)
    return plan


def tag_of(plan: Plan) -> pages.Tag:
    """Return where a plan stands, in words and colour."""
    return pages.Tag(State(plan.state).label, TONES.get(plan.state, pages.Tone.PLAIN))


def may_plan(request: Request, plan: Plan) -> bool:
    """Test if the actor may work on a plan."""
    return actors.may(request.actor, Act.PLAN, at=plan.org)


def may_decide(request: Request, plan: Plan) -> bool:
    """Test if a plan waits for this actor."""
    return queries.plans_waiting_for(request.actor).filter(pk=plan.pk).exists()


def deciding(plan: Plan) -> list[pages.Action]:
    """Return what the one who decides can do."""
    return [
        pages.Action(
            "批准",
            act_url("plan_approve", plan),
            primary=True,
            post=True,
            ask="批准后按生效日期执行，执行后不能撤回，确定批准吗？",
        ),
        pages.Action("不通过", act_url("plan_refuse", plan)),
    ]


def act_url(name: str, plan: Plan) -> str:
    """Return the address of something done with a plan."""
    return reverse(f"reorganising:{name}", args=[plan.pk])


def back_to(plan: Plan) -> pages.Link:
    """Return the way back to a plan."""
    return pages.Link(plan.title, act_url("plan", plan))
