"""The board: figures, what is open by age, late by desk, who left and came this year."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.transfers import indicators, queries
from qinghe.systems.transfers.access import Act

CODES = tuple(one.code for one in indicators.INDICATORS)


def board(request: Request) -> HttpResponse:
    """Show how transfers stand at the chosen organisation and below it."""
    org, today = request.scope.org, timezone.localdate()
    actors.require(request.actor, Act.SEE, at=org)
    return pages.board_page(
        request,
        title="转接概况",
        codes=CODES,
        actions=[
            pages.Action("组织关系转接", reverse("transfers:transfers")),
            pages.Action("转接期限", reverse("transfers:terms")),
        ],
        template="transfers/board.html",
        extra={
            "ages": queries.open_by_age(request.actor, org, on=today),
            "late": queries.late_at_desks(request.actor, org, on=today),
            "flows": queries.flows(
                request.actor, org, first=today.replace(month=1, day=1), last=today
            ),
            "year": today.year,
        },
    )
