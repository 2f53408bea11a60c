"""The roster of a place at the desk."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.systems.venues import forms, queries, rules, services
from qinghe.systems.venues.access import Act
from qinghe.systems.venues.queries import Shift, ShiftState, Venue

from .tables import TONES
from .venues import venue_url


@dataclass(frozen=True)
class Line:
    """One shift as the roster shows it."""

    shift: Shift
    times: str
    name: str
    state: pages.Tag


@dataclass(frozen=True)
class RosterDay:
    """One day of the roster."""

    day: date
    weekday: str
    hours: str
    lines: list[Line]
    gaps: list[str]


def roster(request: Request, venue_id: int) -> HttpResponse:
    """Show who is on duty in the next two weeks, and when nobody is."""
    found = get_object_or_404(queries.venues_seen_by(request.actor), pk=venue_id)
    today = timezone.localdate()
    may_keep = actors.may(request.actor, Act.KEEP, at=found.org)
    url = reverse("venues:shifts_new", args=[found.pk])
    return pages.page(
        request,
        "venues/roster.html",
        title=f"{found.name}值班表",
        venue=found,
        days=_days(request, found, today=today),
        may_keep=may_keep,
        actions=[pages.Action("排班", url, primary=True)] if may_keep else [],
        back=pages.Link(found.name, venue_url(found)),
    )


def shifts_new(request: Request, venue_id: int) -> HttpResponse:
    """Lay shifts."""
    found = get_object_or_404(queries.venues_seen_by(request.actor), pk=venue_id)
    actors.require(request.actor, Act.KEEP, at=found.org)
    today = timezone.localdate()
    form = forms.LayForm(
        request.POST or None,
        initial={"first": today, "last": today + timedelta(days=rules.AHEAD - 1)},
    )

    def do() -> str:
        services.lay_shifts(
            venue=found, laying=form.as_laying(), at=timezone.now(), by=request.actor
        )
        return reverse("venues:roster", args=[found.pk])

    return pages.act_page(
        request,
        title=f"{found.name}排班",
        form=form,
        do=do,
        submit="排出空班",
        note="先排出空班：志愿者可以在手机上自选，也可以由您指定。已排过的不会重复。",
        back=pages.Link("值班表", reverse("venues:roster", args=[found.pk])),
    )


def shift_set(request: Request, shift_id: int) -> HttpResponse:
    """Put somebody on a shift."""
    found = _kept(request, shift_id)
    form = forms.OnDutyForm(request.POST or None, actor=request.actor, org=found.venue.org)

    def do() -> str:
        services.set_shift(shift=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return _roster_url(found)

    return pages.act_page(
        request,
        title=f"指定值班人：{_when(found)}",
        form=form,
        do=do,
        back=pages.Link("值班表", _roster_url(found)),
    )


def shift_free(request: Request, shift_id: int) -> HttpResponse:
    """Take somebody off a shift."""
    found = _kept(request, shift_id)
    return pages.reason_page(
        request,
        title=f"撤下值班人：{_when(found)}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.free_shift(
            shift=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定撤下",
        back=pages.Link("值班表", _roster_url(found)),
    )


@require_POST
def shift_cancel(request: Request, shift_id: int) -> HttpResponse:
    """Do without a free shift."""
    found = _kept(request, shift_id)
    services.cancel_shift(shift=found, at=timezone.now(), by=request.actor)
    return redirect(_roster_url(found))


@require_POST
def swap_note(request: Request, swap_id: int) -> HttpResponse:
    """Say that one has seen a swap."""
    found = get_object_or_404(queries.swaps_kept_by(request.actor), pk=swap_id)
    services.note_swap(swap=found, at=timezone.now(), by=request.actor)
    return redirect(_roster_url(found.shift))


def _kept(request: Request, shift_id: int) -> Shift:
    found = get_object_or_404(queries.shifts_seen_by(request.actor), pk=shift_id)
    actors.require(request.actor, Act.KEEP, at=found.venue.org)
    return found


def _roster_url(found: Shift) -> str:
    return reverse("venues:roster", args=[found.venue_id])


def _when(found: Shift) -> str:
    return f"{found.day.isoformat()} {rules.Stretch(found.starts, found.ends)}"


def _days(request: Request, found: Venue, *, today: date) -> list[RosterDay]:
    hours = queries.hours_of(request.actor, [found.pk])[found.pk]
    shifts = queries.roster_of(request.actor, found, first=today, days=rules.AHEAD)
    gaps = queries.gaps_of(request.actor, [found], today=today)
    days = [today + timedelta(days=ahead) for ahead in range(rules.AHEAD)]
    return [
        RosterDay(
            day,
            rules.weekday(day),
            "、".join(map(str, hours.on(day))) or "不开放",
            [_line(request, one, today=today) for one in shifts if one.day == day],
            [str(gap.stretch) for gap in gaps if gap.day == day],
        )
        for day in days
    ]


def _line(request: Request, one: Shift, *, today: date) -> Line:
    state = ShiftState(one.state)
    name = (
        levels.full_name(request.actor, one.person, at=one.venue.org, on=today)
        if one.person
        else ""
    )
    tag = pages.Tag(state.label, TONES.get(state, pages.Tone.PLAIN))
    return Line(one, str(rules.Stretch(one.starts, one.ends)), name, tag)
