"""An activity under way, by a program: told anew, moved, more places, the roll, records put right."""

from datetime import date, datetime
from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.pagination import paginate
from pydantic import AwareDatetime

from qinghe.edges.api.bodies import Code, Number, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

from .activities import ActivityOut, PostOut
from .doors import AttendanceOut
from .publishing import HALF_A_PLACE, NewPostIn, TimesIn
from .sessions import SessionOut

router = Router()
MOST_CAPACITY, MOST_ROLL = 5000, 5000
ACTIVITY, SESSION = "/activities/{int:activity_id}", "/sessions/{int:session_id}"
NO_PLACE = Refused("place_unknown", "要核对位置，请先写明活动地点的经纬度；没有改动。")


class ServiceProjectOut(Schema):
    id: int
    title: str
    org: Code
    about: str
    opened_on: date


class ServiceProjectIn(Schema):
    title: str = Field(min_length=1, max_length=80)
    org: str
    about: str = Field("", max_length=400)


class ToldIn(Schema):
    about: str = Field(min_length=1, max_length=1000)
    risks: str = Field(min_length=1, max_length=400)
    contact: str = Field(min_length=1, max_length=80)


class SittingIn(TimesIn):
    place: str = Field(min_length=1, max_length=160)
    latitude: Decimal | None = Field(None, ge=-90, le=90, max_digits=8, decimal_places=6)
    longitude: Decimal | None = Field(None, ge=-180, le=180, max_digits=9, decimal_places=6)


class CapacityIn(Schema):
    capacity: int = Field(ge=1, le=MOST_CAPACITY)


class PlaceCheckIn(Schema):
    """Where a session is and how near one has to be; nothing for neither."""

    latitude: Decimal | None = Field(None, ge=-90, le=90, max_digits=8, decimal_places=6)
    longitude: Decimal | None = Field(None, ge=-180, le=180, max_digits=9, decimal_places=6)
    metres: int | None = Field(None, ge=50, le=5000)


class RollIn(Schema):
    came: list[int] = Field(max_length=MOST_ROLL, description="到场的报名记录的编号")


class AbsentOut(Schema):
    absent: int


class SeenSignUpOut(Schema):
    """A sign-up at a session in sight; who it is, by number."""

    id: int
    post_id: int
    volunteer: Number
    state: str
    here: bool
    signed_at: datetime


class SeenAttendanceOut(AttendanceOut):
    volunteer: Number
    how: str


class StayOut(Schema):
    id: int
    attendance_id: int
    came_at: datetime
    left_at: datetime | None
    superseded: bool
    reason: str


class CorrectionIn(ReasonIn):
    came_at: AwareDatetime
    left_at: AwareDatetime


