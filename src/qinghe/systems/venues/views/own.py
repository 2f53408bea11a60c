"""One's own pages on the phone: duty, swaps, bookings; and the rooms that one may book."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import levels
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import forms, queries, rules, services
from qinghe.systems.venues.queries import (
    Booking,
    BookingState,
    Shift,
    ShiftState,
    Swap,
)

OWN = "venues:own"
LATEST = 20


@dataclass(frozen=True)
class OwnShift:
    """A shift as its holder sees it: what can be done with it now."""

    shift: Shift
    times: str
    may_sign_on: bool
    may_sign_off: bool
    may_swap: bool
    counts: bool


@dataclass(frozen=True)
class OwnBooking:
    """A booking as who made it sees it."""

    booking: Booking
    times: str
    may_cancel: bool


@dataclass(frozen=True)
class OwnSwap:
    """A swap as either side sees it."""

    swap: Swap
    times: str
    name: str


@never_cache
def own(request: Request) -> HttpResponse:
    """Show one's shifts, swaps and bookings, and the shifts that one could take."""
    if not request.actor.person_id:
        raise doors.closed()
    now, today = timezone.now(), timezone.localdate()
    asked = list(queries.swaps_asked_by(request.actor))
    asked_for = {one.shift_id for one in asked}
    return pages.page(
        request,
        "venues/own.html",
        title="值班与场地预约",
        shifts=[
            _own_shift(one, now=now, is_asked=one.pk in asked_for)
            for one in queries.own_shifts(request.actor, today=today)
        ],
        waiting=[_own_swap(request, one, one.asker) for one in queries.swaps_for(request.actor)],
        asked=[_own_swap(request, one, one.other) for one in asked],
        free=[
            (one, _times(one)) for one in queries.free_shifts(request.actor, today=today)[:LATEST]
        ],
        bookings=[
            _own_booking(request, one, now=now)
            for one in queries.own_bookings(request.actor)[:LATEST]
        ],
    )


@never_cache
def own_venues(request: Request) -> HttpResponse:
    """Show the open places with the rooms that one may book."""
    return pages.page(
        request,
        "venues/own_venues.html",
        title="预约场地",
        streets=queries.by_street(request.actor, kind="", at=timezone.now()),
    )


