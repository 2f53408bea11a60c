from django.http import HttpResponse
from django.urls import reverse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.resources import indicators
from qinghe.systems.resources.access import Act

CODES = tuple(one.code for one in indicators.INDICATORS)


def board(request: Request) -> HttpResponse:
    """Show the figures of resources of the chosen organisation and of those right below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.board_page(
        request,
        title="资源统筹",
        codes=CODES,
        actions=[
            pages.Action("专库", reverse("resources:resources")),
            pages.Action("需求", reverse("resources:needs")),
            pages.Action("爱心单位", reverse("resources:providers")),
            pages.Action("募集", reverse("resources:drives")),
        ],
    )
