"""A volunteer's own phone at the door, by a program: one's card, and the code on the screen."""

from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from qinghe.edges.web import doors, limits
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import queries, rules, services

from .doors import AttendanceOut, ScanOut, told_of
from .publishing import HALF_A_PLACE

router = Router()


class CardOut(Schema):
    number: str
    text: str = Field(description="卡上二维码的文字")


class DoorCodeIn(Schema):
    code: str = Field(max_length=200, description="现场二维码地址中 /mine/scan/ 之后的部分")
    latitude: Decimal | None = Field(None, ge=-90, le=90)
    longitude: Decimal | None = Field(None, ge=-180, le=180)
    device: str = Field("", max_length=40, description="手机的设备号")
    children: list[str] = Field([], max_length=6, description="同行儿童的志愿者编号")


@router.get("/card", response=CardOut)
def own_card(request: Request) -> object:
    """Tell what the QR of the caller's card says."""
    volunteer = _oneself(request)
    return {
        "number": volunteer.number,
        "text": queries.card_text(request.actor, volunteer.number),
    }


@router.post("/door-codes", response={200: AttendanceOut, 202: ScanOut})
def scan_door_code(request: Request, body: DoorCodeIn) -> object:
    """Check oneself in or out by the code at the door; the same code again changes nothing.

    202: it is kept, and waits for its other half or for somebody to vouch for it.
    """
    if (body.latitude is None) != (body.longitude is None):
        raise HALF_A_PLACE
    actor, now = request.actor, timezone.now()
    volunteer = _oneself(request)
    limits.check_mistakes(actor.person_id, what=rules.DOOR_CODES, most=rules.MOST_WRONG)
    try:
        code = queries.read_code(actor, body.code)
    except Refused:
        limits.count_mistake(actor.person_id, what=rules.DOOR_CODES)
        raise
    rules.check_fresh(step=code.step, at=now)
    there = None
    if body.latitude is not None and body.longitude is not None:
        there = rules.Spot(body.latitude, body.longitude)
    found = get_object_or_404(queries.sessions_with_a_code(actor), pk=code.session_id)
    answer = services.scan_code(
        session=found,
        code=code,
        volunteer=volunteer,
        tap=services.Tap(there=there, device=body.device, wards=_named(request, found, body)),
        at=now,
        by=actor,
    )
    return answer.attendance or Status(202, told_of(answer))


def _named(request: Request, found: queries.Session, body: DoorCodeIn) -> list[queries.Volunteer]:
    return list(queries.wards_signed(request.actor, found).filter(number__in=body.children))


def _oneself(request: Request) -> queries.Volunteer:
    found = queries.own_volunteer(request.actor)
    if found is None:
        raise doors.closed()
    return found
