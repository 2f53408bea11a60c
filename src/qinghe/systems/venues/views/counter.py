"""Receiving guests on the phone: the counter, who came, who just walked in."""

import uuid
from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import forms, queries, rules, services
from qinghe.systems.venues.access import Act
from qinghe.systems.venues.queries import Booking, BookingState, CountKind, Venue


@never_cache
def counter(request: Request, venue_id: int) -> HttpResponse:
    """Count people served, a big button for each kind; and show who is to come today.

    The page carries a number of its own: a second tap on it counts nothing more.
    """
    found = get_object_or_404(queries.open_venues(request.actor), pk=venue_id)
    now, today = timezone.now(), timezone.localdate()
    queries.check_may_count(request.actor, found, at=now)
    form = forms.CountForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.record_count(
                new=services.NewCount(found, **form.cleaned_data), at=now, by=request.actor
            )
            messages.success(request, f"已登记：{made.get_kind_display()} {made.people} 人次。")
            return redirect("venues:counter", found.pk)
    return pages.page(
        request,
        "venues/counter.html",
        status=422 if form.errors else 200,
        title=found.name,
        venue=found,
        form=form,
        kinds=CountKind.choices,
        nonce=uuid.uuid4(),
        counted=queries.today_at(request.actor, found, day=today),
        bookings=[
            (one, one.starts_at <= now and one.state == BookingState.CONFIRMED)
            for one in queries.today_of(request.actor, found, day=today)
        ],
        rooms=found.rooms.filter(closed_on__isnull=True),
    )


def walk_in(request: Request, venue_room_id: int) -> HttpResponse:
    """Write down who uses a free room without having booked."""
    found = get_object_or_404(queries.open_rooms(request.actor), pk=venue_room_id)
    now = timezone.now()
    queries.check_may_count(request.actor, found.venue, at=now)
    form = forms.WalkInForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            told = form.cleaned_data
            new = services.NewBooking(
                room=found,
                day=timezone.localdate(now),
                stretch=rules.Stretch(told["starts"], told["ends"]),
                people=told["people"],
                purpose=told["purpose"],
            )
            services.walk_in(new=new, at=now, by=request.actor)
            messages.success(request, f"已登记现场使用：{found.name}。")
            return redirect("venues:counter", found.venue_id)
    return pages.page(
        request,
        "venues/walk_in.html",
        status=422 if form.errors else 200,
        title=f"现场使用{found.name}",
        room=found,
        form=form,
    )


@require_POST
def booking_used(request: Request, booking_id: int) -> HttpResponse:
    """Say that they came."""
    found = _booking(request, booking_id)
    return _done(
        request, found, lambda at: services.mark_used(booking=found, at=at, by=request.actor)
    )


@require_POST
def booking_no_show(request: Request, booking_id: int) -> HttpResponse:
    """Say that nobody came."""
    found = _booking(request, booking_id)
    return _done(
        request, found, lambda at: services.mark_no_show(booking=found, at=at, by=request.actor)
    )


def _booking(request: Request, booking_id: int) -> Booking:
    """Return a booking in sight, or one of today at a place where the actor is on duty."""
    seen = queries.bookings_seen_by(request.actor).filter(pk=booking_id).first()
    if seen is not None:
        return seen
    today = queries.bookings_on_duty(request.actor, at=timezone.now())
    return get_object_or_404(today, pk=booking_id)


def _done(request: Request, found: Booking, do: Callable[[datetime], object]) -> HttpResponse:
    try:
        do(timezone.now())
    except Refused as refusal:
        if refusal.code == "not_allowed":
            raise
        messages.error(request, refusal.reason)
    return redirect(_back(request, found, found.room.venue))


def _back(request: Request, found: Booking, venue: Venue) -> str:
    if actors.may(request.actor, Act.SEE, at=venue.org):
        return reverse("venues:booking", args=[found.pk])
    return reverse("venues:counter", args=[venue.pk])
