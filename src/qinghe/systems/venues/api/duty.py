"""Duty by a program: shifts that are laid, taken, swapped, signed on and off (V-34: never hours)."""

from collections.abc import Callable
from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code, ReasonIn
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.systems.venues import queries, rules, services
from qinghe.systems.venues.access import Act

router = Router()
ONE, SWAP = "/shifts/{int:shift_id}", "/swaps/{int:swap_id}"


class ShiftOut(Schema):
    """A shift; who stands in it is told on the pages only."""

    id: int
    venue: Code
    day: date
    starts: str
    ends: str
    state: str
    on_at: datetime | None
    off_at: datetime | None

    @staticmethod
    def resolve_starts(shift: queries.Shift) -> str:
        """Write the minute as people do."""
        return rules.clock(shift.starts)

    @staticmethod
    def resolve_ends(shift: queries.Shift) -> str:
        """Write the minute as people do."""
        return rules.clock(shift.ends)


class LayingIn(Schema):
    first: date
    last: date
    places: int = Field(1, ge=1, le=rules.MOST_PLACES, description="每段几个人")
    starts: str = Field("", description="如 09:00；起止都不写为按开放时间各排一班")
    ends: str = ""


class LaidOut(Schema):
    laid: int


class DutyPersonIn(Schema):
    person: str = Field(description="人员编号")


class SwapIn(DutyPersonIn):
    words: str = Field("", max_length=100)


class SwapOut(Schema):
    id: int
    shift_id: int
    words: str
    state: str
    asked_at: datetime
    answered_at: datetime | None


@router.get("/shifts", response=list[ShiftOut])
@paginate(ByKey, order=["-pk"])
def shifts(request: Request, day: date | None = None) -> object:
    """List the shifts of the places in the caller's sight, or those of one day."""
    doors.require_anywhere(request.actor, Act.SEE)
    found = queries.shifts_seen_by(request.actor)
    return found.filter(day=day) if day else found


@router.get("/shifts/own", response=list[ShiftOut])
@paginate(ByKey, order=["day", "starts"])
def own_shifts(request: Request) -> object:
    """List the caller's own shifts from yesterday on."""
    return queries.own_shifts(request.actor, today=timezone.localdate())


@router.get("/shifts/free", response=list[ShiftOut])
@paginate(ByKey, order=["day", "starts"])
def free_shifts(request: Request) -> object:
    """List the free shifts of the next two weeks that the caller could take."""
    return queries.free_shifts(request.actor, today=timezone.localdate())


@router.post("/venues/{int:venue_id}/shifts", response=LaidOut)
def lay_shifts(request: Request, venue_id: int, body: LayingIn) -> object:
    """Lay free shifts on the days on which a place opens. Safe to repeat."""
    stretch = None
    if body.starts or body.ends:
        stretch = rules.Stretch(rules.minute_of(body.starts), rules.minute_of(body.ends))
    made = services.lay_shifts(
        venue=get_object_or_404(queries.venues_seen_by(request.actor), pk=venue_id),
        laying=services.Laying(body.first, body.last, body.places, stretch),
        at=timezone.now(),
        by=request.actor,
    )
    return {"laid": made}


@router.post(f"{ONE}/take", response=ShiftOut)
def take_shift(request: Request, shift_id: int) -> object:
    """Take a free shift oneself."""
    free = queries.free_shifts(request.actor, today=timezone.localdate())
    found = get_object_or_404(free, pk=shift_id)
    return services.take_shift(shift=found, at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/on", response=ShiftOut)
def sign_on(request: Request, shift_id: int) -> object:
    """Say that one is there. Safe to repeat."""
    return services.sign_on(shift=_own(request, shift_id), at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/off", response=ShiftOut)
def sign_off(request: Request, shift_id: int) -> object:
    """Say that one leaves. Safe to repeat."""
    return services.sign_off(shift=_own(request, shift_id), at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/set", response=ShiftOut)
def set_shift(request: Request, shift_id: int, body: DutyPersonIn) -> object:
    """Put somebody of the place's part of the tree on a free shift."""
    found = _seen(request, shift_id)
    return services.set_shift(
        shift=found,
        person=get_object_or_404(
            queries.persons_for(request.actor, found.venue.org), number=body.person
        ),
        at=timezone.now(),
        by=request.actor,
    )


@router.post(f"{ONE}/free", response=ShiftOut)
def free_shift(request: Request, shift_id: int, body: ReasonIn) -> object:
    """Take somebody off a shift, as who keeps the place."""
    found = _seen(request, shift_id)
    return services.free_shift(shift=found, reason=body.reason, at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/cancel", response=ShiftOut)
def cancel_shift(request: Request, shift_id: int) -> object:
    """Do without a free shift."""
    found = _seen(request, shift_id)
    return services.cancel_shift(shift=found, at=timezone.now(), by=request.actor)


@router.post(f"{ONE}/swaps", response=SwapOut)
def ask_swap(request: Request, shift_id: int, body: SwapIn) -> object:
    """Ask somebody to stand in for oneself; the other is told."""
    found = _own(request, shift_id)
    return services.ask_swap(
        shift=found,
        other=get_object_or_404(
            queries.persons_for(request.actor, found.venue.org), number=body.person
        ),
        words=body.words,
        at=timezone.now(),
        by=request.actor,
    )


@router.get("/swaps", response=list[SwapOut])
@paginate(ByKey, order=["-pk"])
def swaps(request: Request) -> object:
    """List the swaps that wait for the caller's own answer."""
    return queries.swaps_for(request.actor)


@router.post(f"{SWAP}/accept", response=SwapOut)
def accept_swap(request: Request, swap_id: int) -> object:
    """Stand in for who asked."""
    return _answered(request, swap_id, services.accept_swap)


@router.post(f"{SWAP}/refuse", response=SwapOut)
def refuse_swap(request: Request, swap_id: int) -> object:
    """Not stand in."""
    return _answered(request, swap_id, services.refuse_swap)


@router.post(f"{SWAP}/withdraw", response=SwapOut)
def withdraw_swap(request: Request, swap_id: int) -> object:
    """Take one's own question back."""
    found = get_object_or_404(queries.swaps_asked_by(request.actor), pk=swap_id)
    return services.withdraw_swap(swap=found, at=timezone.now(), by=request.actor)


@router.post(f"{SWAP}/note", response=SwapOut)
def note_swap(request: Request, swap_id: int) -> object:
    """Say, as who keeps the place, that one has seen a swap."""
    found = get_object_or_404(queries.swaps_kept_by(request.actor), pk=swap_id)
    return services.note_swap(swap=found, at=timezone.now(), by=request.actor)


def _own(request: Request, shift_id: int) -> queries.Shift:
    return get_object_or_404(queries.shifts_of(request.actor), pk=shift_id)


def _seen(request: Request, shift_id: int) -> queries.Shift:
    return get_object_or_404(queries.shifts_seen_by(request.actor), pk=shift_id)


def _answered(request: Request, swap_id: int, do: Callable[..., object]) -> object:
    found = get_object_or_404(queries.swaps_for(request.actor), pk=swap_id)
    return do(swap=found, at=timezone.now(), by=request.actor)
