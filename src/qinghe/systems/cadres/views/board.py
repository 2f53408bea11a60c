"""The board of cadres, their roll, and the committees that lack somebody."""

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.cadres import forms, queries
from qinghe.systems.cadres.access import Act

from .tables import CadreTable, GapTable

# The share and the number of cadres are the directory's figures (F083); they are asked for by code.
CODES = ("DIR-06", "DIR-07", "DIR-08", "CAD-01", "CAD-04", "CAD-05", "CAD-06")
HEADINGS = ("人数", "专职", "挂职", "兼职", "女", *queries.BRACKETS)
BOARD = pages.Link("团干部队伍", "/cadres/")


def board(request: Request) -> HttpResponse:
    """Show the figures of cadres and how they are made up, by place and by field."""
    org = request.scope.org
    actors.require(request.actor, Act.SEE, at=org)
    day = min(request.scope.period.end, timezone.localdate())
    found = queries.structure(request.actor, org, on=day)
    return pages.board_page(
        request,
        title="团干部队伍",
        codes=CODES,
        template="cadres/board.html",
        actions=_ways(request),
        extra={
            "found": found,
            "day": day,
            "headings": HEADINGS,
            "tables": [("按下级组织", found.by_place), ("按领域", found.by_sector)],
        },
    )


def roll(request: Request) -> HttpResponseBase:
    """Show the cadres of the chosen organisation and all below, each once (T-81)."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.cadres_by_person(request.actor, request.scope.org, on=timezone.localdate())
    return pages.list_page(
        request,
        title="团干部名单",
        table=CadreTable,
        rows=rows,
        filterset=forms.CadreFilter,
        totals=lambda found: [pages.Total("人数", found.count(), "人")],
    )


def gaps(request: Request) -> HttpResponseBase:
    """Show the committees and branches with who sits there, and who is missing."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="班子配备",
        table=GapTable,
        rows=queries.led_orgs(request.actor, request.scope.org),
        filterset=forms.GapFilter,
        totals=lambda found: [
            pages.Total("没有书记", found.filter(has_secretary=False).count(), "个"),
            pages.Total("有空缺", found.filter(lacking__gt=0).count(), "个"),
        ],
    )


def _ways(request: Request) -> list[pages.Action]:
    return [
        pages.Action(label, reverse(f"cadres:{name}"))
        for label, name in (
            ("团干部名单", "roll"),
            ("班子配备", "gaps"),
            ("届期", "tenures"),
            ("激励", "suggested"),
            ("工作规定", "terms"),
        )
    ]
