"""Reading rooms: planned, built, given up."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.resources import forms, queries, services
from qinghe.systems.resources.access import Act
from qinghe.systems.resources.queries import Room, RoomState

from .tables import TONES, RoomTable


def rooms(request: Request) -> HttpResponseBase:
    """Show the reading rooms of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.RUN_DRIVE, at=request.scope.org):
        actions = [pages.Action("立项图书室", reverse("resources:room_new"), primary=True)]
    rows = queries.rooms_seen_by(request.actor)
    return pages.list_page(
        request,
        title="图书室",
        table=RoomTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        actions=actions,
    )


def room(request: Request, room_id: int) -> HttpResponse:
    """Show one reading room."""
    found = _found(request, room_id)
    state = RoomState(found.state)
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("所在地", found.place),
            ("负责单位", found.org.name),
            ("立项日期", found.planned_on.isoformat()),
            ("建成日期", found.built_on.isoformat() if found.built_on else "—"),
            ("停用日期", found.closed_on.isoformat() if found.closed_on else "—"),
            ("已配送", found.sent),  # type: ignore[attr-defined]
        ],
        actions=_actions(request, found),
        back=pages.Link("图书室", reverse("resources:rooms")),
    )


def room_new(request: Request) -> HttpResponse:
    """Plan a reading room."""
    actors.require(request.actor, Act.RUN_DRIVE, at=request.scope.org)
    form = forms.RoomForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="立项图书室",
        form=form,
        do=lambda: _url(services.plan_room(new=form.as_new(), at=timezone.now(), by=request.actor)),
        back=pages.Link("图书室", reverse("resources:rooms")),
    )


@require_POST
def room_build(request: Request, room_id: int) -> HttpResponse:
    """Say that it stands."""
    found = _found(request, room_id)
    services.build_room(room=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


def room_close(request: Request, room_id: int) -> HttpResponse:
    """Give it up."""
    found = _found(request, room_id)
    actors.require(request.actor, Act.RUN_DRIVE, at=found.org)
    return pages.reason_page(
        request,
        title=f"停用{found.name}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.close_room(
            room=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定停用",
        back=pages.Link(found.name, _url(found)),
    )


def _found(request: Request, room_id: int) -> Room:
    return get_object_or_404(queries.rooms_seen_by(request.actor), pk=room_id)


def _url(found: Room) -> str:
    return reverse("resources:room", args=[found.pk])


def _actions(request: Request, found: Room) -> list[pages.Action]:
    if not actors.may(request.actor, Act.RUN_DRIVE, at=found.org):
        return []
    if found.state == RoomState.PLANNED:
        url = reverse("resources:room_build", args=[found.pk])
        return [pages.Action("记为建成", url, primary=True, post=True)]
    if found.state == RoomState.BUILT:
        return [pages.Action("停用", reverse("resources:room_close", args=[found.pk]))]
    return []
