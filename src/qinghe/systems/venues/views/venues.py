"""Places at the desk: entered, opened, given hours and rooms, suspended, closed."""

import segno
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.venues import forms, queries, services
from qinghe.systems.venues.access import Act
from qinghe.systems.venues.queries import Venue, VenueState

from .tables import (
    TONES,
    KeptSpecialDayTable,
    MonthTable,
    PhaseTable,
    RoomTable,
    SpecialDayTable,
    VenueTable,
)

FIRST = 10
PICTURES = "照片放在本页的附件里，只有看得到这个阵地的人可以打开。"


def venues(request: Request) -> HttpResponseBase:
    """Show the places of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.venues_seen_by(request.actor)
    actions = [pages.Action("公开页面", reverse("venues:public"))]
    if actors.may(request.actor, Act.KEEP, at=request.scope.org):
        actions.insert(0, pages.Action("登记阵地", reverse("venues:venue_new"), primary=True))
    return pages.list_page(
        request,
        title="阵地",
        table=VenueTable,
        filterset=forms.VenueFilter,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        actions=actions,
        sheet="venues.venues",
    )


def venue(request: Request, venue_id: int) -> HttpResponse:
    """Show one place: what it is, when it is open, its rooms, its months."""
    found = _seen(request, venue_id)
    now = timezone.now()
    told = queries.told_of(request.actor, [found], at=now)[found.pk]
    state = VenueState(found.state)
    keeps = actors.may(request.actor, Act.KEEP, at=found.org)
    special_table = KeptSpecialDayTable if keeps else SpecialDayTable
    specials = found.special_days.filter(day__gte=timezone.localdate()).order_by("day")
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("类别", found.kind.label),
            ("编号", found.code),
            ("管理单位", found.org.name),
            ("地址", found.address),
            ("坐标", _position(found)),
            ("容纳人数", found.capacity),
            ("功能", found.functions),
            ("开放时间", told.hours),
            ("现在", told.standing),
            ("工作联系方式", found.contact or "—"),
            ("预约", _booking_words(found)),
            ("评价", told.stars or "还没有评价"),
            ("照片", PICTURES),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related(
                "房间和区域", tables.short(RoomTable, found.rooms.all()), empty="还没有登记房间"
            ),
            pages.Related(
                "特殊日期", tables.short(special_table, specials[:FIRST]), empty="没有特殊日期"
            ),
            pages.Related(
                "各月服务量",
                tables.short(MonthTable, queries.months_of(request.actor, found)),
                url=reverse("venues:counts"),
                empty="还没有登记服务量",
            ),
            pages.Related(
                "状态沿革",
                tables.short(PhaseTable, queries.phases_of(request.actor, found)[:FIRST]),
            ),
        ],
        back=pages.Link("阵地", reverse("venues:venues")),
    )


def venue_new(request: Request) -> HttpResponse:
    """Enter a place."""
    actors.require(request.actor, Act.KEEP, at=request.scope.org)
    form = forms.VenueForm(
        request.POST or None,
        initial={"org": request.scope.org.code},
        actor=request.actor,
        fixed=False,
    )
    return pages.act_page(
        request,
        title="登记阵地",
        form=form,
        do=lambda: venue_url(
            services.enter_venue(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link("阵地", reverse("venues:venues")),
    )


def venue_change(request: Request, venue_id: int) -> HttpResponse:
    """Change what is told of a place."""
    found = _kept(request, venue_id)
    initial = {name: getattr(found, name) for name in forms.venues.PARTICULARS}
    form = forms.VenueForm(request.POST or None, initial=initial, actor=request.actor, fixed=True)
    return pages.act_page(
        request,
        title=f"修改{found.name}",
        form=form,
        do=lambda: venue_url(
            services.change_venue(
                venue=found, told=form.as_told(), at=timezone.now(), by=request.actor
            )
        ),
        back=pages.Link(found.name, venue_url(found)),
    )


@require_POST
def venue_open(request: Request, venue_id: int) -> HttpResponse:
    """Open a place."""
    found = _seen(request, venue_id)
    services.open_venue(venue=found, at=timezone.now(), by=request.actor)
    return redirect(venue_url(found))


def venue_suspend(request: Request, venue_id: int) -> HttpResponse:
    """Shut a place for a while."""
    found = _kept(request, venue_id)
    form = forms.SuspendForm(request.POST or None)
    return pages.act_page(
        request,
        title=f"暂停开放{found.name}",
        form=form,
        do=lambda: venue_url(
            services.suspend_venue(
                venue=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        submit="暂停开放",
        note="暂停期间的预约和值班会取消，并通知本人；没有填预计恢复日期的，以后的全部取消。",
        back=pages.Link(found.name, venue_url(found)),
    )


def venue_close(request: Request, venue_id: int) -> HttpResponse:
    """Give a place up."""
    found = _kept(request, venue_id)
    return pages.reason_page(
        request,
        title=f"关闭{found.name}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.close_venue(
            venue=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定关闭",
        note="关闭后不能再开放；以后的预约和值班会取消，并通知本人，已有的记录保留。",
        back=pages.Link(found.name, venue_url(found)),
    )


def kind_new(request: Request) -> HttpResponse:
    """Name a new kind of place."""
    actors.require(request.actor, Act.KEEP, at=request.scope.org)
    form = forms.KindForm(request.POST or None)

    def do() -> str:
        services.add_kind(**form.cleaned_data, at=timezone.now(), by=request.actor)
        return reverse("venues:venue_new")

    return pages.act_page(
        request,
        title="新增阵地类别",
        form=form,
        do=do,
        note="类别全区共用，由团区委增设。",
        back=pages.Link("阵地", reverse("venues:venues")),
    )


def poster(request: Request, venue_id: int) -> HttpResponse:
    """Show the code for the wall, with which visitors say what they think."""
    found = _seen(request, venue_id)
    address = request.build_absolute_uri(reverse("venues:rate", args=[found.code]))
    picture = segno.make(address, error="m").svg_inline(scale=6, border=2)
    return pages.page(
        request,
        "venues/poster.html",
        title=f"{found.name}评价二维码",
        venue=found,
        address=address,
        picture=mark_safe(picture),  # noqa: S308 - drawn here from our own address
        back=pages.Link(found.name, venue_url(found)),
    )


def venue_url(found: Venue) -> str:
    """Return the address of a place."""
    return reverse("venues:venue", args=[found.pk])


def _seen(request: Request, venue_id: int) -> Venue:
    return get_object_or_404(queries.venues_seen_by(request.actor), pk=venue_id)


def _kept(request: Request, venue_id: int) -> Venue:
    found = _seen(request, venue_id)
    actors.require(request.actor, Act.KEEP, at=found.org)
    return found


def _position(found: Venue) -> str:
    if found.latitude is None or found.longitude is None:
        return "没有登记，不能按距离查找"
    return f"{found.latitude}，{found.longitude}"


def _booking_words(found: Venue) -> str:
    how = "自动确认" if found.auto_confirm else "由阵地确认"
    return f"{how}；开始前 {found.cancel_hours} 小时可以自行取消"


def _actions(request: Request, found: Venue) -> list[pages.Action]:
    key = [found.pk]
    actions = [pages.Action("值班", reverse("venues:roster", args=key))]
    if found.state == VenueState.OPEN and actors.may(request.actor, Act.COUNT, at=found.org):
        actions.append(
            pages.Action("登记服务量", reverse("venues:counter", args=key), primary=True)
        )
    actions.append(pages.Action("评价二维码", reverse("venues:poster", args=key)))
    if not actors.may(request.actor, Act.KEEP, at=found.org) or found.state == VenueState.CLOSED:
        return actions
    keeping = [
        ("修改", "venue_change"),
        ("开放时间", "hours_new"),
        ("特殊日期", "special_day_new"),
        ("增加房间", "room_new"),
    ]
    actions += [pages.Action(word, reverse(f"venues:{name}", args=key)) for word, name in keeping]
    if found.state == VenueState.OPEN:
        actions.append(pages.Action("暂停开放", reverse("venues:venue_suspend", args=key)))
    else:
        word = "恢复开放" if found.state == VenueState.SUSPENDED else "开放"
        url = reverse("venues:venue_open", args=key)
        actions.insert(0, pages.Action(word, url, primary=True, post=True))
    actions.append(pages.Action("关闭", reverse("venues:venue_close", args=key)))
    return actions
