"""Late entries by a program: asked for with evidence, agreed to by another hand (V-33, bar 17)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, File, Router, Schema
from ninja.files import UploadedFile
from ninja.pagination import paginate
from pydantic import AwareDatetime

from qinghe.edges.api.bodies import Code, Number, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

router = Router()
NOT_TOLD = Refused(
    "not_told", "没有填写场次的，须写明活动名称、地点、主办组织和起止时间；没有提交。"
)


class LateEntryOut(Schema):
    id: int
    org: Code
    session_id: int | None
    title: str
    day: date
    minutes: int
    asked_at: datetime
    state: str
    words: str


class LateComeIn(Schema):
    volunteer: str = Field(max_length=20, description="志愿者编号")
    came_at: AwareDatetime
    left_at: AwareDatetime


class LateLineOut(Schema):
    volunteer: Number
    came_at: datetime
    left_at: datetime
    minutes: int
    attendance_id: int | None


class LateIn(Schema):
    """A session in sight, or, where none was published, what it was."""

    session_id: int | None = None
    title: str = Field("", max_length=120)
    place: str = Field("", max_length=160)
    org: str = ""
    team: str = ""
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    reason: str = Field(max_length=400)
    comes: list[LateComeIn] = Field(max_length=services.MOST_LINES)


class LateAmendIn(Schema):
    reason: str = Field(max_length=400)
    comes: list[LateComeIn] = Field(max_length=services.MOST_LINES)


class LateQuotaIn(Schema):
    org: str
    month: date = Field(description="当月任意一天")
    minutes: int = Field(ge=1, le=6_000_000, description="调高到多少分钟")
    reason: str = Field(max_length=200)


class LateQuotaOut(Schema):
    org: Code
    month: date
    allowed: int
    used: int


@router.get("/late-entries", response=list[LateEntryOut])
@paginate(ByKey, order=["-pk"])
def late_entries(request: Request) -> object:
    """List the late entries in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.late_seen_by(request.actor)


@router.post("/late-entries", response=LateEntryOut)
def ask_late(request: Request, told: LateIn, evidence: File[UploadedFile]) -> object:
    """Ask for hours that were not recorded live, with a file that shows them.

    A form of two parts: `told` as JSON, `evidence` as a file.
    """
    doors.require_anywhere(request.actor, Act.ENTER_LATE)
    return services.ask_late(
        new=_as_new(request, told), evidence=evidence, at=timezone.now(), by=request.actor
    )


@router.get("/late-entries/{int:late_entry_id}/lines", response=list[LateLineOut])
@paginate(ByKey, order=["pk"])
def late_lines(request: Request, late_entry_id: int) -> object:
    """List who came and went by a late entry in sight."""
    return queries.lines_of(request.actor, _found(request, late_entry_id))


@router.post("/late-entries/{int:late_entry_id}/amend", response=LateEntryOut)
def late_amend(request: Request, late_entry_id: int, body: LateAmendIn) -> object:
    """Mend what was sent back to the caller, and ask again; its evidence stays."""
    found = get_object_or_404(queries.late_returned_to(request.actor), pk=late_entry_id)
    return services.amend_late(
        entry=found,
        reason=body.reason,
        comes=_comes(request, body.comes),
        at=timezone.now(),
        by=request.actor,
    )


@router.post("/late-entries/{int:late_entry_id}/approve", response=LateEntryOut)
def late_approve(request: Request, late_entry_id: int) -> object:
    """Agree to a late entry that another asked for."""
    found = _found(request, late_entry_id)
    return services.approve_late(entry=found, at=timezone.now(), by=request.actor)


@router.post("/late-entries/{int:late_entry_id}/return", response=LateEntryOut)
def late_return(request: Request, late_entry_id: int, body: ReasonIn) -> object:
    """Send a late entry back to be mended."""
    found = _found(request, late_entry_id)
    return services.return_late(
        entry=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.post("/late-entries/{int:late_entry_id}/refuse", response=LateEntryOut)
def late_refuse(request: Request, late_entry_id: int, body: ReasonIn) -> object:
    """Turn a late entry down; it counts nothing."""
    found = _found(request, late_entry_id)
    return services.refuse_late(
        entry=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.post("/late-entries/{int:late_entry_id}/withdraw", response=LateEntryOut)
def late_withdraw(request: Request, late_entry_id: int) -> object:
    """Take the caller's own late entry back."""
    found = _found(request, late_entry_id)
    return services.withdraw_late(entry=found, at=timezone.now(), by=request.actor)


@router.post("/late-quotas", response=LateQuotaOut)
def raise_late_quota(request: Request, body: LateQuotaIn) -> object:
    """Let an organisation enter more late in one month, by the word of its parent."""
    doors.require_anywhere(request.actor, Act.RAISE_LATE)
    org = get_object_or_404(queries.orgs_for(request.actor, Act.RAISE_LATE), code=body.org)
    new = services.NewQuota(org=org, month=body.month, minutes=body.minutes, reason=body.reason)
    return services.raise_late_quota(new=new, at=timezone.now(), by=request.actor)


def _found(request: Request, late_entry_id: int) -> queries.LateEntry:
    return get_object_or_404(queries.late_seen_by(request.actor), pk=late_entry_id)


def _as_new(request: Request, told: LateIn) -> services.NewLate:
    actor, comes = request.actor, _comes(request, told.comes)
    if told.session_id is not None:
        session = get_object_or_404(queries.sessions_to_enter_late(actor), pk=told.session_id)
        return services.NewLate.of(session, reason=told.reason, comes=comes)
    if told.starts_at is None or told.ends_at is None or not (told.title and told.place):
        raise NOT_TOLD
    return services.NewLate(
        org=get_object_or_404(queries.orgs_for(actor, Act.ENTER_LATE), code=told.org),
        title=told.title,
        place=told.place,
        starts_at=told.starts_at,
        ends_at=told.ends_at,
        reason=told.reason,
        comes=comes,
        team=get_object_or_404(queries.teams_seen_by(actor), code=told.team) if told.team else None,
    )


def _comes(request: Request, told: Sequence[LateComeIn]) -> list[services.LateCome]:
    numbers = {one.volunteer for one in told}
    found = queries.volunteers_to_check_in(request.actor).filter(number__in=numbers)
    known = {one.number: one for one in found}
    if missing := sorted(numbers - known.keys()):
        raise Refused(
            "unknown_volunteer",
            f"没有编号为{missing[0]}的注册志愿者，没有提交，请核对编号。",
        )
    return [services.LateCome(known[one.volunteer], one.came_at, one.left_at) for one in told]
