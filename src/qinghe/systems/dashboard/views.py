from django.http import Http404, HttpResponse
from django.utils import timezone

from qinghe.analytics import checks
from qinghe.edges.web import beginning, doors, inbox_views, pages
from qinghe.edges.web.requests import Request

from . import queries


def desk(request: Request) -> HttpResponse:
    """Show what waits for the actor, then the main figures and the way down."""
    codes = queries.codes_on_desk(request.actor)
    if not codes:
        raise doors.closed()
    return pages.board_page(
        request,
        title="工作台",
        codes=codes,
        template="dashboard/desk.html",
        extra={
            "first_steps": beginning.steps_for(request.actor),
            "counts": inbox_views.late_counts_of(request),
            "top": inbox_views.top_of(request).rows,
        },
    )


def wall(request: Request) -> HttpResponse:
    """Show the organisations below side by side for leaders; the page refreshes itself."""
    chosen = request.scope
    shown = queries.wall_seen_by(request.actor, org=chosen.org, period=chosen.period)
    if shown is None:
        raise doors.closed()
    return pages.page(request, "dashboard/wall.html", part="wall", wall=shown)


def mine(request: Request) -> HttpResponse:
    """Show what somebody's own service comes to, what is near, and the way to what is theirs."""
    now = timezone.now()
    cards = queries.cards_of(request.actor, now)
    if cards is None:
        raise doors.closed()
    return pages.page(
        request,
        "dashboard/mine.html",
        cards=cards,
        unread=inbox_views.counts_in_frame(request).unread,
    )


def check_list(request: Request) -> HttpResponse:
    """Show every data check with what it found."""
    checked = queries.checks_seen_by(request.actor)
    return pages.page(request, "dashboard/check_list.html", title="数据检查", checked=checked)


def check(request: Request, code: str) -> HttpResponse:
    """Show one data check and the first records that fail it."""
    chosen = queries.check_seen_by(request.actor, code)
    if chosen is None:
        raise Http404
    finding = checks.run(chosen)
    return pages.page(
        request,
        "dashboard/check.html",
        title=chosen.label,
        check=chosen,
        finding=finding,
        lines=queries.lines_of(request.actor, chosen.model, finding.first),
    )
