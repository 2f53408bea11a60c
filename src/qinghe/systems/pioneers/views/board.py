from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.pioneers import forms, indicators, queries
from qinghe.systems.pioneers.access import Act

from .tables import SchoolTable

CODES = tuple(one.code for one in indicators.CEREMONIES)
BADGE_CODES = tuple(one.code for one in indicators.BADGES)


def board(request: Request) -> HttpResponse:
    """Show the figures of pioneers of the chosen organisation and of those right below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.board_page(
        request,
        title="少先队",
        codes=CODES,
        actions=[
            pages.Action("入团教育、入队仪式", reverse("pioneers:ceremonies")),
            pages.Action("各校开展情况", reverse("pioneers:schools")),
            pages.Action("仪式要点", reverse("pioneers:outlines")),
            pages.Action("红领巾奖章", reverse("pioneers:badge_board")),
        ],
    )


def badge_board(request: Request) -> HttpResponse:
    """Show what was put up and what was given, by level and by star."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.board_page(
        request,
        title="红领巾奖章",
        codes=BADGE_CODES,
        actions=[
            pages.Action("申报和评审", reverse("pioneers:slates")),
            pages.Action("评选轮次", reverse("pioneers:rounds")),
            pages.Action("章目", reverse("pioneers:badges")),
        ],
    )


def schools(request: Request) -> HttpResponseBase:
    """Show what each school held in the period, those that held none among them."""
    org, period = request.scope.org, request.scope.period
    actors.require(request.actor, Act.SEE, at=org)
    url = reverse("pioneers:schools")
    return pages.list_page(
        request,
        title=f"{period.label}各校仪式教育",
        table=SchoolTable,
        rows=queries.schools_under(request.actor, org, period),
        filterset=forms.SchoolFilter,
        actions=[
            pages.Action("没有入队仪式的", f"{url}?gap=admission"),
            pages.Action("没有入团教育的", f"{url}?gap=education"),
        ],
        totals=lambda rows: [pages.Total("学校", rows.count(), "所")],
    )
