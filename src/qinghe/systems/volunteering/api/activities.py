"""Finding and signing up by a program, as on the phone."""

from datetime import date, datetime
from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, Number, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

router = Router()


class ActivityOut(Schema):
    id: int
    title: str
    org: Code
    kind: str
    state: str
    published_at: datetime


class PostOut(Schema):
    id: int
    name: str
    capacity: int
    left: int
    skills: str
    training: str
    min_age: int | None
    max_age: int | None
    minors: bool
    children: bool


class OpenOut(Schema):
    id: int
    title: str
    org: Code
    kind: str
    place: str
    latitude: Decimal | None
    longitude: Decimal | None
    starts_at: datetime
    ends_at: datetime
    risks: str
    kilometres: str | None = None
    posts: list[PostOut]

    @staticmethod
    def resolve_kind(session: queries.Session) -> str:
        """Say what kind of service it is."""
        return session.activity.kind if session.activity else ""

    @staticmethod
    def resolve_risks(session: queries.Session) -> str:
        """Tell the risks (V-01)."""
        return session.activity.risks if session.activity else ""

    @staticmethod
    def resolve_kilometres(session: queries.Session, context: dict) -> str | None:
        """Tell how far it is from where one looks, if one said where."""
        spot = FindIn(near=context["request"].GET.get("near", "")).spot
        return queries.kilometres(context["request"].actor, session, spot) if spot else None

    @staticmethod
    def resolve_posts(session: queries.Session) -> list[queries.ServicePost]:
        """Return the posts that came along."""
        return list(session.posts.all())


class FindIn(Schema):
    day: date | None = None
    kind: str = ""
    street: str = ""
    skill: str = ""
    near: str = Field(
        "", pattern=r"^(-?\d{1,2}(\.\d{1,6})?,-?\d{1,3}(\.\d{1,6})?)?$", description="纬度,经度"
    )

    @property
    def spot(self) -> tuple[Decimal, Decimal] | None:
        """Return the place to look from."""
        if not self.near:
            return None
        latitude, longitude = self.near.split(",")
        return Decimal(latitude), Decimal(longitude)


class SignUpIn(Schema):
    vouched: bool = False


class SignUpOtherIn(Schema):
    volunteer: str
    vouched: bool = False


class SignUpOut(Schema):
    id: int
    post_id: int
    session_id: int
    volunteer: Number
    state: str
    signed_at: datetime
    offer_until: datetime | None

    @staticmethod
    def resolve_session_id(sign_up: queries.SignUp) -> int:
        """Say which session it is for."""
        return sign_up.post.session_id


@router.get("/activities", response=list[ActivityOut])
@paginate(ByKey, order=["-published_at"])
def activities(request: Request) -> object:
    """List the activities that the caller's organisations host or join, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.activities_seen_by(request.actor)


@router.get("/open-sessions", response=list[OpenOut])
@paginate(ByKey, order=["starts_at"], leading="away")
def open_sessions(request: Request, asked: Query[FindIn]) -> object:
    """List what the caller may sign up for as a volunteer, soonest first, or nearest to a place."""
    _require_volunteer(request)
    wish = queries.Wish(
        day=asked.day, kind=asked.kind, street=asked.street, skill=asked.skill, near=asked.spot
    )
    return queries.open_sessions(request.actor, wish, timezone.now())


@router.get("/sign-ups", response=list[SignUpOut])
@paginate(ByKey, order=["-signed_at"])
def own_sign_ups(request: Request) -> object:
    """List the caller's own sign-ups, newest first."""
    _require_volunteer(request)
    return queries.own_sign_ups(request.actor)


@router.post("/posts/{int:service_post_id}/sign-ups", response=SignUpOut)
def sign_up(request: Request, service_post_id: int, body: SignUpIn) -> object:
    """Sign the caller up, or let them wait; a repeat changes nothing."""
    now = timezone.now()
    post = get_object_or_404(queries.posts_to_join(request.actor, now), pk=service_post_id)
    return services.sign_up(post=post, vouched=body.vouched, at=now, by=request.actor)


@router.post("/posts/{int:service_post_id}/sign-ups/others", response=SignUpOut)
def sign_up_other(request: Request, service_post_id: int, body: SignUpOtherIn) -> object:
    """Sign up somebody else by the number on their card."""
    return services.sign_up_other(
        post=get_object_or_404(queries.posts_seen_by(request.actor), pk=service_post_id),
        volunteer=get_object_or_404(
            queries.volunteers_to_check_in(request.actor), number=body.volunteer
        ),
        vouched=body.vouched,
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/sign-ups/{int:sign_up_id}/cancel", response=SignUpOut)
def cancel(request: Request, sign_up_id: int) -> object:
    """Let go of the caller's own place."""
    found = get_object_or_404(queries.own_sign_ups(request.actor), pk=sign_up_id)
    return services.cancel_sign_up(sign_up=found, at=timezone.now(), by=request.actor)


@router.post("/sign-ups/{int:sign_up_id}/accept", response=SignUpOut)
def accept(request: Request, sign_up_id: int) -> object:
    """Take the place that is kept for the caller."""
    found = get_object_or_404(queries.own_sign_ups(request.actor), pk=sign_up_id)
    return services.accept_offer(sign_up=found, at=timezone.now(), by=request.actor)


@router.post("/sign-ups/{int:sign_up_id}/decline", response=SignUpOut)
def decline(request: Request, sign_up_id: int) -> object:
    """Let the place go to the next."""
    found = get_object_or_404(queries.own_sign_ups(request.actor), pk=sign_up_id)
    return services.decline_offer(sign_up=found, at=timezone.now(), by=request.actor)


@router.post("/sign-ups/{int:sign_up_id}/release", response=SignUpOut)
def release(request: Request, sign_up_id: int, body: ReasonIn) -> object:
    """Take somebody off the list of a session that the caller keeps."""
    found = get_object_or_404(queries.sign_ups_seen_by(request.actor), pk=sign_up_id)
    return services.release_sign_up(
        sign_up=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


def _require_volunteer(request: Request) -> None:
    if queries.own_volunteer(request.actor) is None:
        raise doors.closed()
