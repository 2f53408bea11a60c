"""Bookings at the desk."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.venues import forms, queries, services
from qinghe.systems.venues.access import Act
from qinghe.systems.venues.queries import Booking, BookingState

from .tables import TONES, BookingTable


def bookings(request: Request) -> HttpResponseBase:
    """Show the bookings of all places of the chosen organisation and below."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.bookings_seen_by(request.actor)
    return pages.list_page(
        request,
        title="场地预约",
        table=BookingTable,
        filterset=forms.BookingFilter,
        rows=rows.filter(room__venue__org__path__startswith=request.scope.org.path),
        actions=[pages.Action("预约场地", reverse("venues:own_venues"), primary=True)],
    )


def booking(request: Request, booking_id: int) -> HttpResponse:
    """Show one booking."""
    found = _booking(request, booking_id)
    state = BookingState(found.state)
    return pages.record_page(
        request,
        title=f"{found.room.venue.name}{found.room.name}：{found.purpose}",
        record=found,
        state=pages.Tag(state.label, TONES.get(state, pages.Tone.PLAIN)),
        facts=[
            ("时间", queries.times_of(request.actor, found)),
            ("人数", found.people),
            ("预约单位", found.for_org.name if found.for_org else "—"),
            ("预约人", _who(found)),
            ("重复预约", "是，每次单独办理" if found.series else "否"),
            ("原因", found.reason or "—"),
        ],
        actions=_actions(request, found),
        back=pages.Link("场地预约", reverse("venues:bookings")),
    )


@require_POST
def booking_confirm(request: Request, booking_id: int) -> HttpResponse:
    """Agree to a booking."""
    found = _booking(request, booking_id)
    services.confirm(booking=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


def booking_refuse(request: Request, booking_id: int) -> HttpResponse:
    """Not agree to a booking."""
    found = _kept(request, booking_id)
    return pages.reason_page(
        request,
        title="不同意预约",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.refuse(
            booking=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="不同意",
        back=pages.Link("预约", _url(found)),
    )


def booking_take_off(request: Request, booking_id: int) -> HttpResponse:
    """Cancel somebody's booking."""
    found = _kept(request, booking_id)
    return pages.reason_page(
        request,
        title="取消预约",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.take_off(
            booking=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="取消预约",
        note="原因会告诉预约人。",
        back=pages.Link("预约", _url(found)),
    )


def _booking(request: Request, booking_id: int) -> Booking:
    return get_object_or_404(queries.bookings_seen_by(request.actor), pk=booking_id)


def _kept(request: Request, booking_id: int) -> Booking:
    found = _booking(request, booking_id)
    actors.require(request.actor, Act.KEEP, at=found.room.venue.org)
    return found


def _url(found: Booking) -> str:
    return reverse("venues:booking", args=[found.pk])


def _who(found: Booking) -> str | pages.Kept:
    if found.person is None:
        return "现场使用，不记姓名" if found.walk_in else "超过保存期限，姓名已清除"
    return pages.Kept(
        found.person.name, "people.Person.name", of=found.person, at=found.room.venue.org
    )


def _actions(request: Request, found: Booking) -> list[pages.Action]:
    key, org = [found.pk], found.room.venue.org
    actions = []
    if actors.may(request.actor, Act.KEEP, at=org):
        if found.state == BookingState.ASKED:
            actions = [
                pages.Action(
                    "同意", reverse("venues:booking_confirm", args=key), primary=True, post=True
                ),
                pages.Action("不同意", reverse("venues:booking_refuse", args=key)),
            ]
        elif found.state == BookingState.CONFIRMED:
            actions = [pages.Action("取消预约", reverse("venues:booking_take_off", args=key))]
    begun = found.starts_at <= timezone.now()
    if begun and actors.may(request.actor, Act.COUNT, at=org):
        used = pages.Action("已到场", reverse("venues:booking_used", args=key), post=True)
        missed = pages.Action("未到场", reverse("venues:booking_no_show", args=key), post=True)
        if found.state == BookingState.CONFIRMED:
            actions += [used, missed]
        elif found.state == BookingState.NO_SHOW:
            actions.append(used)
    return actions