@router.get("/projects", response=list[ServiceProjectOut])
@paginate(ByKey, order=["-pk"])
def service_projects(request: Request) -> object:
    """List the projects in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.projects_seen_by(request.actor)


@router.post("/projects", response=ServiceProjectOut)
def open_project(request: Request, body: ServiceProjectIn) -> object:
    """Open a project, under which activities are held."""
    doors.require_anywhere(request.actor, Act.PUBLISH)
    return services.open_project(
        title=body.title,
        org=get_object_or_404(queries.orgs_for(request.actor, Act.PUBLISH), code=body.org),
        about=body.about,
        at=timezone.now(),
        by=request.actor,
    )


@router.post(f"{ACTIVITY}/amend", response=ActivityOut)
def amend_activity(request: Request, activity_id: int, body: ToldIn) -> object:
    """Say anew what an activity is, at what risk, and whom to ask (V-01)."""
    return services.amend_activity(
        activity=_activity(request, activity_id),
        told=services.Told(body.about, body.risks, body.contact),
        at=timezone.now(),
        by=request.actor,
    )


@router.post(f"{ACTIVITY}/cancel", response=ActivityOut)
def cancel_activity(request: Request, activity_id: int, body: ReasonIn) -> object:
    """Call an activity off; whoever signed up is told."""
    found = _activity(request, activity_id)
    return services.cancel_activity(
        activity=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.post(f"{ACTIVITY}/sessions", response=SessionOut)
def add_sitting(request: Request, activity_id: int, body: SittingIn) -> object:
    """Add one more session, with the posts of the last one."""
    made = services.add_sitting(
        activity=_activity(request, activity_id),
        spot=_spot(body),
        times=(body.starts_at, body.ends_at),
        at=timezone.now(),
        by=request.actor,
    )
    return _session(request, made.pk)


@router.post(f"{ACTIVITY}/posts", response=list[PostOut])
def add_post(request: Request, activity_id: int, body: NewPostIn) -> object:
    """Add a post to every session that is yet to begin."""
    return services.add_post(
        activity=_activity(request, activity_id),
        new=services.NewPost(**body.dict()),
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/posts/{int:service_post_id}/capacity", response=PostOut)
def resize_post(request: Request, service_post_id: int, body: CapacityIn) -> object:
    """Take more or fewer people for a post; new places are offered to those who wait."""
    return services.resize_post(
        post=get_object_or_404(queries.posts_seen_by(request.actor), pk=service_post_id),
        capacity=body.capacity,
        at=timezone.now(),
        by=request.actor,
    )


@router.post(f"{SESSION}/move", response=SessionOut)
def move_sitting(request: Request, session_id: int, body: SittingIn) -> object:
    """Hold a session elsewhere or at another time; whoever signed up is told."""
    moved = services.move_sitting(
        session=_session(request, session_id),
        spot=_spot(body),
        times=(body.starts_at, body.ends_at),
        at=timezone.now(),
        by=request.actor,
    )
    return _session(request, moved.pk)


@router.post(f"{SESSION}/cancel", response=SessionOut)
def cancel_session(request: Request, session_id: int, body: ReasonIn) -> object:
    """Call one session off; whoever signed up is told."""
    found = _session(request, session_id)
    services.cancel_session(session=found, reason=body.reason, at=timezone.now(), by=request.actor)
    return _session(request, session_id)


@router.post(f"{SESSION}/place-check", response=SessionOut)
def set_place_check(request: Request, session_id: int, body: PlaceCheckIn) -> object:
    """Ask for the place at check-in, or no more."""
    if (body.latitude is None) != (body.longitude is None):
        raise HALF_A_PLACE
    new = None
    if body.latitude is not None and body.longitude is not None:
        new = services.PlaceCheck(body.latitude, body.longitude, body.metres)
    elif body.metres is not None:
        raise NO_PLACE
    found = _session(request, session_id)
    services.set_place_check(session=found, new=new, at=timezone.now(), by=request.actor)
    return _session(request, session_id)


@router.get(f"{SESSION}/sign-ups", response=list[SeenSignUpOut])
@paginate(ByKey, order=["pk"])
def session_sign_ups(request: Request, session_id: int) -> object:
    """List who signed up for a session in sight, or let go, in the order they came."""
    found = _session(request, session_id)
    return queries.sign_ups_seen_by(request.actor).filter(post__session=found)


@router.post(f"{SESSION}/roll", response=AbsentOut)
def call_roll(request: Request, session_id: int, body: RollIn) -> object:
    """Check in the named of those signed up, mark the others absent. A later call may find more."""
    absent = services.call_roll(
        session=_session(request, session_id),
        came=frozenset(body.came),
        at=timezone.now(),
        by=request.actor,
    )
    return {"absent": absent}


@router.get(f"{SESSION}/attendances", response=list[SeenAttendanceOut])
@paginate(ByKey, order=["pk"])
def session_attendances(request: Request, session_id: int) -> object:
    """List who came to a session in sight, and what of it counts."""
    found = _session(request, session_id)
    return queries.attendances_seen_by(request.actor).filter(session=found)


@router.get("/attendances/{int:attendance_id}/stays", response=list[StayOut])
@paginate(ByKey, order=["pk"])
def stays(request: Request, attendance_id: int) -> object:
    """List the comings and goings of a record in sight, also those that were put right."""
    found = _attendance(request, attendance_id)
    return queries.stays_seen_by(request.actor).filter(attendance=found)


@router.post("/stays/{int:stay_id}/correct", response=StayOut)
def correct_stay(request: Request, stay_id: int, body: CorrectionIn) -> object:
    """Put other times in the place of recorded ones; the old ones stay beside them (V-36)."""
    return services.correct_stay(
        stay=get_object_or_404(queries.stays_seen_by(request.actor), pk=stay_id),
        came_at=body.came_at,
        left_at=body.left_at,
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/attendances/{int:attendance_id}/void", response=AttendanceOut)
def void_attendance(request: Request, attendance_id: int, body: ReasonIn) -> object:
    """Say that a record never was; it counts nowhere and stays."""
    found = _attendance(request, attendance_id)
    return services.void_attendance(
        attendance=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


def _activity(request: Request, activity_id: int) -> queries.Activity:
    return get_object_or_404(queries.activities_seen_by(request.actor), pk=activity_id)


def _session(request: Request, session_id: int) -> queries.Session:
    return get_object_or_404(queries.sessions_seen_by(request.actor), pk=session_id)


def _attendance(request: Request, attendance_id: int) -> queries.Attendance:
    return get_object_or_404(queries.attendances_seen_by(request.actor), pk=attendance_id)


def _spot(body: SittingIn) -> services.Spot:
    if (body.latitude is None) != (body.longitude is None):
        raise HALF_A_PLACE
    return services.Spot(body.place, body.latitude, body.longitude)