@never_cache
def own_room(request: Request, venue_room_id: int) -> HttpResponse:
    """Show when a room is free, and book it."""
    found = get_object_or_404(queries.open_rooms(request.actor), pk=venue_room_id)
    now, today = timezone.now(), timezone.localdate()
    monday = queries.monday_of(request.actor, request.GET.get("week", ""), today=today)
    form = forms.BookForm(request.POST or None, initial={"day": today}, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.book(
                new=form.as_new(found),
                weeks=form.cleaned_data["weeks"],
                at=now,
                by=request.actor,
            )
            sure = made[0].state == BookingState.CONFIRMED
            word = "已约好" if sure else "已提交，等阵地确认"
            messages.success(request, f"{found.venue.name}{found.name}{word}，共 {len(made)} 次。")
            return redirect(OWN)
    return pages.page(
        request,
        "venues/own_room.html",
        status=422 if form.errors else 200,
        title=f"{found.venue.name} {found.name}",
        room=found,
        form=form,
        week=queries.week_of_room(request.actor, found, monday=monday),
        earlier=(monday - timedelta(days=7)).isoformat(),
        later=(monday + timedelta(days=7)).isoformat(),
        today=today,
        named=False,
    )


@require_POST
def own_booking_cancel(request: Request, booking_id: int) -> HttpResponse:
    """Take one's booking back."""
    found = get_object_or_404(queries.own_bookings(request.actor), pk=booking_id)
    return _done(
        request,
        lambda at: services.cancel(booking=found, at=at, by=request.actor),
        "预约已取消，时间留给了别人。",
    )


@require_POST
def own_shift_take(request: Request, shift_id: int) -> HttpResponse:
    """Take a free shift."""
    today = timezone.localdate()
    found = get_object_or_404(queries.free_shifts(request.actor, today=today), pk=shift_id)
    return _done(
        request,
        lambda at: services.take_shift(shift=found, at=at, by=request.actor),
        "已选好班次，到时请在这里签到。",
    )


@require_POST
def own_shift_on(request: Request, shift_id: int) -> HttpResponse:
    """Sign on."""
    found = get_object_or_404(queries.shifts_of(request.actor), pk=shift_id)
    return _done(
        request,
        lambda at: services.sign_on(shift=found, at=at, by=request.actor),
        "已签到上岗。离开时请签退。",
    )


@require_POST
def own_shift_off(request: Request, shift_id: int) -> HttpResponse:
    """Sign off."""
    found = get_object_or_404(queries.shifts_of(request.actor), pk=shift_id)
    return _done(
        request,
        lambda at: services.sign_off(shift=found, at=at, by=request.actor),
        "已签退，辛苦了。",
    )


def own_shift_swap(request: Request, shift_id: int) -> HttpResponse:
    """Ask somebody to stand in."""
    found = get_object_or_404(queries.shifts_of(request.actor), pk=shift_id)
    form = forms.SwapForm(request.POST or None, actor=request.actor, org=found.venue.org)
    if form.is_valid():
        with pages.refusals_on(form):
            services.ask_swap(shift=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
            messages.success(request, "已请对方替班；对方同意之前，仍由您值班。")
            return redirect(OWN)
    return pages.page(
        request,
        "venues/swap.html",
        status=422 if form.errors else 200,
        title="请人替班",
        form=form,
        shift=found,
        times=_times(found),
    )


@require_POST
def own_swap_accept(request: Request, swap_id: int) -> HttpResponse:
    """Stand in."""
    found = get_object_or_404(queries.swaps_for(request.actor), pk=swap_id)
    return _done(
        request,
        lambda at: services.accept_swap(swap=found, at=at, by=request.actor),
        "已同意替班，班次转到您名下。",
    )


@require_POST
def own_swap_refuse(request: Request, swap_id: int) -> HttpResponse:
    """Not stand in."""
    found = get_object_or_404(queries.swaps_for(request.actor), pk=swap_id)
    return _done(
        request,
        lambda at: services.refuse_swap(swap=found, at=at, by=request.actor),
        "已回复不能替班。",
    )


@require_POST
def own_swap_withdraw(request: Request, swap_id: int) -> HttpResponse:
    """Take one's question back."""
    found = get_object_or_404(queries.swaps_asked_by(request.actor), pk=swap_id)
    return _done(
        request,
        lambda at: services.withdraw_swap(swap=found, at=at, by=request.actor),
        "已撤回换班请求。",
    )


def _done(request: Request, do: Callable[[datetime], object], words: str) -> HttpResponse:
    try:
        do(timezone.now())
        messages.success(request, words)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect(reverse(OWN))


def _own_shift(one: Shift, *, now: datetime, is_asked: bool) -> OwnShift:
    begins = rules.moment(one.day, max(one.starts - rules.EARLY, 0))
    is_taken = one.state == ShiftState.TAKEN
    return OwnShift(
        one,
        _times(one),
        may_sign_on=is_taken and begins <= now < rules.moment(one.day, one.ends),
        may_sign_off=one.state == ShiftState.ON,
        may_swap=is_taken and not is_asked and now < rules.moment(one.day, one.ends),
        counts=one.state == ShiftState.ON and one.day == timezone.localdate(now),
    )


def _own_booking(request: Request, one: Booking, *, now: datetime) -> OwnBooking:
    limit = one.starts_at - timedelta(hours=one.room.venue.cancel_hours)
    waits = one.state in (BookingState.ASKED, BookingState.CONFIRMED)
    return OwnBooking(one, queries.times_of(request.actor, one), waits and now <= limit)


def _own_swap(request: Request, one: Swap, person: Person) -> OwnSwap:
    name = levels.short_name(
        request.actor,
        person,
        at=one.shift.venue.org,
        on=timezone.localdate(),
    )
    return OwnSwap(one, _times(one.shift), name)


def _times(one: Shift) -> str:
    stretch = rules.Stretch(one.starts, one.ends)
    return f"{one.day:%-m}月{one.day:%-d}日（{rules.weekday(one.day)}）{stretch}"
