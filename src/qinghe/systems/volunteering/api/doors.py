from datetime import datetime
from typing import Literal
from uuid import uuid4

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import queries, rules, services

router = Router()
Kind = Literal["in", "out"]


class CheckInIn(Schema):
    volunteer: str = Field(max_length=120, description="志愿者编号，或志愿者卡二维码的文字")
    kind: Kind = Field("in", description="in 签到，out 签退")
    nonce: str = Field("", max_length=64, description="这次扫码的随机号；重发得到同样的答复")
    device: str = Field("", max_length=40, description="设备号")


class AttendanceOut(Schema):
    id: int
    session_id: int
    state: str
    minutes: int


class ScanIn(Schema):
    nonce: str = Field(min_length=8, max_length=64, description="这次扫码的随机号，由设备产生")
    volunteer: str = Field(max_length=120, description="志愿者编号，或志愿者卡二维码的文字")
    kind: Kind = "in"
    at: datetime = Field(description="设备时钟的扫码时间，带时区")


class ScansIn(Schema):
    sent_at: datetime = Field(description="设备时钟的发送时间，带时区")
    device: str = Field("", max_length=40)
    scans: list[ScanIn] = Field(max_length=rules.MOST_AT_ONCE)


class ScanOut(Schema):
    nonce: str
    verdict: str = Field(description="recorded、already、waiting、held、refused")
    code: str
    words: str
    at: datetime | None
    attendance: AttendanceOut | None


@router.post("/sessions/{int:session_id}/check-ins", response={200: AttendanceOut, 202: ScanOut})
def check_in(request: Request, session_id: int, body: CheckInIn) -> object:
    """Check a volunteer in, or out, by their card or its number; the same nonce changes nothing.

    202: it is kept, and waits for the check-in that another device has.
    """
    answer = services.scan_card(
        session=_in_sight(request, session_id),
        new=services.NewScan(body.nonce or uuid4().hex, body.volunteer, body.kind, body.device),
        at=timezone.now(),
        by=request.actor,
    )
    if answer.attendance is None:
        return Status(202, told_of(answer))
    return answer.attendance


@router.post("/sessions/{int:session_id}/check-ins/batch", response=list[ScanOut])
def check_in_many(request: Request, session_id: int, body: ScansIn) -> object:
    """Take in up to 500 scans that a device kept, in any order; each is answered for itself."""
    answers = services.record_scans(
        session=_in_sight(request, session_id),
        new=[
            services.NewScan(
                one.nonce,
                one.volunteer,
                one.kind,
                body.device,
                _aware(one.at),
                _aware(body.sent_at),
            )
            for one in body.scans
        ],
        at=timezone.now(),
        by=request.actor,
    )
    return [told_of(answer) for answer in answers]


@router.post("/attendances/{int:attendance_id}/check-out", response=AttendanceOut)
def check_out(request: Request, attendance_id: int) -> object:
    """Check a volunteer out."""
    return services.check_out(
        attendance=get_object_or_404(queries.attendances_seen_by(request.actor), pk=attendance_id),
        at=timezone.now(),
        by=request.actor,
    )


def _in_sight(request: Request, session_id: int) -> queries.Session:
    found = queries.session_in_sight(request.actor, session_id)
    if found is None:
        raise Http404
    return found


def told_of(answer: services.Answer) -> dict[str, object]:
    """Say what became of one scan."""
    return {
        "nonce": answer.nonce,
        "verdict": str(answer.finding.verdict),
        "code": answer.finding.code,
        "words": answer.finding.reason,
        "at": answer.at,
        "attendance": answer.attendance,
    }


def _aware(moment: datetime) -> datetime:
    """Return a moment with its zone; a device that says none is read by the local clock."""
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
