from django.http import HttpResponse
from django.urls import reverse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.inspections import indicators
from qinghe.systems.inspections.access import Act

CODES = tuple(one.code for one in indicators.INDICATORS)


def board(request: Request) -> HttpResponse:
    """Show the figures of inspections of the chosen organisation and of those right below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = [
        pages.Action("点位", reverse("inspections:points")),
        pages.Action("巡查记录", reverse("inspections:visits")),
        pages.Action("整改", reverse("inspections:findings")),
        pages.Action("联系指导", reverse("inspections:coverage")),
        pages.Action("交流", reverse("inspections:exchanges")),
    ]
    if actors.may_anywhere(request.actor, Act.INSPECT):
        actions.insert(0, pages.Action("去巡查", reverse("inspections:round"), primary=True))
    return pages.board_page(request, title="巡查督导", codes=CODES, actions=actions)
