"""Publishing an activity by a program, as by the form: what is told, when, where, for whom."""

from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema
from pydantic import AwareDatetime

from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

from .activities import ActivityOut, router

MOST_TIMES, MOST_POSTS = 100, 20
HALF_A_PLACE = Refused("half_a_place", "经度和纬度要么都填，要么都不填，没有发布。")


class TimesIn(Schema):
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class NewPostIn(Schema):
    name: str = Field(min_length=1, max_length=40)
    capacity: int = Field(ge=1, le=5000)
    skills: str = Field("", max_length=120)
    training: str = ""
    min_age: int | None = Field(None, ge=14, le=99)
    max_age: int | None = Field(None, ge=14, le=99)
    minors: bool = False
    children: bool = False


class NewActivityIn(Schema):
    org: str
    title: str = Field(min_length=1, max_length=120)
    kind: queries.Activity.Kind
    about: str = Field(min_length=1, max_length=1000)
    risks: str = Field(min_length=1, max_length=400)
    contact: str = Field(min_length=1, max_length=80)
    place: str = Field(min_length=1, max_length=160)
    latitude: Decimal | None = Field(None, ge=-90, le=90, max_digits=8, decimal_places=6)
    longitude: Decimal | None = Field(None, ge=-180, le=180, max_digits=9, decimal_places=6)
    times: list[TimesIn] = Field(min_length=1, max_length=MOST_TIMES)
    posts: list[NewPostIn] = Field(min_length=1, max_length=MOST_POSTS)
    team: str = Field("", description="服务队伍编号")
    partners: list[str] = Field([], max_length=20, description="协办组织代码")
    dangerous: bool = False
    policy: str = Field("", description="有人身危险的活动所凭保单号")
    cancel_hours: int = Field(24, ge=0, le=720)
    offer_minutes: int = Field(120, ge=5, le=2880)


@router.post("/activities", response=ActivityOut)
def publish_activity(request: Request, body: NewActivityIn) -> object:
    """Publish an activity with its sessions; only times to come, and insured where it is risky."""
    doors.require_anywhere(request.actor, Act.PUBLISH)
    if (body.latitude is None) != (body.longitude is None):
        raise HALF_A_PLACE
    actor = request.actor
    partners = queries.orgs_to_join(actor)
    new = services.NewActivity(
        org=get_object_or_404(queries.orgs_for(actor, Act.PUBLISH), code=body.org),
        title=body.title,
        kind=body.kind,
        about=body.about,
        risks=body.risks,
        contact=body.contact,
        spot=services.Spot(body.place, body.latitude, body.longitude),
        times=tuple((one.starts_at, one.ends_at) for one in body.times),
        posts=tuple(services.NewPost(**one.dict()) for one in body.posts),
        partners=tuple(get_object_or_404(partners, code=code) for code in body.partners),
        team=get_object_or_404(queries.teams_seen_by(actor), code=body.team) if body.team else None,
        dangerous=body.dangerous,
        policy=get_object_or_404(queries.policies_for(actor), number=body.policy)
        if body.policy
        else None,
        cancel_hours=body.cancel_hours,
        offer_minutes=body.offer_minutes,
    )
    return services.publish_activity(new=new, at=timezone.now(), by=actor)
