from django.http import HttpResponse
from django.urls import reverse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.venues import indicators
from qinghe.systems.venues.access import Act

CODES = tuple(one.code for one in indicators.INDICATORS)


def board(request: Request) -> HttpResponse:
    """Show the figures of places of the chosen organisation and of those right below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.board_page(
        request,
        title="阵地概况",
        codes=CODES,
        note="值班不是志愿服务，不计入志愿服务时长（V-34）。",
        actions=[
            pages.Action("阵地", reverse("venues:venues")),
            pages.Action("预约", reverse("venues:bookings")),
            pages.Action("服务量", reverse("venues:counts")),
            pages.Action("评价", reverse("venues:ratings")),
            pages.Action("开放时间", reverse("venues:schedules")),
        ],
    )
