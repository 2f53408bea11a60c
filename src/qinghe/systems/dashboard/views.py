from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from qinghe.analytics import checks
from qinghe.edges.web import beginning, doors, inbox_views, pages
from qinghe.edges.web.requests import Request

from . import forms, queries, rules, services


def desk(request: Request) -> HttpResponse:
    """Show what waits for the actor, then the main figures and the way down."""
    codes = queries.codes_on_desk(request.actor)
    if not codes:
        raise doors.closed()
    return pages.board_page(
        request,
        title="工作台",
        codes=codes,
        actions=[pages.Action("选择数字", reverse("dashboard:figures"))],
        template="dashboard/desk.html",
        extra={
            "first_steps": beginning.steps_for(request.actor),
            "counts": inbox_views.late_counts_of(request),
            "top": inbox_views.top_of(request).rows,
        },
    )


def figures(request: Request) -> HttpResponse:
    """Let somebody choose the figures of their own desk."""
    open_to = queries.figures_open_to(request.actor)
    if not open_to:
        raise doors.closed()
    form = forms.DeskForm(
        request.POST or None, open_to=open_to, shown=queries.codes_on_desk(request.actor)
    )

    def do() -> str:
        now = timezone.now()
        if form.cleaned_data["usual"]:
            services.show_usual_figures(at=now, by=request.actor)
        else:
            services.choose_figures(codes=form.codes, at=now, by=request.actor)
        messages.success(request, "工作台的数字已保存，只影响您自己看到的。")
        return reverse("dashboard:desk")

    return pages.act_page(
        request,
        title="选择工作台的数字",
        form=form,
        do=do,
        note=f"只影响您自己的工作台，最多{rules.MOST_ON_DESK}项；按业务排列。",
        back=pages.Link("工作台", reverse("dashboard:desk")),
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
