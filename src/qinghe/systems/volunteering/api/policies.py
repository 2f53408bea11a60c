"""Insurance policies by a program: entered once, ended early with a reason (V-02, V-39)."""

from datetime import date

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


class PolicyOut(Schema):
    id: int
    insurer: str
    number: str
    org: Code
    starts_on: date
    ends_on: date
    ended_on: date | None


class PolicyIn(Schema):
    insurer: str = Field(min_length=1, max_length=80)
    number: str = Field(min_length=1, max_length=60)
    org: str
    starts_on: date
    ends_on: date = Field(description="含当日")
    covers: str = Field(max_length=400, description="险种、保额、保障对象")


class PolicyEndIn(Schema):
    on: date = Field(description="这一天是保障的最后一天")
    reason: str = Field(max_length=200)


@router.get("/policies", response=list[PolicyOut])
@paginate(ByKey, order=["-ends_on"])
def policies(request: Request) -> object:
    """List the insurance policies in the caller's sight, the longest in force first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.policies_seen_by(request.actor)


@router.post("/policies", response=PolicyOut)
def enter_policy(request: Request, body: PolicyIn) -> object:
    """Enter a policy, on which a risky activity may then rest."""
    doors.require_anywhere(request.actor, Act.INSURE)
    new = services.NewPolicy(
        insurer=body.insurer,
        number=body.number,
        org=get_object_or_404(queries.orgs_for(request.actor, Act.INSURE), code=body.org),
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        covers=body.covers,
    )
    return services.enter_policy(new=new, at=timezone.now(), by=request.actor)


@router.post("/policies/{int:policy_id}/end", response=PolicyOut)
def end_policy(request: Request, policy_id: int, body: PolicyEndIn) -> object:
    """Let a policy cover no more after a day."""
    return services.end_policy(
        policy=get_object_or_404(queries.policies_seen_by(request.actor), pk=policy_id),
        on=body.on,
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )
