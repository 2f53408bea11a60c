"""A guardian's children by a program, as on the phone (V-21). Names stay on the pages."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import queries, services

from .activities import SignUpOut

router = Router()


class WardOut(Schema):
    id: int
    number: str
    state: str
    registered_on: date | None
    beside_until: date


class WardSignUpIn(Schema):
    child: str = Field(max_length=20, description="孩子的志愿者编号")
    vouched: bool = False


@router.get("/children", response=list[WardOut])
@paginate(ByKey, order=["pk"])
def own_wards(request: Request) -> object:
    """List the children who serve beside the caller, by number."""
    return queries.own_wards(request.actor)


@router.post("/posts/{int:service_post_id}/sign-ups/children", response=SignUpOut)
def sign_up_ward(request: Request, service_post_id: int, body: WardSignUpIn) -> object:
    """Sign a child up where the caller has a place, or let them wait."""
    now = timezone.now()
    return services.sign_up_ward(
        post=get_object_or_404(queries.posts_to_join(request.actor, now), pk=service_post_id),
        ward=get_object_or_404(queries.own_wards(request.actor), number=body.child),
        vouched=body.vouched,
        at=now,
        by=request.actor,
    )
