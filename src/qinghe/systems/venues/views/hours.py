"""Hours and rooms at the desk."""

from datetime import timedelta

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib import sentences
from qinghe.systems.venues import forms, queries, services
from qinghe.systems.venues.access import Act
from qinghe.systems.venues.queries import Room, Venue

from .tables import ScheduleTable
from .venues import venue_url


def schedules(request: Request) -> HttpResponseBase:
    """Show the weekly hours of all places of the chosen organisation and below."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.schedules_seen_by(request.actor)
    return pages.list_page(
        request,
        title="开放时间",
        table=ScheduleTable,
        rows=rows.filter(venue__org__path__startswith=request.scope.org.path),
        actions=[pages.Action("阵地", reverse("venues:venues"))],
        sheet="venues.hours",
    )


def hours_new(request: Request, venue_id: int) -> HttpResponse:
    """Set the weekly hours from a day on."""
    found = _kept(request, venue_id)
    form = forms.HoursForm(request.POST or None, initial=_hours_now(request, found))

    def do() -> str:
        services.set_hours(venue=found, week=form.as_week(), at=timezone.now(), by=request.actor)
        return venue_url(found)

    return pages.act_page(
        request,
        title=f"{found.name}开放时间",
        form=form,
        do=do,
        back=pages.Link(found.name, venue_url(found)),
    )


def special_day_new(request: Request, venue_id: int) -> HttpResponse:
    """Close a place on a day, or open it at other hours."""
    found = _kept(request, venue_id)
    form = forms.SpecialDayForm(request.POST or None)

    def do() -> str:
        services.set_special_day(
            venue=found,
            day=form.cleaned_data["day"],
            stretch=form.as_stretch(),
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
            by=request.actor,
        )
        return venue_url(found)

    return pages.act_page(
        request,
        title=f"{found.name}特殊日期",
        form=form,
        do=do,
        note="当天放不下的预约会取消，全天不开放的值班也会取消，并通知本人。",
        back=pages.Link(found.name, venue_url(found)),
    )


def special_day_drop(request: Request, special_day_id: int) -> HttpResponse:
    """Ask once more, then let a day be like others again."""
    found = get_object_or_404(queries.specials_kept_by(request.actor), pk=special_day_id)

    def do() -> str:
        services.drop_special_day(special=found, at=timezone.now(), by=request.actor)
        return venue_url(found.venue)

    return pages.act_page(
        request,
        title=f"取消特殊日期 {found.day.isoformat()}",
        form=forms.SureForm(request.POST or None),
        do=do,
        submit="确定取消",
        note=f"这一天改回平常的开放时间（原定：{found.in_words}，{sentences.inside(found.reason)}）。",
        back=pages.Link(found.venue.name, venue_url(found.venue)),
    )


def room_new(request: Request, venue_id: int) -> HttpResponse:
    """Add a room or area."""
    found = _kept(request, venue_id)
    form = forms.RoomForm(request.POST or None)

    def do() -> str:
        services.add_room(venue=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return venue_url(found)

    return pages.act_page(
        request,
        title=f"{found.name}增加房间",
        form=form,
        do=do,
        back=pages.Link(found.name, venue_url(found)),
    )


def room(request: Request, venue_room_id: int) -> HttpResponse:
    """Show the week of a room, with who uses it."""
    found = _room(request, venue_room_id)
    today = timezone.localdate()
    monday = queries.monday_of(request.actor, request.GET.get("week", ""), today=today)
    key = [found.pk]
    actions = []
    if not found.closed_on:
        actions.append(pages.Action("预约", reverse("venues:own_room", args=key), primary=True))
        if actors.may(request.actor, Act.COUNT, at=found.venue.org):
            actions.append(pages.Action("现场使用", reverse("venues:walk_in", args=key)))
        if actors.may(request.actor, Act.KEEP, at=found.venue.org):
            actions.append(pages.Action("停用房间", reverse("venues:room_close", args=key)))
    return pages.page(
        request,
        "venues/room.html",
        title=f"{found.venue.name} {found.name}",
        state=pages.Tag("已停用") if found.closed_on else None,
        room=found,
        week=queries.week_of_room(request.actor, found, monday=monday),
        earlier=(monday - timedelta(days=7)).isoformat(),
        later=(monday + timedelta(days=7)).isoformat(),
        today=today,
        named=True,
        actions=actions,
        back=pages.Link(found.venue.name, venue_url(found.venue)),
    )


def room_close(request: Request, venue_room_id: int) -> HttpResponse:
    """Take a room out of use."""
    found = _room(request, venue_room_id)
    actors.require(request.actor, Act.KEEP, at=found.venue.org)
    return pages.reason_page(
        request,
        title=f"停用{found.name}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.close_room(
            room=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定停用",
        note="以后的预约会取消，并通知本人。",
        back=pages.Link(found.venue.name, venue_url(found.venue)),
    )


def _kept(request: Request, venue_id: int) -> Venue:
    found = get_object_or_404(queries.venues_seen_by(request.actor), pk=venue_id)
    actors.require(request.actor, Act.KEEP, at=found.org)
    return found


def _room(request: Request, venue_room_id: int) -> Room:
    return get_object_or_404(queries.rooms_seen_by(request.actor), pk=venue_room_id)


def _hours_now(request: Request, found: Venue) -> dict[str, object]:
    lasting = queries.schedules_seen_by(request.actor).filter(venue=found).first()
    today = timezone.localdate()
    if lasting is None:
        return {"valid_from": today}
    return {
        "valid_from": today,
        "closed_on_holidays": lasting.closed_on_holidays,
        **{f"day_{number}": text for number, text in enumerate(lasting.texts, start=1)},
    }
