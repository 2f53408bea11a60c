"""What the desk decides, by a program: who is on the roll, which hours count, which scans."""

from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, Number, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act

from .doors import AttendanceOut
from .hours import FindingOut

router = Router()


class VolunteerOut(Schema):
    """A volunteer by number; names stay on the pages."""

    id: int
    number: str
    org: Code
    state: str
    applied_on: date
    registered_on: date | None


class WaitingHoursOut(AttendanceOut):
    volunteer: Number
    org: str
    for_district: bool

    @staticmethod
    def resolve_org(attendance: queries.Attendance) -> str:
        """Name the host by its code."""
        return attendance.session.org.code


class HeldScanOut(Schema):
    id: int
    session_id: int
    volunteer: Number
    kind: str
    code: str
    verdict: str
    at: datetime
    received_at: datetime


class VerdictIn(Schema):
    verdict: queries.FindingState
    reason: str = Field(max_length=300)
    voided: list[int] = Field([], max_length=1000, description="要作废的记录")


@router.get("/volunteers", response=list[VolunteerOut])
@paginate(ByKey, order=["-pk"])
def volunteers(request: Request, state: str = "") -> object:
    """List the volunteers in the caller's sight by number, or those in one state."""
    doors.require_anywhere(request.actor, Act.SEE)
    found = queries.volunteers_seen_by(request.actor)
    return found.filter(state=state) if state else found


@router.post("/volunteers/{int:volunteer_id}/approve", response=VolunteerOut)
def approve_volunteer(request: Request, volunteer_id: int) -> object:
    """Put an applicant on the roll."""
    found = get_object_or_404(queries.volunteers_seen_by(request.actor), pk=volunteer_id)
    return services.approve_volunteer(volunteer=found, at=timezone.now(), by=request.actor)


@router.post("/volunteers/{int:volunteer_id}/refuse", response=VolunteerOut)
def refuse_volunteer(request: Request, volunteer_id: int, body: ReasonIn) -> object:
    """Turn an application down."""
    found = get_object_or_404(queries.volunteers_seen_by(request.actor), pk=volunteer_id)
    return services.refuse_volunteer(
        volunteer=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.get("/hours-waiting", response=list[WaitingHoursOut])
@paginate(ByKey, order=["pk"])
def hours_waiting(request: Request) -> object:
    """List the records whose hours wait for the caller (V-31)."""
    doors.require_anywhere(request.actor, Act.APPROVE_HOURS)
    return queries.hours_waiting_for(request.actor)


@router.post("/attendances/{int:attendance_id}/approve-hours", response=AttendanceOut)
def approve_hours(request: Request, attendance_id: int) -> object:
    """Put waiting hours into effect."""
    found = get_object_or_404(queries.attendances_seen_by(request.actor), pk=attendance_id)
    return services.approve_hours(attendance=found, at=timezone.now(), by=request.actor)


@router.post("/attendances/{int:attendance_id}/refuse-hours", response=AttendanceOut)
def refuse_hours(request: Request, attendance_id: int, body: ReasonIn) -> object:
    """Turn waiting hours down."""
    found = get_object_or_404(queries.attendances_seen_by(request.actor), pk=attendance_id)
    return services.refuse_hours(
        attendance=found, reason=body.reason, at=timezone.now(), by=request.actor
    )


@router.post("/findings/{int:finding_id}/close", response=FindingOut)
def close_finding(request: Request, finding_id: int, body: VerdictIn) -> object:
    """Say what came of looking into a finding; what nothing else holds counts again."""
    found = get_object_or_404(queries.findings_seen_by(request.actor), pk=finding_id)
    return services.close_finding(
        finding=found,
        verdict=body.verdict,
        voided=body.voided,
        reason=body.reason,
        at=timezone.now(),
        by=request.actor,
    )


@router.get("/held-scans", response=list[HeldScanOut])
@paginate(ByKey, order=["pk"])
def held_scans(request: Request) -> object:
    """List the scans whose times nobody has vouched for."""
    doors.require_anywhere(request.actor, Act.CORRECT)
    return queries.held_scans_for(request.actor)


@router.post("/held-scans/{int:held_scan_id}/count", response=HeldScanOut)
def count_scan(request: Request, held_scan_id: int) -> object:
    """Count a held scan at the moment it was put right to."""
    found = get_object_or_404(queries.held_scans_for(request.actor), pk=held_scan_id)
    return services.count_scan(scan=found, at=timezone.now(), by=request.actor)


@router.post("/held-scans/{int:held_scan_id}/set-aside", response=HeldScanOut)
def set_scan_aside(request: Request, held_scan_id: int, body: ReasonIn) -> object:
    """Let a held scan count for nothing, with its reason."""
    found = get_object_or_404(queries.held_scans_for(request.actor), pk=held_scan_id)
    return services.set_scan_aside(
        scan=found, reason=body.reason, at=timezone.now(), by=request.actor
    )
