from django.http import HttpResponse
from django.urls import reverse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import indicators
from qinghe.systems.volunteering.access import Act

# The first one is drawn and sorted by; people ask for hours first.
CODES = (
    indicators.HOURS.code,
    *(one.code for one in indicators.INDICATORS if one is not indicators.HOURS),
)


def board(request: Request) -> HttpResponse:
    """Show volunteering's figures of the chosen organisation and of those right below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.board_page(
        request,
        title="志愿服务",
        codes=CODES,
        actions=[
            pages.Action("活动场次", reverse("volunteering:sessions")),
            pages.Action("志愿者", reverse("volunteering:volunteers")),
        ],
        note="人数在每一级分别去重，各下级相加可能大于本级。",
    )
